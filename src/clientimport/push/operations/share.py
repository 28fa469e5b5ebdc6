"""Sharing: the documents of a client go to the accountant's own channel, switched on once and remembered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clientimport.connectors.protocol import ClientSettings, Connector, DocumentSharing
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.operations.attempt import attempt
from clientimport.push.run_result import RowResult, RowState


@dataclass(frozen=True, slots=True)
class ShareDocuments:
    """Shares documents; the same twice changes nothing, so a lost answer is looked up and sent again."""

    connector: Connector
    ledger: AccountLedger

    async def change(
        self,
        row: int | None,
        client_id: str,
        wanted: DocumentSharing | None,
        former: DocumentSharing | None,
        reached: RowResult,
    ) -> RowResult:
        """Return what is reached once the documents are shared as `wanted`, or no longer. Raises what stops the run."""
        settings = ClientSettings(sharing=wanted, stop_sharing=wanted is None)
        reason = await attempt(
            self.ledger,
            lambda: self.ledger.begin_sharing(row, client_id, wanted, former),
            lambda: self.connector.change_settings(client_id, settings),
            lambda: self._stands(client_id, wanted),
        )
        if reason is not None:
            return replace(reached, state=RowState.FAILED, reason=reason)
        return replace(reached, state=RowState.UPDATED) if reached.state is RowState.UNCHANGED else reached

    async def _stands(self, client_id: str, wanted: DocumentSharing | None) -> bool:
        remote = await self.connector.client(client_id)
        return remote is not None and remote.sharing == wanted
