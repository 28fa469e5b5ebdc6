"""The envelope: the one JSON object that every command answers with, also when it fails."""

from __future__ import annotations

import json
from collections.abc import Mapping

VERSION = 1
"""Of the JSON. Keys are only ever added to a version."""


def envelope(
    command: str,
    exit_code: int,
    data: Mapping[str, object],
    *,
    error: Mapping[str, str] | None = None,
) -> str:
    """Return the object as text, in ASCII, so that no console changes a letter of it.

    `error` holds code and message when there is no result.

    >>> envelope("explain", 0, {"code": "iban.check_digits"}).split()[0:3]
    ['{', '"version":', '1,']
    """
    head = {"version": VERSION, "command": command, "ok": exit_code == 0, "exit_code": exit_code, "error": error}
    return json.dumps({**head, **data}, indent=2)
