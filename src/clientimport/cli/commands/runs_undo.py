"""`runs undo`: take back what a run created and overwrote, after showing it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clientimport.cli.command import command
from clientimport.cli.commands.runs import RunId, app
from clientimport.cli.console import QuestionDeclined, Screen
from clientimport.cli.options import AccountOptions, AdoptLedger, Yes
from clientimport.cli.result import CommandFailure, CommandResult

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession, LedgerAccount
    from clientimport.connectors.protocol import Connector
    from clientimport.push.ledger.ledger import RunRecord
    from clientimport.push.undo import UndoItem


@command(
    app,
    "runs undo",
    "clientimport runs undo 20261122-101500-1f3a",
    "clientimport runs undo 20261122-101500-1f3a --yes",
)
def undo(
    *, run: RunId, screen: Screen, adopt_ledger: AdoptLedger = None, yes: Yes = False
) -> CommandResult | CommandFailure:
    """Take back what a run did: drafts it created are deleted, fields it overwrote get their former values.

    Mails cannot be taken back; who got one is listed.
    """
    from clientimport.cli.open_account import LedgerAccount

    return undone(run, screen, LedgerAccount((run,), adopt_ledger), yes=yes)


def undone(run: str, screen: Screen, known: LedgerAccount, *, yes: bool) -> CommandResult | CommandFailure:
    """Return what became of every client of a run that is taken back, after a person's or an option's yes."""
    from clientimport.cli.open_account import access
    from clientimport.cli.push_common import ledger, never_begun, require_person_or_yes
    from clientimport.push.run_history import head

    require_person_or_yes(screen, yes=yes)
    with ledger() as book:
        found = head(book, run)
    with access(AccountOptions(found.connection, found.platform), screen, known) as opened:
        try:
            return opened.use(UndoSession(opened, found, screen, yes).done)
        except QuestionDeclined:
            return never_begun(opened, screen)


@dataclass(frozen=True, slots=True)
class UndoSession:
    """One run on its way back: look, ask, do."""

    opened: AccountSession
    head: RunRecord
    screen: Screen
    yes: bool

    async def done(self, connector: Connector) -> CommandResult | CommandFailure:
        """Return what became of every client of the run."""
        from clientimport.cli.push_common import carried_out, recorded, told
        from clientimport.push.plan.snapshot import snapshot
        from clientimport.push.undo import takings, undo

        there = await snapshot(connector)
        heading = self.opened.heading(self.screen, there.account)
        with recorded(self.opened, there.account) as journal:
            ledger, of = journal.ledger, replace(self.head, account=journal.account)  # an older run has it by now
            taken = takings(ledger.of_run(self.head.id), ledger.rows(self.head.id), there.clients)
            self._agree(taken, heading)
            run = await carried_out(
                len(taken),
                self.screen,
                lambda show, stop: undo(taken, of, connector, journal, progress=show, stop=stop),
            )
        return told(run, heading, shlex.join(["clientimport", "runs", "undo", self.head.id]), self.screen)

    def _agree(self, taken: tuple[UndoItem, ...], heading: str) -> None:
        """Show what will be taken back and what cannot be, and ask once where something is."""
        going = sum(one.deletes for one in taken)
        restored = sum(one.restores and not one.deletes for one in taken)
        if self.yes or not (going or restored):
            return
        words = self.screen.words
        headings = [words.say(f"undo.{key}") for key in ("client", "what")]
        table = self.screen.table(headings, [_shown(one, self.screen) for one in taken])
        self.screen.remark(f"{heading}\n\n{table}")
        parts = [
            words.count(f"undo.{key}", number) for key, number in (("delete", going), ("restore", restored)) if number
        ]
        self.screen.confirm(words.say("undo.ask", parts=" ".join(parts)), "--yes")


def _shown(one: UndoItem, screen: Screen) -> tuple[str, str]:
    from clientimport.model.client import display_name

    words = screen.words
    name = display_name(one.remote.fields) if one.remote is not None else one.client_id
    if one.remote is None:
        return name, words.say("undo.gone")
    if one.deletes:
        return name, words.say("undo.will_delete")
    parts = {"restore": one.updates, "remove_contact": one.contacts, "unshare": one.sharing}
    what = [words.say(f"undo.will_{part}") for part, there in parts.items() if there]
    return name, "; ".join([*what, *([words.findings[one.kept].title] if one.kept else [])])
