"""The steps of matching: how columns are matched that neither a user, a profile, a template nor a program decides.

Headers and values alone make candidates (evidence.py), and all of them are assigned together (assignment.py). These
steps are what is known beyond single columns, in the order in which they come.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from clientimport.matching.address_blocks import one_address
from clientimport.matching.assignment import Assignment
from clientimport.matching.candidate import Candidate, ColumnEvidence
from clientimport.matching.client_name import with_client_name
from clientimport.matching.contact_columns import assign_contact_columns
from clientimport.matching.equivalent_columns import twins
from clientimport.matching.office_emails import of_office
from clientimport.matching.required_by_platform import demanded
from clientimport.model.platform_schema import PlatformSchema

Reading = Callable[[Sequence[ColumnEvidence], Collection[str], PlatformSchema], Sequence[ColumnEvidence]]
"""Takes the columns, the fields that are taken and the platform; returns the columns with what their headers mean."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that a matching takes; a benchmark leaves one out."""

    readings: tuple[Reading, ...] = (one_address, of_office, assign_contact_columns)
    """What headers mean beside each other and on this platform."""
    twins: Callable[[Sequence[ColumnEvidence], str], tuple[Sequence[ColumnEvidence], Collection[int]]] = twins
    """Which columns repeat others."""
    ties: tuple[Callable[[Assignment, Iterable[ColumnEvidence]], Assignment], ...] = (with_client_name,)
    """Which of equal columns is proposed."""
    demand: Callable[[Iterable[ColumnEvidence], Collection[str], PlatformSchema], Iterable[Candidate]] = demanded
    """What is proposed because the platform requires it."""


ALL = Steps()
