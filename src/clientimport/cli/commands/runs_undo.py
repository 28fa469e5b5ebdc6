"""`runs undo`: take back what a run created and overwrote, after showing it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clientimport.cli.command import command
from clientimport.cli.commands.runs import RunId, app
from clientimport.cli.console import Console, QuestionDeclined
from clientimport.cli.options import AccountOptions, AdoptLedger, Yes
from clientimport.cli.result import CommandFailure, CommandResult

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession, LedgerAccount
    from clientimport.connectors.protocol import Connector
    from clientimport.push.ledger.records import RunRecord
    from clientimport.push.undo import UndoItem


@command(
    app,
    "runs undo",
    "clientimport runs undo 20261122-101500-1f3a",
    "clientimport runs undo 20261122-101500-1f3a --yes",
)
def undo(
    *, run: RunId, screen: Console, adopt_ledger: AdoptLedger = None, yes: Yes = False
) -> CommandResult | CommandFailure:
    """Take back what a run did: drafts it created are deleted, fields it overwrote get their former values.

    Mails cannot be taken back; who got one is listed.
    """
    from clientimport.cli.open_account import LedgerAccount

    return run_undo(run, screen, LedgerAccount((run,), adopt_ledger), yes=yes)


def run_undo(run: str, screen: Console, known: LedgerAccount, *, yes: bool) -> CommandResult | CommandFailure:
    """Return what became of every client of a run that is taken back, after a person's or an option's yes."""
    from clientimport.cli.open_account import open_account
    from clientimport.cli.push_common import declined_result, open_ledger, require_person_or_yes
    from clientimport.push.run_history import load_run_record

    require_person_or_yes(screen, yes=yes)
    with open_ledger() as book:
        found = load_run_record(book, run)
    with open_account(AccountOptions(found.connection, found.platform), screen, known) as opened:
        try:
            return opened.run(UndoSession(opened, found, screen, yes).done)
        except QuestionDeclined:
            return declined_result(opened, screen)


@dataclass(frozen=True, slots=True)
class UndoSession:
    """One run on its way back: look, ask, do."""

    opened: AccountSession
    head: RunRecord
    screen: Console
    yes: bool

    async def done(self, connector: Connector) -> CommandResult | CommandFailure:
        """Return what became of every client of the run."""
        from clientimport.cli.push_common import locked_account_ledger, run_to_result, run_with_progress
        from clientimport.push.plan.snapshot import take_snapshot
        from clientimport.push.undo import undo, undo_items

        there = await take_snapshot(connector)
        heading = self.opened.heading(self.screen, there.account)
        with locked_account_ledger(self.opened, there.account) as journal:
            ledger, of = journal.home_ledger, replace(self.head, account=journal.account)  # an older run has it by now
            taken = undo_items(ledger.operations_of_run(self.head.id), ledger.rows(self.head.id), there.clients)
            self._agree(taken, heading)
            run = await run_with_progress(
                len(taken),
                self.screen,
                lambda show, stop: undo(taken, of, connector, journal, progress=show, stop=stop),
            )
        return run_to_result(run, heading, shlex.join(["clientimport", "runs", "undo", self.head.id]), self.screen)

    def _agree(self, taken: tuple[UndoItem, ...], heading: str) -> None:
        """Show what will be taken back and what cannot be, and ask once where something is."""
        going = sum(one.can_be_deleted for one in taken)
        restored = sum(one.has_changes_to_restore and not one.can_be_deleted for one in taken)
        if self.yes or not (going or restored):
            return
        words = self.screen.messages
        headings = [words.phrase(f"undo.{key}") for key in ("client", "what")]
        table = self.screen.table(headings, [_shown(one, self.screen) for one in taken])
        self.screen.print(f"{heading}\n\n{table}")
        parts = [
            words.plural(f"undo.{key}", number) for key, number in (("delete", going), ("restore", restored)) if number
        ]
        self.screen.confirm(words.phrase("undo.ask", parts=" ".join(parts)), "--yes")


def _shown(one: UndoItem, screen: Console) -> tuple[str, str]:
    from clientimport.model.client import display_name

    words = screen.messages
    name = display_name(one.remote.fields) if one.remote is not None else one.client_id
    if one.remote is None:
        return name, words.phrase("undo.gone")
    if one.can_be_deleted:
        return name, words.phrase("undo.will_delete")
    parts = {"restore": one.updates, "remove_contact": one.contacts, "unshare": one.sharing}
    what = [words.phrase(f"undo.will_{part}") for part, there in parts.items() if there]
    return name, "; ".join([*what, *([words.findings[one.kept_reason].title] if one.kept_reason else [])])
