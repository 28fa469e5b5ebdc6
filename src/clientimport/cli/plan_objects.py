"""The clients of a plan as objects of JSON, each made when it is written: a large plan is never there twice."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from clientimport.model.remote import DocumentSharing
from clientimport.push.plan.plan import Plan
from clientimport.push.plan.plan_file import ShowValue, entries_by_group, entry_data
from clientimport.reports.json_envelope import EncodedObjects, masked_object

_AT_ONCE = 1 << 10
"""Clients that are written together; chosen, not measured."""


@dataclass(frozen=True, slots=True, repr=False)
class PlanObjects(EncodedObjects):
    """One group of a plan."""

    plan: Plan
    group: str
    show: ShowValue
    sharing: DocumentSharing | None
    masks: bool

    def __len__(self) -> int:
        """Return how many clients it has."""
        return len(entries_by_group(self.plan)[self.group])

    @overload
    def __getitem__(self, index: int) -> dict[str, object]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[dict[str, object]]: ...
    def __getitem__(self, index: int | slice) -> dict[str, object] | Sequence[dict[str, object]]:
        """Return one of them, or several."""
        entries = entries_by_group(self.plan)[self.group]
        chosen = entries[index] if isinstance(index, slice) else (entries[index],)
        made = [self._masked(entry_data(entry, self.group, self.plan, self.show, self.sharing)) for entry in chosen]
        return made if isinstance(index, slice) else made[0]

    def lines(self) -> Iterator[list[str]]:
        """Yield some at a time, each as JSON."""
        for start in range(0, len(self), _AT_ONCE):
            yield list(map(json.dumps, self[start : start + _AT_ONCE]))

    def _masked(self, data: dict[str, object]) -> dict[str, object]:
        return masked_object(data) if self.masks else data
