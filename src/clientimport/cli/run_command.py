"""Running a command: every result and every exception becomes an exit code and one sentence, or one JSON object."""

from __future__ import annotations

import itertools
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import replace
from typing import Protocol, runtime_checkable

from clientimport.cli.console import Console, QuestionDeclined
from clientimport.cli.help import rich_help
from clientimport.cli.options import OutputOptions
from clientimport.cli.result import CommandFailure, CommandResult, result_json, result_pieces
from clientimport.cli.safe_streams import handle_stdout_error, print_result
from clientimport.cli.same_command import same_command
from clientimport.cli.terminal_lines import terminal_text
from clientimport.errors import ClientImportError, PlatformUnreachable
from clientimport.messages.catalog import MessageCatalog, message_catalog
from clientimport.messages.printable import printable_lines
from clientimport.model.masking import mask_page
from clientimport.model.termination_signals import TERMINATION_SIGNALS, handle_signals
from clientimport.settings.default_values import DefaultName
from clientimport.settings.defaults import Defaults
from clientimport.settings.folders import ensure_folder, folders, own_files
from clientimport.settings.interaction import allows_questions
from clientimport.settings.language import choose_language
from clientimport.storage.atomic_write import write_atomically
from clientimport.storage.protected_files import file_protection, protect

INTERRUPTED = 130
DEFECT = 2


@runtime_checkable
class UsageProblem(Protocol):
    """What typer's parser raises. It does not export the class, so it is known by what it can do."""

    exit_code: int
    message: str

    def format_message(self) -> str:
        """Return the sentence."""
        ...


Act = Callable[[Console, Defaults], CommandResult | CommandFailure]


def run_command(command: str, act: Act, output: OutputOptions, load: Callable[[], Defaults] = Defaults) -> int:
    """Run `act` with the defaults that `load` returns, print its result or why there is none, and return the exit code.

    Loading them is part of the command: what is wrong with the settings is said as everything else is.
    """
    with (
        handle_signals(TERMINATION_SIGNALS, signal.default_int_handler),
        _debug_log(wanted=output.debug),
        _own_files_protected(),
    ):
        result = _mask(_result(act, output, load), masks=not output.show_personal_data)
    try:
        _print(command, result, output)
        sys.stdout.flush()
    except OSError as error:
        return handle_stdout_error(error, result.exit_code, output.language)
    return result.exit_code


def _result(act: Act, output: OutputOptions, load: Callable[[], Defaults]) -> CommandResult | CommandFailure:
    messages = message_catalog(choose_language(output.language))
    about: dict[str, object] = {}
    try:
        defaults = load()
        shown = _open_console(output, defaults.value(DefaultName.LANGUAGE))
        messages, about = shown.messages, shown.account_data
        result = act(shown, defaults)
    except QuestionDeclined:
        result = CommandResult({"declined": True}, messages.phrase("declined"))
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 -- a traceback is a defect, see _failure
        result = _failure(error, messages)
    result = replace(result, data={**about, **result.data})
    return result if output.as_json else _with_sandbox_mark(result, messages.phrase("sandbox.mark"))


def _open_console(output: OutputOptions, language: str | None) -> Console:
    """Return the console that these options ask for; `language` is that of the settings."""
    spoken = choose_language(output.language, language)
    person = sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
    asks = person and not output.no_input and allows_questions()
    return Console(message_catalog(spoken), output.as_json, output.quiet, asks, not output.show_personal_data)


def _with_sandbox_mark(result: CommandResult | CommandFailure, mark: str) -> CommandResult | CommandFailure:
    """Return the result with the sandbox named in its text, wherever a command did not do so itself."""
    if not result.data.get("sandbox") or mark in result.text:
        return result
    if isinstance(result, CommandFailure) and not result.text:
        return replace(result, message=f"{mark} · {result.message}")
    return replace(result, text=f"{mark}\n{result.text}")


def _mask(result: CommandResult | CommandFailure, *, masks: bool) -> CommandResult | CommandFailure:
    """Return the result with its words fit to be shown; what JSON holds is masked in its envelope."""
    if not masks:
        return result
    if isinstance(result, CommandFailure):
        result = replace(result, message=mask_page(result.message))
    return replace(result, text=mask_page(result.text))


def _debug_log(*, wanted: bool) -> AbstractContextManager[None]:
    if not wanted:
        return nullcontext()
    from clientimport.cli.debug_log import debug_log  # logging: 10 ms

    return debug_log()


@contextmanager
def _own_files_protected() -> Iterator[None]:
    """Protect the program's own files, and the file on stdin (`< clients.csv`)."""
    with file_protection(own_files(folders())):
        if sys.stdin is not None:
            with suppress(OSError, ValueError):  # a stream of a test is no open file
                protect(sys.stdin.fileno())
        yield


def _failure(error: BaseException, messages: MessageCatalog) -> CommandResult | CommandFailure:
    from clientimport.connectors.protocol import AnswerLost, PlatformRejected
    from clientimport.messages.rejection_reasons import reason_text

    if isinstance(error, PlatformRejected):
        reason = reason_text(messages, error.reason)
        return CommandResult({"reason": reason}, messages.phrase("refused", reason=printable_lines(reason)), 1)
    if isinstance(error, ClientImportError):
        return CommandFailure(error.code, messages.error_message(error.code, error.facts), error.exit_code)
    if isinstance(error, AnswerLost):
        return CommandFailure(error.code, messages.error_message("answer_lost", {}), PlatformUnreachable.exit_code)
    if isinstance(error, KeyboardInterrupt):
        same = same_command()
        return CommandFailure("interrupted", messages.error_message("interrupted", {"command": same}), INTERRUPTED)
    facts = {"kind": type(error).__name__, "file": _write_defect(error)}
    return CommandFailure("defect", messages.error_message("defect", facts), DEFECT)


def _print(command: str, result: CommandResult | CommandFailure, output: OutputOptions) -> None:
    if isinstance(result, CommandResult) and result.is_printed:
        return
    if output.as_json:
        sys.stdout.writelines(result_pieces(command, result, masks=not output.show_personal_data))
        print()
        return
    content = result.content if isinstance(result, CommandResult) else None
    if content is not None:
        sys.stdout.buffer.write(content)
    if result.text:
        stream = sys.stdout if content is None else sys.stderr
        print(terminal_text(result.text, stream), file=stream, flush=True)
    if isinstance(result, CommandFailure):
        print(terminal_text(printable_lines(result.message), sys.stderr), file=sys.stderr)


def _write_defect(error: BaseException) -> str:
    """Write where in the program it happened (no values, so no client data) and return the file."""
    try:
        ensure_folder(folders().state)
        file = folders().defect
        write_atomically("".join(_trace(error)).encode(errors="replace"), file)
    except (OSError, ClientImportError):
        return "-"
    return str(file)


def _trace(error: BaseException) -> Iterator[str]:
    """Yield the places of an error, of those it is made of and of what caused it."""
    import traceback

    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__name__}\n"
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for other in (*inner, *filter(None, (error.__cause__,))):
        yield from _trace(other)


def report_usage_problem(arguments: list[str], complaint: UsageProblem) -> int:
    """Print a usage error, as a JSON object where that was asked for, and return its exit code."""
    complaint.message = printable_lines(mask_page(complaint.message))
    if not wants_json(arguments):
        rich_help().rich_format_error(complaint)
        return complaint.exit_code
    path = getattr(getattr(complaint, "ctx", None), "command_path", "")
    typed = next((argument for argument in arguments if not argument.startswith("-")), "")
    named = path.partition(" ")[2] or typed
    wrong = CommandFailure("usage", complaint.format_message(), complaint.exit_code)
    return print_result(result_json(named, wrong), complaint.exit_code)


def wants_json(arguments: list[str]) -> bool:
    """Return whether JSON was asked for, before the arguments are parsed.

    >>> wants_json(["validate", "x.xlsx", "--format", "json"]), wants_json(["validate", "--", "--json"])
    (True, False)
    """
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    pairs = itertools.pairwise(before)
    return "--json" in before or "--format=json" in before or ("--format", "json") in pairs
