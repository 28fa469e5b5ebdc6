"""The client's name, where several columns name the client and none does so better than the others."""

from __future__ import annotations

from collections.abc import Iterable

from clientimport.matching.assignment import Assignment
from clientimport.matching.candidate import ColumnEvidence
from clientimport.matching.column_mapping import MatchReason
from clientimport.matching.value_patterns import has_legal_form
from clientimport.matching.value_sample import FEW_SHARE, ValueVerdict

_NAME = "legal_name"


def propose_client_name(assigned: Assignment, columns: Iterable[ColumnEvidence]) -> Assignment:
    """Return the assignment with one of the columns that equally name the client, as a proposal.

    That is the one with legal forms, else the fullest, else the left one.
    """
    observed = {column.index: column for column in columns}
    equal = {candidate.column.index: candidate for candidate in assigned.tied if candidate.field == _NAME}
    named = [index for index in equal if observed[index].sample.verdict(_NAME) is ValueVerdict.AGREES]
    taken = any(candidate.field == _NAME for candidate in assigned.chosen)
    if taken or len(named) < 2:  # noqa: PLR2004 -- one alone is tied with another meaning of itself
        return assigned
    best = min(named, key=lambda index: _preference(observed[index]))
    chosen = equal[best].with_doubt(MatchReason("several_names"))
    others = [candidate for candidate in assigned.tied if candidate.column.index != best and candidate.field != _NAME]
    outscored = [equal[index] for index in equal if index != best]
    return Assignment((*assigned.chosen, chosen), tuple(others), (*assigned.outscored, *outscored))


def _preference(column: ColumnEvidence) -> tuple[bool, int, int]:
    return column.sample.share(has_legal_form) <= FEW_SHARE, -column.sample.filled, column.index
