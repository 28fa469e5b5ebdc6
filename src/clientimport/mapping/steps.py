"""The steps of matching: how columns are matched that neither a user, a profile, a template nor a program decides.

Headers and values alone make candidates (evidence.py), and all of them are assigned together (assignment.py). These
steps are what is known beyond single columns, in the order in which they come.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from clientimport.mapping.assignment import Assigned
from clientimport.mapping.blocks import one_address
from clientimport.mapping.candidate import Candidate, Observed
from clientimport.mapping.client_name import with_client_name
from clientimport.mapping.demand import demanded
from clientimport.mapping.family import reread
from clientimport.mapping.office import of_office
from clientimport.mapping.twins import twins
from clientimport.schema import Schema

Reading = Callable[[Sequence[Observed], Collection[str], Schema], Sequence[Observed]]
"""Takes the columns, the fields that are taken and the platform; returns the columns with what their headers mean."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that a matching takes; a benchmark leaves one out."""

    readings: tuple[Reading, ...] = (one_address, of_office, reread)
    """What headers mean beside each other and on this platform."""
    twins: Callable[[Sequence[Observed], str], tuple[Sequence[Observed], Collection[int]]] = twins
    """Which columns repeat others."""
    ties: tuple[Callable[[Assigned, Iterable[Observed]], Assigned], ...] = (with_client_name,)
    """Which of equal columns is proposed."""
    demand: Callable[[Iterable[Observed], Collection[str], Schema], Iterable[Candidate]] = demanded
    """What is proposed because the platform requires it."""


ALL = Steps()
