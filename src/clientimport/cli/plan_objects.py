"""The clients of a plan as objects of JSON, each made when it is written: a large plan is never there twice."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii
from typing import overload

import numpy as np

from clientimport.messages.finding_messages import is_masked_field
from clientimport.model.client import Client
from clientimport.model.client_columns import AT_ONCE, ClientColumns
from clientimport.model.findings import in_places
from clientimport.model.masking import mask_texts, mask_values
from clientimport.model.object_columns import object_contents, object_form
from clientimport.model.remote import DocumentSharing
from clientimport.push.plan.plan import Plan, PlanEntries, PlanEntry
from clientimport.push.plan.plan_document import entries_by_group
from clientimport.push.plan.plan_file import ShowValue, entry_data
from clientimport.reports.json_envelope import EncodedObjects, masked_object

TEMPLATE = "configuration_template"


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
        made = list(map(self._data, chosen))
        return made if isinstance(index, slice) else made[0]

    def lines(self) -> Iterator[list[str]]:
        """Yield some at a time, each as JSON."""
        entries = entries_by_group(self.plan)[self.group]
        if isinstance(entries, PlanEntries):
            yield from map(self._part_lines, entries.parts())
            return
        for start in range(0, len(self), AT_ONCE):
            yield [json.dumps(self._data(entry)) for entry in entries[start : start + AT_ONCE]]

    def _part_lines(self, part: PlanEntries) -> list[str]:
        """Return clients that are no more than their row all at once, the others one by one."""
        plain, positions = part.is_plain, part.clients.positions
        others = (json.dumps(self._data(entry)) for entry in part.at(positions[~plain]).made())
        alike = self._plain_lines(part.clients.at(positions[plain]))
        return in_places([(alike, np.flatnonzero(plain)), (others, np.flatnonzero(~plain))])

    def _plain_lines(self, clients: ClientColumns) -> Iterator[str]:
        columns = {field: clients.texts(field) for field in clients.fields}
        nothing: list[str | None] = [None] * len(clients)
        forms = {name: self._form(name) for name in set(columns.get(TEMPLATE, nothing))}
        shown = {field: self._shown(field, texts) for field, texts in columns.items()}
        contents = object_contents(shown, encode_basestring_ascii) if columns else [""] * len(clients)
        names = self._shown(None, clients.names())
        lines = zip(columns.get(TEMPLATE, nothing), clients.numbers(), names, contents, strict=True)
        for template, number, name, content in lines:
            yield forms[template] % (number, encode_basestring_ascii(name or ""), content)

    def _form(self, template: str | None) -> str:
        """Return a client that gets this configuration template, with its row, name and fields left open."""
        entry = PlanEntry(Client(0, (0,), {TEMPLATE: template} if template is not None else {}))
        return object_form(self._data(entry), {"row": "%d", "name": "%s", "fields": "{%s}"})

    def _shown(self, field: str | None, texts: Sequence[str | None]) -> list[str | None]:
        """Return texts as `_data` shows them: masked by their field, and again in the object that they are in."""
        if not self.masks:
            return list(texts)
        filled = [text or "" for text in texts]
        masked = mask_values(is_masked_field(field), filled)
        if masked != filled:
            masked = mask_texts(masked)
        return [None if text is None else shown for text, shown in zip(texts, masked, strict=True)]

    def _data(self, entry: PlanEntry) -> dict[str, object]:
        data = entry_data(entry, self.group, self.plan, self.show, self.sharing)
        return masked_object(data) if self.masks else data
