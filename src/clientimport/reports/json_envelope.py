"""The envelope: the one JSON object that every command prints with `--json`, also when it fails."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeGuard

from clientimport.model.masking import mask_text, may_hold_number

VERSION = 1
"""Of the JSON. Keys are only ever added to a version."""

_IDS = frozenset({"client_id", "id"})
"""The platform's own names for things, which a script must get as they are."""
_LISTS = (list, tuple)


class MaskedDict(dict[str, object]):
    """An object whose texts are masked already."""


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
    head = {"version": VERSION, "command": command, "ok": exit_code == 0, "exit_code": exit_code, "error": error}
    document = {**head, **data}
    known = {name: _masked(value) if masks and name not in _IDS else value for name, value in document.items()}
    return f"{{\n  {_entries(known, '  ')}\n}}"


def _entries(document: Mapping[str, object], margin: str) -> str:
    """Return an entry on each line."""
    return f",\n{margin}".join(f'"{name}": {_value(value, margin)}' for name, value in document.items())


def _value(value: object, margin: str) -> str:
    """Return objects of a list on a line each, unless they hold such lists: quick to write, and to look through."""
    if not _is_of_objects(value):
        return json.dumps(value)
    inner, lines = f"{margin}  ", []
    for item in value:
        deep = any(map(_is_of_objects, item.values()))
        lines.append(f"{{\n{inner}  {_entries(item, f'{inner}  ')}\n{inner}}}" if deep else json.dumps(item))
    body = f",\n{inner}".join(lines)
    return f"[\n{inner}{body}\n{margin}]"


def _is_of_objects(value: object) -> TypeGuard[Sequence[Mapping[str, object]]]:
    return isinstance(value, _LISTS) and bool(value) and all(isinstance(item, Mapping) for item in value)


def _masked(value: object) -> object:
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, MaskedDict):
        return value
    if isinstance(value, Mapping):
        return masked_object(value)
    return [_masked(item) for item in value] if isinstance(value, _LISTS) else value


def masked_object(value: Mapping[str, object]) -> dict[str, object]:
    """Return an object with its values masked; its texts are looked through together, for most hold no number."""
    clean = str if not may_hold_number(item for item in value.values() if isinstance(item, str)) else ()
    return {name: item if name in _IDS or isinstance(item, clean) else _masked(item) for name, item in value.items()}
