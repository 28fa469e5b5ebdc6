"""The undo of one run: what it would take back, a yes to that, and what became of every client."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from clientimport.api.open_ledger import open_ledger
from clientimport.api.platform_account import LedgerAccount
from clientimport.api.undo_steps import StartUndo, carry_out_undo
from clientimport.cli.console import Console, QuestionDeclined
from clientimport.cli.next_command import next_command
from clientimport.cli.open_account import AccountSession, open_account
from clientimport.cli.options import AccountOptions
from clientimport.cli.push_common import declined_result, run_to_result, run_with_progress
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.connectors.protocol import Connector
from clientimport.model.client import display_name
from clientimport.model.row_ranges import row_ranges
from clientimport.push.ledger.records import RowRecord, RunRecord
from clientimport.push.plan.snapshot import take_snapshot
from clientimport.push.run_history import load_run_record
from clientimport.push.run_result import RunResult
from clientimport.push.undo import UndoItem


def run_undo(run: str, console: Console, ledger_account: LedgerAccount, *, yes: bool) -> CommandResult | CommandFailure:
    """Return what became of every client of a run that is taken back, after a person's or an option's yes."""
    console.require_person_or_yes(yes=yes)
    with open_ledger() as ledger:
        record = load_run_record(ledger, run)
    with open_account(AccountOptions(record.connection, record.platform), console, ledger_account) as session:
        try:
            return session.run(UndoSession(session, record, yes).run)
        except QuestionDeclined:
            return declined_result(session)


@dataclass(frozen=True, slots=True)
class UndoSession:
    """One undo under way: look, ask, do."""

    session: AccountSession
    record: RunRecord
    yes: bool

    async def run(self, connector: Connector) -> CommandResult | CommandFailure:
        """Return what became of every client of the run."""
        console, record = self.session.console, self.record
        remote = await take_snapshot(connector)
        heading = self.session.heading(remote.account)

        async def supervise(items: tuple[UndoItem, ...], start: StartUndo) -> RunResult:
            self._confirm(items, heading)
            undone.extend(items)
            return await run_with_progress(len(items), console, start)

        undone: list[UndoItem] = []
        run = await carry_out_undo(record, self.session.account, remote, connector, supervise)
        with open_ledger() as ledger:
            untouched = _untouched_rows(ledger.rows(record.id), undone)
        result = run_to_result(run, heading, next_command(console, "runs undo", [record.id]), console)
        return _with_untouched_rows(result, untouched, console)

    def _confirm(self, items: tuple[UndoItem, ...], heading: str) -> None:
        """Show what will be taken back and what cannot be, and ask once where something is."""
        deleted = sum(item.can_be_deleted for item in items)
        restored = sum(item.has_changes_to_restore and not item.can_be_deleted for item in items)
        if self.yes or not (deleted or restored):
            return
        console, messages = self.session.console, self.session.console.messages
        headings = [messages.phrase(f"undo.{key}") for key in ("client", "what")]
        table = console.table(headings, [_item_row(item, console) for item in items])
        console.print(f"{heading}\n\n{table}")
        counts = {"delete": deleted, "restore": restored}
        parts = [messages.plural(f"undo.{key}", number) for key, number in counts.items() if number]
        console.confirm(messages.phrase("undo.ask", parts=" ".join(parts)), "--yes")


def _untouched_rows(rows: Iterable[RowRecord], items: Iterable[UndoItem]) -> tuple[int, ...]:
    """Return the rows of a run for which there was nothing to undo."""
    touched = {row for item in items for row in item.rows}
    return tuple(record.row for record in rows if record.row is not None and record.row not in touched)


def _with_untouched_rows(
    result: CommandResult | CommandFailure, rows: tuple[int, ...], console: Console
) -> CommandResult | CommandFailure:
    """Return the result of an undo in which every row of the run is accounted for."""
    line = console.messages.plural("undo.untouched", len(rows), rows=row_ranges(rows)) if rows else ""
    text = "\n".join(filter(None, (result.text, line)))
    return replace(result, data={**result.data, "untouched_rows": list(rows)}, text=text)


def _item_row(item: UndoItem, console: Console) -> tuple[str, str]:
    messages = console.messages
    name = display_name(item.remote.fields) if item.remote is not None else item.client_id
    if item.remote is None:
        return name, messages.phrase("undo.gone")
    if item.can_be_deleted:
        return name, messages.phrase("undo.will_delete")
    parts = {"restore": item.updates, "remove_contact": item.contacts, "unshare": item.sharing}
    sentences = [messages.phrase(f"undo.will_{part}") for part, changes in parts.items() if changes]
    kept = messages.findings[item.kept_reason].title if item.kept_reason else ""
    return name, messages.series([*sentences, kept])
