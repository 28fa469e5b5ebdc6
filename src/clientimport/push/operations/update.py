"""Updating: chosen fields of a client that the platform has are overwritten, and what stood there is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clientimport.connectors.protocol import Connector, Updates, require
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.operations.attempt import OperationOutcome, attempt, done_if
from clientimport.push.run_result import RowResult, RowState


@dataclass(frozen=True, slots=True)
class UpdateClient:
    """Overwrites fields; the same twice is harmless, so a lost answer is looked up and sent again."""

    connector: Connector
    ledger: AccountLedger
    kind: str = "update"
    """What the ledger calls it: update, or restore."""

    async def update(
        self, row: int | None, fields: Mapping[str, str], former: Mapping[str, str], reached: RowResult
    ) -> RowResult:
        """Return what is reached once `fields` stand there. Raises what stops the whole run."""
        client_id = reached.client_id or ""
        attempted = await attempt(
            self.ledger,
            lambda: self.ledger.begin_update(row, client_id, fields, former, self.kind),
            lambda _operation: require(self.connector, Updates).update(client_id, fields),
            lambda _operation: self._check(client_id, fields),
        )
        if attempted.rejection is not None:
            return replace(reached, state=RowState.FAILED, reason=attempted.rejection)
        return replace(reached, state=RowState.UPDATED)

    async def _check(self, client_id: str, fields: Mapping[str, str]) -> OperationOutcome:
        remote = await self.connector.client(client_id)
        values = {} if remote is None else remote.fields
        return done_if(remote is not None and all(values.get(name, "") == value for name, value in fields.items()))
