"""The steps of matching: how the columns are matched that no user, profile, template or program decides.

Headers and values alone make candidates (candidates.py), and all of them are assigned together (assignment.py). These
steps look beyond single columns, in the order of the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from clientimport.matching.address_blocks import choose_address
from clientimport.matching.assignment import Assignment
from clientimport.matching.candidate import Candidate, ColumnEvidence
from clientimport.matching.client_name import propose_client_name
from clientimport.matching.contact_columns import assign_contact_columns
from clientimport.matching.equivalent_columns import merge_equal_columns
from clientimport.matching.office_emails import map_office_emails
from clientimport.matching.required_by_platform import propose_required_fields
from clientimport.matching.required_names import propose_required_names
from clientimport.model.platform_schema import PlatformSchema

Reading = Callable[[Sequence[ColumnEvidence], Collection[str], PlatformSchema], Sequence[ColumnEvidence]]
"""Takes the columns, the fields that are taken and the platform; returns the columns with what their headers mean."""
Demand = Callable[[Iterable[ColumnEvidence], Mapping[str, int], PlatformSchema], Iterable[Candidate]]
"""Takes the columns left, the positions of the fields that are taken, and the platform; returns proposals."""


@dataclass(frozen=True, slots=True)
class MatchingSteps:
    """The steps of one matching; a benchmark leaves some out."""

    readings: tuple[Reading, ...] = (choose_address, map_office_emails, assign_contact_columns)
    """Functions that refine what headers mean by the other columns and the platform."""
    twins: Callable[[Sequence[ColumnEvidence], str], tuple[Sequence[ColumnEvidence], Collection[int]]] = (
        merge_equal_columns
    )
    """Finds the columns that repeat others."""
    ties: tuple[Callable[[Assignment, Iterable[ColumnEvidence]], Assignment], ...] = (propose_client_name,)
    """Functions that choose among equally likely columns."""
    demand: tuple[Demand, ...] = (propose_required_fields, propose_required_names)
    """Functions that propose columns for fields that the platform requires."""


ALL_STEPS = MatchingSteps()
