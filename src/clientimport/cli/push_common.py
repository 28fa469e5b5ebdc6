"""Sending: what push, invite and resume share — the written record, the question, Ctrl-C, and how a run ended."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientimport.cli import settings
from clientimport.cli.console import Console, progress
from clientimport.cli.mail_recipients import held_text, recipients_text
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.cli.run_view import row_name, run_data, run_text
from clientimport.errors import UsageError
from clientimport.model.termination_signals import TERMINATION_SIGNALS, handle_signals

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession
    from clientimport.model.remote import Account
    from clientimport.push.ledger.account_ledger import AccountLedger
    from clientimport.push.ledger.ledger import Ledger
    from clientimport.push.mail import Mail
    from clientimport.push.run_result import RunResult

UNCERTAIN = 5


def require_person_or_yes(screen: Console, *, yes: bool) -> None:
    """Raise UsageError when something is to be sent, nobody can be asked, and nobody said yes beforehand."""
    if not yes and not screen.is_interactive:
        raise UsageError("usage.send_needs_yes")


@contextmanager
def locked_account_ledger(opened: AccountSession, account: Account) -> Iterator[AccountLedger]:
    """Open the account's journal, with nobody else sending to it meanwhile."""
    from clientimport.cli.open_ledger import open_account_ledger
    from clientimport.push.ledger.account_ledger import account_lock
    from clientimport.push.ledger.identity_hmac import account_key

    places = settings.folders()
    settings.ensure_folder(places.state)
    with account_lock(places.locks, account_key(opened.schema.id, account)), open_ledger() as book:
        yield open_account_ledger(book, opened, account)


@contextmanager
def unlocked_account_ledger(opened: AccountSession, account: Account) -> Iterator[AccountLedger]:
    """Open the account's journal only to see what was done before; others may be sending."""
    from clientimport.cli.open_ledger import read_account_ledger

    with open_ledger() as book:
        yield read_account_ledger(book, opened, account)


def open_ledger() -> Ledger:
    """Return the open ledger of this home."""
    from clientimport.push.ledger.ledger import Ledger

    return Ledger(settings.ensure_folder(settings.folders().state) / settings.folders().ledger.name)


@dataclass(frozen=True, slots=True)
class PushQuestion:
    """What somebody is asked to agree to."""

    clients: int = 0
    """Created."""
    updates: int = 0
    """Of which something is overwritten."""
    mails: tuple[Mail, ...] = ()
    """Those that go out."""
    due: tuple[Mail, ...] = ()
    """Those, and the ones that are held or wait for the next wave."""
    additions: int = 0
    """Of those there, to which contacts are added or whose documents are shared."""


def confirm_push(opened: AccountSession, account: Account, asked: PushQuestion, screen: Console) -> None:
    """Ask once before anything is sent; mails need their number typed, below the list of receivers.

    Raises QuestionDeclined.
    """
    words = screen.messages
    facts = {"account": account.name, "platform": opened.heading(screen)}
    if asked.updates and (asked.mails or asked.clients):
        screen.print(words.plural("push.will_update", asked.updates, **facts))
    if held := held_text(asked.due, screen):
        screen.print_always(held)
    if asked.mails:
        screen.print_always(recipients_text(asked.mails, screen))
        count = len(asked.mails)
        screen.confirm_number(words.plural("push.ask_mails", count, **facts), count, "--yes")
    elif asked.clients:
        screen.confirm(words.plural("push.ask_clients", asked.clients, **facts), "--yes")
    elif asked.additions and not asked.updates:
        screen.confirm(words.plural("push.ask_additions", asked.additions, **facts), "--yes")
    elif asked.updates:
        screen.confirm(words.plural("push.ask_updates", asked.updates, **facts), "--yes")


def warn_unverified_api(opened: AccountSession, screen: Console) -> None:
    """Say that nobody has seen this platform's API work yet; the sandbox is ours."""
    api = opened.schema.api
    if api is not None and not api.verified and not opened.connection.sandbox:
        screen.warn("push.unverified", platform=opened.schema.name, source=api.source)


async def run_with_progress(
    total: int, screen: Console, start: Callable[[Callable[[int, int], None], asyncio.Event], Awaitable[RunResult]]
) -> RunResult:
    """Return the run, with its progress on stderr; the first Ctrl-C lets the requests in flight finish."""
    stop, words = asyncio.Event(), screen.messages
    loop = asyncio.get_running_loop()

    def interrupted(number: int, _frame: object) -> None:
        signal.signal(number, signal.default_int_handler)  # the second one leaves at once
        loop.call_soon_threadsafe(stop.set)
        screen.info("push.stopping")

    with (
        handle_signals((signal.SIGINT, *TERMINATION_SIGNALS), interrupted),
        progress(screen, words.phrase("push.progress"), total) as line,
    ):
        return await start(lambda done, _: line.show(done), stop)


def declined_result(opened: AccountSession, screen: Console) -> CommandResult:
    """Return what there is to tell when the person said no: a run without rows."""
    from clientimport.push.run_result import RunResult

    connection = opened.connection
    data = run_data(RunResult("", connection.name, connection.platform, connection.sandbox, ()), screen)
    return CommandResult({**data, "run": None, "declined": True}, screen.messages.phrase("declined"))


def run_to_result(run: RunResult, heading: str, again: str, screen: Console) -> CommandResult | CommandFailure:
    """Return a run as a result: what became of every row, and from exit code 2 on why it did not get to its end."""
    data, text = run_data(run, screen), run_text(run, heading, screen)
    if run.exit_code in (0, 1):
        return CommandResult(data, text, run.exit_code)
    code, said, facts = _reason(run, again)
    return CommandFailure(code, screen.messages.error_message(said, facts), run.exit_code, data, text)


def _reason(run: RunResult, again: str) -> tuple[str, str, dict[str, str]]:
    """Return the error's code, which sentence says it, and its facts."""
    if run.stop_reason is not None:
        return run.stop_reason.code, run.stop_reason.code, {**run.stop_reason.facts, "command": again}
    if run.exit_code == UNCERTAIN:
        doubtful = [row for row in run.rows if row.result.state == "uncertain"]
        of_file = all(row.row is not None for row in doubtful)
        facts = {"rows": ", ".join(map(row_name, doubtful)), "run": run.id}
        return "uncertain", "uncertain" if of_file else "uncertain_client", facts
    return "interrupted", "interrupted", {"command": again}
