"""An outcome: what a command found or did, for people as text and for scripts as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from clientimport.errors import ClientImportError
from clientimport.texts.words import Words

VERSION = 1
"""Of the JSON. Keys are only ever added to a version."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command answers. The exit code is the same whichever of the two is printed."""

    data: Mapping[str, object]
    """The command's own keys of the JSON object."""
    text: str = ""
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a command has no outcome."""

    code: str
    message: str
    exit_code: int


def failure(error: ClientImportError, words: Words) -> Failure:
    """Return an error in words.

    An error that carries an exit code of its own (a stopped push) keeps the one of its class.
    """
    return Failure(error.code, words.error(error.code, error.facts), error.exit_code)


def envelope(command: str, outcome: Outcome | Failure, *, ascii_only: bool) -> str:
    """Return the one JSON object that `--json` prints, for outcomes and failures alike."""
    failed = isinstance(outcome, Failure)
    head = {
        "version": VERSION,
        "command": command,
        "ok": outcome.exit_code == 0,
        "exit_code": outcome.exit_code,
        "error": {"code": outcome.code, "message": outcome.message} if failed else None,
    }
    return json.dumps(head if failed else {**head, **outcome.data}, indent=2, ensure_ascii=ascii_only)
