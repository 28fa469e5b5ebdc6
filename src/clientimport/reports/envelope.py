"""The envelope: the one JSON object that every command answers with, also when it fails."""

from __future__ import annotations

import json
from collections.abc import Mapping

from clientimport.masking import masked

VERSION = 1
"""Of the JSON. Keys are only ever added to a version."""

_IDS = frozenset({"client_id", "id"})
"""The platform's own names for things, which a script must get as they are."""


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
    return json.dumps(_masked(document) if masks else document, indent=2)


def _masked(value: object) -> object:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, Mapping):
        return {name: one if name in _IDS else _masked(one) for name, one in value.items()}
    return [_masked(one) for one in value] if isinstance(value, list | tuple) else value
