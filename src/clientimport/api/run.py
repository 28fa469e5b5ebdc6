"""A run: one push as the ledger remembers it, with what became of every row."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from clientimport.api.connections import account_of_run
from clientimport.api.display import Display
from clientimport.api.english_errors import english_errors, error_sentence
from clientimport.api.frames import record_frame
from clientimport.api.html import paragraph, result_html, table_html
from clientimport.api.open_ledger import open_ledger
from clientimport.api.platform_account import LedgerAccount, PlatformAccount
from clientimport.api.run_async import run_sync, until_cancelled
from clientimport.api.run_reasons import row_notes
from clientimport.api.undo_steps import StartUndo, carry_out_undo
from clientimport.connectors.protocol import Connector
from clientimport.errors import ClientImportError, UsageError
from clientimport.push.ledger.records import RunRecord
from clientimport.push.plan.snapshot import take_snapshot
from clientimport.push.row_accounting import RowAccount, account_for_rows
from clientimport.push.run_history import load_run_record
from clientimport.push.run_result import RunResult, RunRow
from clientimport.push.undo import UndoItem

if TYPE_CHECKING:
    import pandas as pd

ROWS = ("row", "state", "client_id", "reason", "name", "at", "email")


class RunFailed(ClientImportError):
    """A run in which not every row was accepted, or that did not get to its end; `run` is the run."""

    exit_code = 1
    run: Run


@dataclass(frozen=True)
class Run:
    """What became of a push."""

    result: RunResult
    display: Display
    account: PlatformAccount | None = field(default=None, repr=False)
    """The account while it is open; else its connection is opened again."""

    @property
    def id(self) -> str:
        """What the run is called in the ledger."""
        return self.result.id

    @property
    def counts(self) -> dict[str, int]:
        """How many clients were created and mails sent, and the other rows by state, as in the JSON."""
        return self.result.counts

    @property
    def exit_code(self) -> int:
        """0 done, 1 some rows were not accepted, 3 or 4 stopped by the platform, 5 a person decides, 130."""
        return self.result.exit_code

    @property
    def error(self) -> str | None:
        """Why it did not get to its end."""
        reason = self.result.stop_reason
        return None if reason is None else error_sentence(reason.code, {"command": "plan.push()", **reason.facts})

    @cached_property
    def rows(self) -> pd.DataFrame:
        """One line for each row: row, state, client_id, reason, name, at, email."""
        return record_frame(map(self._record, self.result.rows), ROWS, whole=("row",))

    def raise_for_errors(self) -> None:
        """Raise RunFailed unless every row was accepted."""
        if self.exit_code:
            failure = RunFailed("run.failed", run=self.id)
            failure.sentence = " ".join(filter(None, (f"Run {self.id}: {self._counts()}.", self.error)))
            failure.run = self
            raise failure

    def undo(self, *, confirm: bool, adopt_ledger: bool | None = None) -> Run:
        """Take back what the run created and overwrote, as far as the platform allows. `confirm` has to be True."""
        with english_errors(), self._opened(confirm=confirm, adopt_ledger=adopt_ledger) as (record, account):
            result = run_sync(lambda: account.use(lambda connector: _undo(record, account, connector)))
        return Run(result, self.display, self.account)

    async def aundo(self, *, confirm: bool, adopt_ledger: bool | None = None) -> Run:
        """Do what `undo` does, in an event loop."""
        with english_errors(), self._opened(confirm=confirm, adopt_ledger=adopt_ledger) as (record, account):
            result = await account.use(lambda connector: _undo(record, account, connector))
        return Run(result, self.display, self.account)

    def _opened(
        self, *, confirm: bool, adopt_ledger: bool | None
    ) -> AbstractContextManager[tuple[RunRecord, PlatformAccount]]:
        if confirm is not True:
            raise UsageError("undo.not_confirmed")
        with open_ledger() as ledger:
            record = load_run_record(ledger, self.id)
        known = LedgerAccount((record.id,), adopt_ledger)
        return account_of_run(record, known, self.account)

    @cached_property
    def _row_account(self) -> RowAccount:
        return account_for_rows(self.result.rows)

    def _notes(self, row: RunRow) -> tuple[str, ...]:
        messages, masks = self.display.messages, self.display.masks
        return row_notes(row, self._row_account, self.result.platform, messages, masks=masks)

    def _record(self, row: RunRow) -> dict[str, object]:
        return {
            "row": row.row,
            "state": row.result.state.value,
            "client_id": row.result.client_id,
            "reason": "\n".join(self._notes(row)) or None,
            "name": self.display.text(row.name),
            "at": row.reached_at,
            "email": self.display.text(row.email),
        }

    def _counts(self) -> str:
        return ", ".join(f"{number} {state}" for state, number in self.counts.items() if number) or "nothing to do"

    def _summary(self) -> str:
        sandbox = "SANDBOX " if self.result.sandbox else ""
        return " ".join(filter(None, (f"{sandbox}{self.id}: {self._counts()}.", self.error)))

    def __repr__(self) -> str:
        """Return the counts, and why it did not get to its end."""
        return f"<Run {self._summary()}>"

    def _repr_html_(self) -> str:
        """Return the counts and the rows, as a notebook shows them."""
        rows = [[self._record(row)[name] for name in ROWS[:5]] for row in self.result.rows]
        return result_html("Run", paragraph(self._summary()), table_html("Rows", ROWS[:5], rows))


async def _undo(record: RunRecord, account: PlatformAccount, connector: Connector) -> RunResult:
    async def supervise(_items: tuple[UndoItem, ...], start: StartUndo) -> RunResult:
        return await until_cancelled(lambda stop: start(lambda *_: None, stop))

    return await carry_out_undo(record, account, await take_snapshot(connector), connector, supervise)
