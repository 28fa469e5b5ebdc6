"""The envelope: the one JSON object that every command prints with `--json`, also when it fails."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

from clientimport.model.masking import mask_text, may_hold_number

VERSION = 1
"""Of the JSON. Keys are only ever added to a version."""

_IDS = frozenset({"client_id", "id"})
"""The platform's own names for things, which a script must get as they are."""
_LISTS = (list, tuple)


class MaskedDict(dict[str, object]):
    """An object whose texts are masked already."""


class EncodedObjects(Sequence[Mapping[str, object]]):
    """Objects that write themselves, masked already."""

    __slots__ = ()

    @abstractmethod
    def lines(self) -> Iterator[list[str]]:
        """Yield some thousand objects at a time, each as JSON."""


def envelope(
    command: str,
    exit_code: int,
    data: Mapping[str, object],
    *,
    error: Mapping[str, str] | None = None,
    masks: bool = True,
) -> str:
    """Return the object as text, in ASCII, so that no console changes a letter of it.

    `error` holds code and message when there is no result. National register numbers are masked wherever they stand.

    >>> envelope("explain", 0, {"code": "iban.check_digits"}).split()[0:3]
    ['{', '"version":', '1,']
    """
    return "".join(envelope_pieces(command, exit_code, data, error=error, masks=masks))


def envelope_pieces(
    command: str,
    exit_code: int,
    data: Mapping[str, object],
    *,
    error: Mapping[str, str] | None = None,
    masks: bool = True,
) -> Iterator[str]:
    """Yield the object piece by piece, so that a large one is never in memory as a whole."""
    head = {"version": VERSION, "command": command, "ok": exit_code == 0, "exit_code": exit_code, "error": error}
    document = {**head, **data}
    known = {name: _masked(value) if masks and name not in _IDS else value for name, value in document.items()}
    yield "{\n  "
    yield from _entries(known, "  ")
    yield "\n}"


def _entries(document: Mapping[str, object], margin: str) -> Iterator[str]:
    """Yield an entry on each line."""
    for number, (name, value) in enumerate(document.items()):
        yield f'{f",{chr(10)}{margin}" if number else ""}"{name}": '
        yield from _value(value, margin)


def _value(value: object, margin: str) -> Iterator[str]:
    """Yield objects of a list on a line each, unless they hold such lists: quick to write, and to look through."""
    if isinstance(value, Mapping) and any(isinstance(item, EncodedObjects) for item in value.values()):
        yield from _on_one_line(value)
        return
    if not _is_of_objects(value):
        yield json.dumps(value, default=list)
        return
    inner, between = f"{margin}  ", ""
    yield "["
    for item in value.lines() if isinstance(value, EncodedObjects) else value:
        yield f"{between}\n{inner}"
        yield from (f",\n{inner}".join(item),) if isinstance(item, list) else _item(item, inner)
        between = ","
    yield f"\n{margin}]"


def _on_one_line(groups: Mapping[str, object]) -> Iterator[str]:
    """Yield what `json.dumps` makes of lists of objects by name, some objects at a time."""
    for number, (name, value) in enumerate(groups.items()):
        yield f"{', ' if number else '{'}{json.dumps(name)}: "
        if not isinstance(value, EncodedObjects):
            yield json.dumps(value)
            continue
        for place, lines in enumerate(value.lines()):
            yield f"{', ' if place else '['}{', '.join(lines)}"
        yield "]" if len(value) else "[]"
    yield "}"


def _item(item: Mapping[str, object], margin: str) -> Iterator[str]:
    if not any(map(_is_of_objects, item.values())):
        yield json.dumps(item, default=list)
        return
    yield f"{{\n{margin}  "
    yield from _entries(item, f"{margin}  ")
    yield f"\n{margin}}}"


def _is_of_objects(value: object) -> TypeGuard[Sequence[Mapping[str, object]]]:
    if isinstance(value, EncodedObjects):
        return len(value) > 0
    return isinstance(value, _LISTS) and bool(value) and all(isinstance(item, Mapping) for item in value)


def _masked(value: object) -> object:
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, MaskedDict | EncodedObjects):
        return value
    if isinstance(value, Mapping):
        return masked_object(value)
    return [_masked(item) for item in value] if isinstance(value, _LISTS) else value


def masked_object(value: Mapping[str, object]) -> dict[str, object]:
    """Return an object with its values masked; its texts are looked through together, for most hold no number."""
    clean = str if not may_hold_number(item for item in value.values() if isinstance(item, str)) else ()
    return {name: item if name in _IDS or isinstance(item, clean) else _masked(item) for name, item in value.items()}
