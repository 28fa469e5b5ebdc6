"""The boundary: whatever happens inside a command leaves as an exit code and one sentence, or one JSON object."""

from __future__ import annotations

import itertools
import shlex
import sys
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from clientimport import settings
from clientimport.cli.options import Speaking
from clientimport.cli.outcome import Failure, Outcome, as_json
from clientimport.cli.screen import Declined, Screen, printable_lines, screen
from clientimport.errors import ClientImportError, PlatformUnreachable
from clientimport.masking import masked
from clientimport.texts.words import Words, words

INTERRUPTED = 130
DEFECT = 2


@runtime_checkable
class Complaint(Protocol):
    """What typer's parser raises. It does not export the class, so it is known by what it can do."""

    exit_code: int

    def format_message(self) -> str:
        """Return the sentence."""
        ...


def answer(command: str, act: Callable[[Screen], Outcome | Failure], speaking: Speaking) -> int:
    """Run `act`, print its outcome or why there is none, and return the exit code."""
    result = _result(act, speaking)
    try:
        _print(command, result, in_json=speaking.as_json)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_stdout()
    return result.exit_code


def _result(act: Callable[[Screen], Outcome | Failure], speaking: Speaking) -> Outcome | Failure:
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
    except Declined:
        return Outcome({"declined": True}, spoken.say("declined"))
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 -- a traceback is a defect, see _failure
        return _failure(error, spoken)


def _failure(error: BaseException, spoken: Words) -> Outcome | Failure:
    from clientimport.platforms.interface import Lost, Refused  # 0.3 s that --help does not need

    if isinstance(error, Refused):
        reason = masked(error.reason)
        return Outcome({"reason": reason}, spoken.say("refused", reason=printable_lines(reason)), 1)
    if isinstance(error, ClientImportError):
        return Failure(error.code, spoken.error(error.code, error.facts), error.exit_code)
    if isinstance(error, Lost):
        return Failure("timeout", spoken.error("answer_lost", {}), PlatformUnreachable.exit_code)
    if isinstance(error, KeyboardInterrupt):
        same = shlex.join(["clientimport", *sys.argv[1:]])
        return Failure("interrupted", spoken.error("interrupted", {"command": same}), INTERRUPTED)
    facts = {"kind": type(error).__name__, "file": _kept(error)}
    return Failure("defect", spoken.error("defect", facts), DEFECT)


def _print(command: str, result: Outcome | Failure, *, in_json: bool) -> None:
    if in_json:
        print(as_json(command, result))
        return
    content = result.content if isinstance(result, Outcome) else None
    if content is not None:
        sys.stdout.buffer.write(content)
    if result.text:
        print(result.text, file=sys.stdout if content is None else sys.stderr, flush=True)
    if isinstance(result, Failure):
        print(printable_lines(result.message), file=sys.stderr)


def _let_go_of_stdout() -> None:
    # `clientimport validate … | head`: nobody reads on, and the interpreter must not complain about it at exit.
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _kept(error: BaseException) -> str:
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
    path = getattr(getattr(complaint, "ctx", None), "command_path", "")
    typed = next((argument for argument in arguments if not argument.startswith("-")), "")
    named = path.partition(" ")[2] or typed
    wrong = Failure("usage", complaint.format_message(), complaint.exit_code)
    print(as_json(named, wrong))
    return complaint.exit_code


def wants_json(arguments: list[str]) -> bool:
    """Return whether JSON was asked for, before the arguments are parsed.

    >>> wants_json(["validate", "x.xlsx", "--format", "json"]), wants_json(["validate", "--", "--json"])
    (True, False)
    """
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    pairs = itertools.pairwise(before)
    return "--json" in before or "--format=json" in before or ("--format", "json") in pairs
