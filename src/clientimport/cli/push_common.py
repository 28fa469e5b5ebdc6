"""What push, invite, resume and undo share: the question, Ctrl-C, and how a run becomes a result."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from clientimport.cli.console import Console
from clientimport.cli.mail_recipients import held_text, recipients_text
from clientimport.cli.open_account import AccountSession
from clientimport.cli.progress import progress
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.cli.run_view import row_name, run_data, run_text
from clientimport.model.remote import Account
from clientimport.model.shell_command import shell_command
from clientimport.model.termination_signals import TERMINATION_SIGNALS, handle_signals
from clientimport.push.mail import Mail
from clientimport.push.run_result import RunResult

UNCERTAIN = 5


@dataclass(frozen=True, slots=True)
class PushQuestion:
    """What the user is asked to agree to."""

    clients: int = 0
    """Created."""
    updates: int = 0
    """Of which something is overwritten."""
    mails: tuple[Mail, ...] = ()
    """Those that go out."""
    due: tuple[Mail, ...] = ()
    """Those, and the ones that are held or wait for the next batch."""
    additions: int = 0
    """Of those there, to which contacts are added or whose documents are shared."""


def confirm_push(session: AccountSession, account: Account, question: PushQuestion) -> None:
    """Ask once before anything is sent; mails need their number typed, below the list of receivers.

    Raises QuestionDeclined.
    """
    console, messages = session.console, session.console.messages
    facts = {"account": account.name, "platform": session.heading()}
    if question.updates and (question.mails or question.clients):
        console.print(messages.plural("push.will_update", question.updates, **facts))
    if held_table := held_text(question.due, console):
        console.print_always(held_table)
    if question.mails:
        console.print_always(recipients_text(question.mails, console))
        count = len(question.mails)
        console.confirm_number(messages.plural("push.ask_mails", count, **facts), count, "--yes")
    elif question.clients:
        console.confirm(messages.plural("push.ask_clients", question.clients, **facts), "--yes")
    elif question.additions and not question.updates:
        console.confirm(messages.plural("push.ask_additions", question.additions, **facts), "--yes")
    elif question.updates:
        console.confirm(messages.plural("push.ask_updates", question.updates, **facts), "--yes")


def warn_unverified_api(session: AccountSession) -> None:
    """Warn that this platform's API was never seen at work; the sandbox needs no warning."""
    session.account.warn_unverified_api()


async def run_with_progress(
    total: int,
    console: Console,
    start: Callable[[Callable[[int, int], None], asyncio.Event], Awaitable[RunResult]],
) -> RunResult:
    """Return the run, with its progress on stderr; the first Ctrl-C lets the requests in flight finish."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def interrupted(number: int, _frame: object) -> None:
        signal.signal(number, signal.default_int_handler)  # the second one leaves at once
        loop.call_soon_threadsafe(stop.set)
        console.info("push.stopping")

    with (
        handle_signals((signal.SIGINT, *TERMINATION_SIGNALS), interrupted),
        progress(console, console.messages.phrase("push.progress"), total) as show,
    ):
        return await start(lambda done, _: show(done), stop)


def declined_result(session: AccountSession) -> CommandResult:
    """Return the result when the user said no: a run without rows."""
    connection, console = session.connection, session.console
    data = run_data(RunResult("", connection.name, connection.platform, connection.sandbox, ()), console)
    return CommandResult({**data, "run": None, "declined": True}, console.messages.phrase("declined"))


def run_to_result(run: RunResult, heading: str, again: str, console: Console) -> CommandResult | CommandFailure:
    """Return a run as a result: what became of every row, and from exit code 2 on why it did not get to its end."""
    data, text = run_data(run, console), run_text(run, heading, console)
    if run.exit_code in (0, 1):
        return CommandResult(data, text, run.exit_code)
    code, sentence, facts = _reason(run, again)
    return CommandFailure(code, console.messages.error_message(sentence, facts), run.exit_code, data, text)


def _reason(run: RunResult, again: str) -> tuple[str, str, dict[str, str]]:
    """Return the error's code, which sentence says it, and its facts."""
    if run.stop_reason is not None:
        return run.stop_reason.code, run.stop_reason.code, {**run.stop_reason.facts, "command": again}
    if run.exit_code == UNCERTAIN:
        doubtful = [row for row in run.rows if row.result.state == "uncertain"]
        of_file = all(row.row is not None for row in doubtful)
        resolving = shell_command(["clientimport", "runs", "resolve", run.id, row_name(doubtful[0])])
        facts = {name: f"{resolving} --{name}" for name in ("created", "absent")}
        facts["rows"] = ", ".join(map(row_name, doubtful))
        return "uncertain", "uncertain" if of_file else "uncertain_client", facts
    return "interrupted", "interrupted", {"command": again}
