"""The steps of matching: how columns are matched that neither a user, a profile, a template nor a program decides.

Headers and values alone make candidates (candidates.py), and all of them are assigned together (assignment.py). These
steps are what is known beyond single columns, in the order in which they come.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from clientimport.matching.address_blocks import choose_address
from clientimport.matching.assignment import Assignment
from clientimport.matching.candidate import Candidate, ColumnEvidence
from clientimport.matching.client_name import propose_client_name
from clientimport.matching.contact_columns import assign_contact_columns
from clientimport.matching.equivalent_columns import merge_equal_columns
from clientimport.matching.office_emails import map_office_emails
from clientimport.matching.required_by_platform import propose_required_fields
from clientimport.model.platform_schema import PlatformSchema

Reading = Callable[[Sequence[ColumnEvidence], Collection[str], PlatformSchema], Sequence[ColumnEvidence]]
"""Takes the columns, the fields that are taken and the platform; returns the columns with what their headers mean."""


@dataclass(frozen=True, slots=True)
class MatchingSteps:
    """The steps that a matching takes; a benchmark leaves one out."""

    readings: tuple[Reading, ...] = (choose_address, map_office_emails, assign_contact_columns)
    """What headers mean beside each other and on this platform."""
    twins: Callable[[Sequence[ColumnEvidence], str], tuple[Sequence[ColumnEvidence], Collection[int]]] = (
        merge_equal_columns
    )
    """Which columns repeat others."""
    ties: tuple[Callable[[Assignment, Iterable[ColumnEvidence]], Assignment], ...] = (propose_client_name,)
    """Which of equal columns is proposed."""
    demand: Callable[[Iterable[ColumnEvidence], Collection[str], PlatformSchema], Iterable[Candidate]] = (
        propose_required_fields
    )
    """What is proposed because the platform requires it."""


ALL_STEPS = MatchingSteps()
