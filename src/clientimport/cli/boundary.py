"""The boundary: whatever happens inside a command leaves as an exit code and one sentence, or one JSON object."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from clientimport import settings
from clientimport.cli.options import Speaking
from clientimport.cli.outcome import Failure, Outcome, envelope, failure
from clientimport.cli.screen import Declined, Screen, printable_lines, screen
from clientimport.errors import ClientImportError
from clientimport.texts.words import words

INTERRUPTED = 130
DEFECT = 2


@runtime_checkable
class Complaint(Protocol):
    """What typer's parser raises. It does not export the class, so it is known by what it can do."""

    exit_code: int

    def format_message(self) -> str:
        """Return the sentence."""
        ...


def answer(command: str, act: Callable[[Screen], Outcome], speaking: Speaking) -> int:
    """Run `act`, print its outcome or why there is none, and return the exit code."""
    try:
        result: Outcome | Failure = _outcome(act, speaking)
    except BrokenPipeError:
        return _reader_left()
    try:
        _print(command, result, as_json=speaking.as_json)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()
    return result.exit_code


def _outcome(act: Callable[[Screen], Outcome], speaking: Speaking) -> Outcome | Failure:
    spoken = words(settings.language(speaking.language))
    try:
        shown = screen(
            speaking.language,
            as_json=speaking.as_json,
            quiet=speaking.quiet,
            no_input=speaking.no_input,
            show_personal_data=speaking.show_personal_data,
        )
        spoken = shown.words
        return act(shown)
    except ClientImportError as error:
        return failure(error, spoken)
    except Declined:
        return Outcome({"declined": True}, spoken.say("declined"))
    except KeyboardInterrupt:
        same = shlex.join(["clientimport", *sys.argv[1:]])
        return Failure("interrupted", spoken.say("interrupted", command=same), INTERRUPTED)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 -- a traceback is a defect; it is kept where it can be sent from
        return Failure("defect", spoken.say("defect", kind=type(error).__name__, file=_kept(error)), DEFECT)


def _print(command: str, result: Outcome | Failure, *, as_json: bool) -> None:
    if as_json:
        print(envelope(command, result, ascii_only=not _unicode()))
    elif isinstance(result, Failure):
        print(printable_lines(result.message), file=sys.stderr)
    elif result.text:
        print(result.text)


def _unicode() -> bool:
    return (sys.stdout.encoding or "").casefold().replace("-", "") == "utf8"


def _reader_left() -> int:
    # `clientimport validate … | head`: nobody reads on, and the interpreter must not complain about it at exit.
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _kept(error: Exception) -> str:
    """Write where in the program it happened (no values, so no client data) and return the file."""
    import traceback

    try:
        file = settings.made(settings.places().state) / "defect.txt"
        file.write_text("".join((*traceback.format_tb(error.__traceback__), type(error).__name__)), encoding="utf-8")
    except (OSError, ClientImportError):
        return "-"
    return str(file)


def complain(arguments: list[str], complaint: Complaint) -> int:
    """Print a usage error as the JSON object that was asked for, and return its exit code."""
    named = [argument for argument in arguments if not argument.startswith("-")][:1]
    wrong = Failure("usage", complaint.format_message(), complaint.exit_code)
    print(envelope(" ".join(named), wrong, ascii_only=not _unicode()))
    return complaint.exit_code


def wants_json(arguments: list[str]) -> bool:
    """Return whether JSON was asked for, before the arguments are parsed.

    >>> wants_json(["validate", "x.xlsx", "--format", "json"]), wants_json(["validate", "--", "--json"])
    (True, False)
    """
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    pairs = zip(before, before[1:], strict=False)
    return "--json" in before or "--format=json" in before or ("--format", "json") in pairs
