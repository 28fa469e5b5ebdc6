"""The entries of a plan as they are kept: as JSON for its digest and for its file, those of one row by column."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Any

import numpy as np

from clientimport.model.client import Client
from clientimport.model.client_columns import AT_ONCE, ClientColumns
from clientimport.model.findings import in_places
from clientimport.model.object_columns import EncodeText, object_contents
from clientimport.push.plan.plan import PlanEntries, PlanEntry
from clientimport.push.plan.plan_document import entry_document

_canonical = json.JSONEncoder(sort_keys=True).encode
_MARGIN = "   "
"""Before an entry in the file: in a list of the groups of the plan."""


@dataclass(frozen=True, slots=True)
class EntryStyle:
    """One way to write an entry."""

    encode: Callable[[Any], str]
    """Returns the document of an entry as text."""
    encode_text: EncodeText
    separator: str
    """Between the fields of a client."""
    is_sorted: bool
    """Whether the fields are in the order of their names."""


def indented(value: object, margin: str = "") -> str:
    r"""Return what `json.dumps` makes of a value with an indent of one, which it makes slowly.

    >>> indented({"rows": [2], "fields": {}})
    '{\n "rows": [\n  2\n ],\n "fields": {}\n}'
    """
    inner = f"{margin} "
    if isinstance(value, Mapping) and value:
        entries = (f"{encode_basestring(name)}: {indented(item, inner)}" for name, item in value.items())
        return f"{{\n{inner}{f',{chr(10)}{inner}'.join(entries)}\n{margin}}}"
    if isinstance(value, list) and value:
        return f"[\n{inner}{f',{chr(10)}{inner}'.join(indented(item, inner) for item in value)}\n{margin}]"
    return encode_basestring(value) if isinstance(value, str) else json.dumps(value)


FOR_DIGEST = EntryStyle(_canonical, encode_basestring_ascii, ", ", is_sorted=True)
FOR_FILE = EntryStyle(
    lambda document: indented(document, _MARGIN), encode_basestring, f",\n{_MARGIN}   ", is_sorted=False
)


def entry_texts(entries: Sequence[PlanEntry], style: EntryStyle) -> Iterator[list[str]]:
    """Yield some thousand entries at a time as text."""
    if isinstance(entries, PlanEntries):
        yield from (_part_texts(part, style) for part in entries.parts())
        return
    remaining = iter(entries)
    while texts := [style.encode(entry_document(entry)) for entry in islice(remaining, AT_ONCE)]:
        yield texts


def _part_texts(part: PlanEntries, style: EntryStyle) -> list[str]:
    """Return entries as text: those that are no more than their row all at once, the others one by one."""
    plain = part.is_plain
    positions = part.clients.positions
    others = (style.encode(entry_document(entry)) for entry in part.at(positions[~plain]).made())
    alike = _plain_texts(part.clients.at(positions[plain]), style)
    return in_places([(alike, np.flatnonzero(plain)), (others, np.flatnonzero(~plain))])


def _plain_texts(clients: ClientColumns, style: EntryStyle) -> Iterator[str]:
    names = sorted(clients.fields) if style.is_sorted else clients.fields
    columns = {name: clients.texts(name) for name in names}
    contents = object_contents(columns, style.encode_text, style.separator) if columns else [""] * len(clients)
    filled, empty = _form(style, has_fields=True), _form(style, has_fields=False)
    for number, content in zip(clients.numbers(), contents, strict=True):
        yield (filled if content else empty) % {"row": number, "fields": content}


@cache
def _form(style: EntryStyle, *, has_fields: bool) -> str:
    """Return the text of an entry with its row and its fields left open, in the form of the operator `%`."""
    text = style.encode(entry_document(PlanEntry(Client(-1, (-1,), {"?": "?"} if has_fields else {}))))
    return text.replace('"?": "?"', "%(fields)s").replace("-1", "%(row)d")
