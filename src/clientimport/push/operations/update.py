"""Updating: chosen fields of a client that the platform has are overwritten, and what stood there is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clientimport.connectors.protocol import Connector
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.operations.attempt import attempt
from clientimport.push.run_result import RowResult, RowState


@dataclass(frozen=True, slots=True)
class UpdateClient:
    """Overwrites fields; the same twice changes nothing, so a lost answer is looked up and sent again."""

    connector: Connector
    ledger: AccountLedger
    kind: str = "update"
    """What the ledger calls it: update, or restore."""

    async def update(
        self, row: int | None, fields: Mapping[str, str], former: Mapping[str, str], reached: RowResult
    ) -> RowResult:
        """Return what is reached once `fields` stand there. Raises what stops the whole run."""
        client_id = reached.client_id or ""
        reason = await attempt(
            self.ledger,
            lambda: self.ledger.begin_update(row, client_id, fields, former, self.kind),
            lambda: self.connector.update(client_id, fields),
            lambda: has_values(self.connector, client_id, fields),
        )
        if reason is not None:
            return replace(reached, state=RowState.FAILED, reason=reason)
        return replace(reached, state=RowState.UPDATED)


async def has_values(connector: Connector, client_id: str, fields: Mapping[str, str]) -> bool:
    """Return whether the platform has these values now."""
    remote = await connector.client(client_id)
    return remote is not None and all(remote.fields.get(field, "") == value for field, value in fields.items())
