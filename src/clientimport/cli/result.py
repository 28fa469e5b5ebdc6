"""The result of a command: for people as text and for scripts as one JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from clientimport.reports.json_envelope import envelope_pieces


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What a command found or did. The exit code is the same for text and JSON."""

    data: Mapping[str, object]
    """The command's own keys of the JSON object."""
    text: str = ""
    exit_code: int = 0
    content: bytes | None = None
    """A file that was asked for on stdout; the text goes to stderr then."""
    is_printed: bool = False
    """Whether the whole result is on stdout already."""


@dataclass(frozen=True, slots=True)
class CommandFailure:
    """Why a command has no result."""

    code: str
    message: str
    exit_code: int
    data: Mapping[str, object] = field(default_factory=dict)
    """What was done before it stopped."""
    text: str = ""
    """The same for people."""


def result_json(command: str, outcome: CommandResult | CommandFailure, *, masks: bool = True) -> str:
    """Return the one JSON object that `--json` prints, for outcomes and failures alike."""
    return "".join(result_pieces(command, outcome, masks=masks))


def result_pieces(command: str, outcome: CommandResult | CommandFailure, *, masks: bool = True) -> Iterator[str]:
    """Yield the same piece by piece: a large one need not be in memory as a whole."""
    error = {"code": outcome.code, "message": outcome.message} if isinstance(outcome, CommandFailure) else None
    return envelope_pieces(command, outcome.exit_code, outcome.data, error=error, masks=masks)
