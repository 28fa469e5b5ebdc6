"""Sending: what push, invite and resume share — the written record, the question, Ctrl-C, and how a run is told."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from clientimport import settings
from clientimport.cli.outcome import Failure, Outcome
from clientimport.cli.screen import Screen, progress
from clientimport.ending import ENDING, ended_by
from clientimport.errors import UsageError
from clientimport.texts.reasons import in_words

if TYPE_CHECKING:
    from clientimport.cli.access import Access
    from clientimport.platforms.interface import Account
    from clientimport.pushing.journal import Journal
    from clientimport.pushing.ledger import Ledger
    from clientimport.pushing.run import Outcome as Reached
    from clientimport.pushing.run import RowOutcome, Run

UNCERTAIN = 5


def require_person_or_yes(screen: Screen, *, yes: bool) -> None:
    """Raise UsageError when something is to be sent, nobody can be asked, and nobody said yes beforehand."""
    if not yes and not screen.asks:
        raise UsageError("usage.send_needs_yes")


@contextmanager
def recorded(opened: Access, account: Account) -> Iterator[Journal]:
    """Open the account's journal, with nobody else sending to it meanwhile."""
    from clientimport.cli.opened_journal import opened_journal
    from clientimport.pushing.identity_key import account_key
    from clientimport.pushing.lock import locked

    places = settings.places()
    settings.made(places.state)
    with locked(places.locks, account_key(opened.schema.id, account)), ledger() as book:
        yield opened_journal(book, opened, account)


def ledger() -> Ledger:
    """Return the open ledger of this home."""
    from clientimport.pushing.ledger import Ledger

    return Ledger(settings.made(settings.places().state) / settings.places().ledger.name)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is asked to agree to."""

    clients: int = 0
    """Created."""
    updates: int = 0
    """Of which something is overwritten."""
    mails: int = 0
    additions: int = 0
    """Of those there, to which contacts are added or whose documents are shared."""


def ask(opened: Access, account: Account, asked: Asked, screen: Screen) -> None:
    """Ask once before anything is sent; mails to people want their number typed. Raises Declined."""
    words = screen.words
    facts = {"account": account.name, "platform": opened.heading(screen)}
    if asked.updates and (asked.mails or asked.clients):
        screen.remark(words.count("push.will_update", asked.updates, **facts))
    if asked.mails:
        screen.confirm_number(words.count("push.ask_mails", asked.mails, **facts), asked.mails, "--yes")
    elif asked.clients:
        screen.confirm(words.count("push.ask_clients", asked.clients, **facts), "--yes")
    elif asked.additions and not asked.updates:
        screen.confirm(words.count("push.ask_additions", asked.additions, **facts), "--yes")
    elif asked.updates:
        screen.confirm(words.count("push.ask_updates", asked.updates, **facts), "--yes")


def say_unverified(opened: Access, screen: Screen) -> None:
    """Say that nobody has seen this platform's API work yet; the sandbox is ours."""
    api = opened.schema.api
    if api is not None and not api.verified and not opened.connection.sandbox:
        screen.warn("push.unverified", platform=opened.schema.name, source=api.source)


async def carried_out(
    total: int, screen: Screen, start: Callable[[Callable[[int, int], None], asyncio.Event], Awaitable[Run]]
) -> Run:
    """Return the run, with its progress on stderr; the first Ctrl-C lets the requests in flight finish."""
    stop, words = asyncio.Event(), screen.words
    loop = asyncio.get_running_loop()

    def interrupted(number: int, _frame: object) -> None:
        signal.signal(number, signal.default_int_handler)  # the second one leaves at once
        loop.call_soon_threadsafe(stop.set)
        screen.note("push.stopping")

    with ended_by((signal.SIGINT, *ENDING), interrupted), progress(screen, words.say("push.progress"), total) as line:
        return await start(lambda done, _: line.show(done), stop)


def never_begun(opened: Access, screen: Screen) -> Outcome:
    """Return what there is to tell when the person said no: a run without rows."""
    from clientimport.pushing.run import Run

    connection = opened.connection
    data = run_data(Run("", connection.name, connection.platform, connection.sandbox, ()), screen)
    return Outcome({**data, "run": None, "declined": True}, screen.words.say("declined"))


def told(
    run: Run, heading: str, again: str, screen: Screen, reasons: Mapping[int, str] = MappingProxyType({})
) -> Outcome | Failure:
    """Return a run as a result: what became of every row, and from exit code 2 on why it did not get to its end.

    `reasons` says of rows that have an error which: the ledger remembers only the kind, for it holds no client data.
    """
    run = replace(run, rows=tuple(_with_reason(row, reasons) for row in run.rows))
    data, text = run_data(run, screen), run_text(run, heading, screen)
    if run.exit_code in (0, 1):
        return Outcome(data, text, run.exit_code)
    code, said, facts = _reason(run, again)
    return Failure(code, screen.words.error(said, facts), run.exit_code, data, text)


def _with_reason(row: RowOutcome, reasons: Mapping[int, str]) -> RowOutcome:
    found = reasons.get(row.row or 0)
    if found is None or row.outcome.state != "invalid":
        return row
    return replace(row, outcome=replace(row.outcome, reason=found))


def _reason(run: Run, again: str) -> tuple[str, str, dict[str, str]]:
    """Return the error's code, which sentence says it, and its facts."""
    if run.stopped is not None:
        return run.stopped.code, run.stopped.code, {**run.stopped.facts, "command": again}
    if run.exit_code == UNCERTAIN:
        doubtful = [row for row in run.rows if row.outcome.state == "uncertain"]
        of_file = all(row.row is not None for row in doubtful)
        facts = {"rows": ", ".join(map(_name, doubtful)), "run": run.id}
        return "uncertain", "uncertain" if of_file else "uncertain_client", facts
    return "interrupted", "interrupted", {"command": again}


def _name(row: RowOutcome) -> str:
    """Return the row's number, or the client's id where it was chosen without a file."""
    return (row.outcome.client_id or "") if row.row is None else str(row.row)


def run_data(run: Run, screen: Screen) -> dict[str, Any]:
    """Return what JSON says about a run."""
    return {
        "run": run.id,
        "connection": run.connection,
        "platform": run.platform,
        "sandbox": run.sandbox,
        "counts": run.counts,
        "invitations_waiting": run.invitations_waiting,
        "seal": run.seal,
        "rows": [_row_data(row, screen) for row in run.rows],
    }


def _row_data(row: RowOutcome, screen: Screen) -> dict[str, object]:
    reached = row.outcome
    return {
        "row": row.row,
        "state": reached.state,
        "client_id": reached.client_id,
        "reason": _shown_reason(reached, screen) or None,
    }


def _shown_reason(reached: Reached, screen: Screen) -> str:
    """Return the platform's own words with what we know of them and their age, or our findings in words."""
    shown = screen.shown("", in_words(screen.words, reached.reason or ""))
    if not reached.answered:
        return shown
    day = screen.words.day(date.fromisoformat(reached.answered[:10]))
    return screen.words.say("run.answered_before", reason=shown, day=day)


def run_text(run: Run, heading: str, screen: Screen) -> str:
    """Return the rows that want attention, and the counts last."""
    words = screen.words
    if run.rows and all(row.outcome.state == "unchanged" for row in run.rows) and not run.invitations_waiting:
        return words.count("run.unchanged", len(run.rows), heading=heading, run=run.id)
    wanted = ("refused", "failed", "invitation_failed", "uncertain", "pending", "invalid", "kept")
    rows = [row for row in run.rows if row.outcome.state in wanted]
    headings = [words.say(f"run.{key}") for key in ("row", "state", "reason")]
    shown = [(_name(row), words.say(f"state.{row.outcome.state}"), _shown_reason(row.outcome, screen)) for row in rows]
    counts = " · ".join(f"{words.say(f'state.{name}')}: {number}" for name, number in run.counts.items() if number)
    parts = [heading, *([screen.table(headings, shown)] if shown else []), counts or words.say("run.nothing")]
    if run.invitations_waiting:
        parts.append(words.count("run.waiting", run.invitations_waiting))
    parts.append(words.say("run.remembered", run=run.id))
    if run.seal:
        parts.append(words.say("run.sealed", seal=run.seal))
    return "\n".join(parts)
