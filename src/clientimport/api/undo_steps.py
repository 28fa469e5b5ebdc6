"""An undo under way on an open account: what it will take back, and doing it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from clientimport.api.open_ledger import locked_account_ledger
from clientimport.api.platform_account import PlatformAccount
from clientimport.connectors.protocol import Connector
from clientimport.push.ledger.records import RunRecord
from clientimport.push.plan.snapshot import RemoteSnapshot
from clientimport.push.run_result import RunResult
from clientimport.push.runner import Progress
from clientimport.push.undo import UndoItem, undo, undo_items

StartUndo = Callable[[Progress, asyncio.Event], Awaitable[RunResult]]
"""Begins to take back; told of progress, and stopped by the event."""
SuperviseUndo = Callable[[tuple[UndoItem, ...], StartUndo], Awaitable[RunResult]]
"""Agrees to what will be taken back, by beginning it, or raises."""


async def carry_out_undo(
    record: RunRecord, account: PlatformAccount, remote: RemoteSnapshot, connector: Connector, supervise: SuperviseUndo
) -> RunResult:
    """Return what became of every client of a run that is taken back; `remote` is what the platform has now.

    No other process sends to the account meanwhile.
    """
    with locked_account_ledger(account, remote.account) as ledger:
        home = ledger.home_ledger
        known = replace(record, account=ledger.account)  # a run of an older version has it by now
        items = undo_items(home.operations_of_run(record.id), home.rows(record.id), remote.clients)
        return await supervise(
            items, lambda progress, stop: undo(items, known, connector, ledger, progress=progress, stop=stop)
        )
