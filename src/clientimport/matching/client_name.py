"""The client's name, where several columns name the client and none does so better than the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from clientimport.matching.assignment import Assignment
from clientimport.matching.candidate import Candidate, ColumnEvidence
from clientimport.matching.column_mapping import MatchReason
from clientimport.matching.value_patterns import has_legal_form
from clientimport.matching.value_sample import FEW_SHARE, ValueVerdict

_NAME = "legal_name"


def with_client_name(assigned: Assignment, columns: Iterable[ColumnEvidence]) -> Assignment:
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
    return replace(assigned, chosen=(*assigned.chosen, chosen), tied=_without(assigned.tied, equal, best))


def _order(one: ColumnEvidence) -> tuple[bool, int, int]:
    return one.sample.share(has_legal_form) <= FEW_SHARE, -one.sample.filled, one.index


def _without(tied: Iterable[Candidate], equal: Mapping[int, Candidate], best: int) -> tuple[Candidate, ...]:
    return tuple(one for one in tied if one.column.index != best and one not in equal.values())
