"""Adding contacts: the further contact persons of a client, each once, and seen to be there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from clientimport.connectors.protocol import AnotherClient, Connector, TakesContacts, require
from clientimport.model.remote import RemoteClient, has_contact
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.operations.attempt import DONE, UNKNOWN, Attempted, OperationOutcome, attempt, done_if
from clientimport.push.run_result import RowResult, RowState

NOT_AS_SENT = "contact.not_as_sent"
"""Why a contact is uncertain though the platform said yes to it."""

NAMED_ANOTHER = OperationOutcome(OperationState.UNCERTAIN, reason=NOT_AS_SENT)
"""What is recorded of such a contact."""

SentContacts = list[tuple[Operation, Mapping[str, str]]]
"""The contacts that the platform said yes to."""


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
        outcome, sent = reached, SentContacts()
        for contact in contacts:
            outcome = await self._add(row, contact, outcome, sent)
        return await self._verify(outcome, sent, before) if sent else outcome

    async def _add(self, row: int, contact: Mapping[str, str], reached: RowResult, sent: SentContacts) -> RowResult:
        client_id = reached.client_id or ""
        earlier = self.ledger.contacts(client_id, contact)
        last = earlier[-1] if earlier else None
        present = False
        if last is not None and last.state is OperationState.ACKED:
            present = await self._is_still_there(client_id, contact)
        elif last is not None and last.is_unresolved:
            outcome = await self._check(contact, client_id, last)
            if outcome is not NAMED_ANOTHER:  # which is recorded already
                outcome.record(last, self.ledger)
            if outcome.state is OperationState.UNCERTAIN:
                return _in_doubt(reached, last, last.reason)
            present = outcome is DONE
        return reached if present else await self._send(row, contact, reached, sent)

    async def _is_still_there(self, client_id: str, contact: Mapping[str, str]) -> bool:
        """Return whether a contact of ours is there now, or the platform does not show it: the plan may be older."""
        remote, email = await self.connector.client(client_id), contact.get("contact_email", "")
        return remote is None or remote.contacts is None or not email or has_contact(remote, email)

    async def _check(self, contact: Mapping[str, str], client_id: str, operation: Operation) -> OperationOutcome:
        """Return whether a contact was added whose answer was lost.

        The platform knows contacts by their e-mail address alone, and it has said yes to one that it does not show.
        """
        email = contact.get("contact_email", "")
        if not email:
            return UNKNOWN
        remote = await self.connector.client(client_id)
        present = remote is not None and has_contact(remote, email)
        return NAMED_ANOTHER if not present and operation.reason == NOT_AS_SENT else done_if(present)

    async def _send(self, row: int, contact: Mapping[str, str], reached: RowResult, sent: SentContacts) -> RowResult:
        client_id = reached.client_id or ""

        async def send(operation: Operation) -> bool:
            """Return whether the platform names the contact that was sent."""
            try:
                await require(self.connector, TakesContacts).add_contact(client_id, contact, operation.key)
            except AnotherClient:
                return False
            return True

        async def accept(operation: Operation, as_sent: bool) -> OperationOutcome:
            if as_sent:
                sent.append((operation, contact))
            return DONE if as_sent else NAMED_ANOTHER

        attempted = await attempt(
            self.ledger,
            lambda: self.ledger.begin_contact(row, client_id, contact),
            send,
            lambda operation: self._check(contact, client_id, operation),
            accept,
        )
        return _result(reached, attempted)

    async def _verify(self, reached: RowResult, sent: SentContacts, before: RemoteClient | None) -> RowResult:
        """Check that the sent contacts are there and no other is gone: a yes may have written over another contact."""
        remote = await self.connector.client(reached.client_id or "")
        if remote is None or remote.contacts is None:
            return reached
        absent = [operation for operation, contact in sent if not has_contact(remote, contact.get("contact_email", ""))]
        contacts_before = before.contacts or () if before is not None else ()
        if all(has_contact(remote, contact.get("contact_email", "")) for contact in contacts_before) and not absent:
            return reached
        return self._record_doubt(absent[0] if absent else sent[-1][0], reached)

    def _record_doubt(self, operation: Operation, reached: RowResult) -> RowResult:
        NAMED_ANOTHER.record(operation, self.ledger)
        return _in_doubt(reached, operation, NOT_AS_SENT)


def _result(reached: RowResult, attempted: Attempted) -> RowResult:
    """Return what a client came to with one contact: a client that was there has changed."""
    if attempted.rejection is not None:
        return _rejected_result(reached, attempted.rejection)
    if attempted.outcome.state is OperationState.UNCERTAIN:
        return _in_doubt(reached, attempted.operation, attempted.outcome.reason)
    return replace(reached, state=RowState.UPDATED) if reached.state is RowState.UNCHANGED else reached


def _rejected_result(reached: RowResult, reason: str) -> RowResult:
    """Return the result with a contact rejected; a doubt about another contact weighs more."""
    if reached.state is RowState.UNCERTAIN:
        return reached
    return replace(reached, state=RowState.FAILED, reason=reason)


def _in_doubt(reached: RowResult, operation: Operation, reason: str | None) -> RowResult:
    return replace(reached, state=RowState.UNCERTAIN, reason=reason, operation=operation.id)
