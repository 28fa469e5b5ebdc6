"""Adding contacts: the further contact persons of a client, each once, and seen to be there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from clientimport.connectors.protocol import (
    AnotherClient,
    AnswerLost,
    Connector,
    PlatformRejected,
    RemoteClient,
    has_contact,
)
from clientimport.errors import ClientImportError
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.operations.attempt import TRIES
from clientimport.push.run_result import RowResult, RowState

NOT_AS_SENT = "contact.not_as_sent"
"""Why a contact is uncertain though the platform said yes to it."""


@dataclass(frozen=True, slots=True)
class AddContacts:
    """Adds to a client what its creation had no place for, or what its file has since."""

    connector: Connector
    ledger: AccountLedger

    async def add(
        self, row: int, contacts: Iterable[Mapping[str, str]], reached: RowResult, before: RemoteClient | None = None
    ) -> RowResult:
        """Return what is reached once all contacts are there: the same, failed with the platform's reason, or in doubt.

        `reached` has the client's id, `before` is the client as it was seen.
        """
        outcome, sent = reached, list[tuple[Operation, Mapping[str, str]]]()
        for contact in contacts:
            outcome = await self._add(row, contact, outcome, sent)
        return await self._looked_at(outcome, sent, before) if sent else outcome

    async def _add(
        self, row: int, contact: Mapping[str, str], reached: RowResult, sent: list[tuple[Operation, Mapping[str, str]]]
    ) -> RowResult:
        client_id = reached.client_id or ""
        earlier = self.ledger.contacts(client_id, contact)
        last = earlier[-1] if earlier else None
        there: bool | None = False
        if last is not None and last.state is OperationState.ACKED:
            there = await self._still_there(client_id, contact)
        elif last is not None and last.is_unresolved:
            there = await self._settled(last, client_id, contact)
            if there is None:
                return _in_doubt(reached, last)
        return reached if there else await self._send(row, contact, reached, sent)

    async def _still_there(self, client_id: str, contact: Mapping[str, str]) -> bool:
        """Return whether a contact of ours is there now, or nobody can tell: the snapshot may be older than it."""
        remote, email = await self.connector.client(client_id), contact.get("contact_email", "")
        return remote is None or remote.contacts is None or not email or has_contact(remote, email)

    async def _settled(self, action: Operation, client_id: str, contact: Mapping[str, str]) -> bool | None:
        """Settle an attempt without answer by what the platform has, and return whether the contact is there.

        None when it cannot tell: it knows contacts by their e-mail address alone, and has said yes to one it has not.
        """
        email = contact.get("contact_email", "")
        if not email:
            self.ledger.record_outcome(action, OperationState.UNCERTAIN)
            return None
        remote = await self.connector.client(client_id)
        there = remote is not None and has_contact(remote, email)
        if not there and action.reason == NOT_AS_SENT:
            return None
        self.ledger.record_outcome(action, OperationState.ACKED if there else OperationState.ABSENT)
        return there

    async def _send(
        self, row: int, contact: Mapping[str, str], reached: RowResult, sent: list[tuple[Operation, Mapping[str, str]]]
    ) -> RowResult:
        client_id = reached.client_id or ""
        for _ in range(TRIES):
            action = await self.ledger.begin_contact(row, client_id, contact)
            try:
                await self.connector.add_contact(client_id, contact, action.key)
            except PlatformRejected as refusal:
                self.ledger.record_outcome(action, OperationState.REFUSED, reason=refusal.reason)
                return _failed(reached, refusal.reason)
            except AnotherClient:
                return self._doubted(action, reached)
            except AnswerLost as lost:
                last = lost
                there = await self._settled(action, client_id, contact)
                if there is not False:
                    return _added(reached) if there else _in_doubt(reached, action)
            except ClientImportError:
                self.ledger.record_outcome(action, OperationState.UNSENT)
                raise
            else:
                self.ledger.record_outcome(action, OperationState.ACKED)
                sent.append((action, contact))
                return _added(reached)
        raise last.to_unreachable()

    async def _looked_at(
        self, reached: RowResult, sent: list[tuple[Operation, Mapping[str, str]]], before: RemoteClient | None
    ) -> RowResult:
        """See that what was sent is there and nobody else is gone: a yes may have written over another contact."""
        remote = await self.connector.client(reached.client_id or "")
        if remote is None or remote.contacts is None:
            return reached
        absent = [action for action, contact in sent if not has_contact(remote, contact.get("contact_email", ""))]
        known = before.contacts or () if before is not None else ()
        if all(has_contact(remote, one.get("contact_email", "")) for one in known) and not absent:
            return reached
        return self._doubted(absent[0] if absent else sent[-1][0], reached)

    def _doubted(self, action: Operation, reached: RowResult) -> RowResult:
        self.ledger.record_outcome(action, OperationState.UNCERTAIN, reason=NOT_AS_SENT)
        return replace(_in_doubt(reached, action), reason=NOT_AS_SENT)


def _added(reached: RowResult) -> RowResult:
    """Return the outcome with a contact added: a client that was there has changed."""
    return replace(reached, state=RowState.UPDATED) if reached.state is RowState.UNCHANGED else reached


def _failed(reached: RowResult, reason: str) -> RowResult:
    """Return the outcome with a contact refused; a doubt about another contact weighs more."""
    if reached.state is RowState.UNCERTAIN:
        return reached
    return replace(reached, state=RowState.FAILED, reason=reason)


def _in_doubt(reached: RowResult, action: Operation) -> RowResult:
    return replace(reached, state=RowState.UNCERTAIN, reason=action.reason, operation=action.id)
