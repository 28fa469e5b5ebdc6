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
    observed = {one.index: one for one in columns}
    equal = {one.column.index: one for one in assigned.tied if one.field == _NAME}
    named = [at for at in equal if observed[at].sample.verdict(_NAME) is ValueVerdict.AGREES]
    taken = any(one.field == _NAME for one in assigned.chosen)
    if taken or len(named) < 2:  # noqa: PLR2004 -- one alone is tied with another meaning of itself
        return assigned
    best = min(named, key=lambda at: _order(observed[at]))
    chosen = equal[best].with_doubt(MatchReason("several_names"))
    others = [one for one in assigned.tied if one.column.index != best and one.field != _NAME]
    lost = [equal[at] for at in equal if at != best]
    return Assignment((*assigned.chosen, chosen), tuple(others), (*assigned.outscored, *lost))


def _order(one: ColumnEvidence) -> tuple[bool, int, int]:
    return one.sample.share(has_legal_form) <= FEW_SHARE, -one.sample.filled, one.index
