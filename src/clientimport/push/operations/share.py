"""Sharing: the documents of a client go to the accountant's own channel, switched on once and remembered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clientimport.connectors.protocol import Connector, SharesDocuments, require
from clientimport.model.remote import DocumentSharing
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.operations.attempt import OperationOutcome, attempt, done_if
from clientimport.push.run_result import RowResult, RowState


@dataclass(frozen=True, slots=True)
class ShareDocuments:
    """Shares documents; the same twice is harmless, so a lost answer is looked up and sent again."""

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
        attempted = await attempt(
            self.ledger,
            lambda: self.ledger.begin_sharing(row, client_id, wanted, former),
            lambda _operation: require(self.connector, SharesDocuments).share_documents(client_id, wanted),
            lambda _operation: self._check(client_id, wanted),
        )
        if attempted.rejection is not None:
            return replace(reached, state=RowState.FAILED, reason=attempted.rejection)
        return replace(reached, state=RowState.UPDATED) if reached.state is RowState.UNCHANGED else reached

    async def _check(self, client_id: str, wanted: DocumentSharing | None) -> OperationOutcome:
        remote = await self.connector.client(client_id)
        return done_if(remote is not None and remote.sharing == wanted)
