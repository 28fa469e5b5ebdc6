"""Adding contacts: the further contact persons of a client, each once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clientimport.client import Client
from clientimport.errors import ClientImportError, PlatformUnreachable
from clientimport.platforms.interface import Connector, Lost, Refused
from clientimport.pushing.journal import Journal, without_national_numbers
from clientimport.pushing.ledger import Action, ActionState

TRIES = 3


@dataclass(frozen=True, slots=True)
class AddingContacts:
    """Adds to clients that we created what their creation had no place for."""

    connector: Connector
    journal: Journal

    async def add(self, client: Client, client_id: str) -> str | None:
        """Return the platform's reason for the last contact it refused, None when all are there."""
        reason = None
        for contact in client.contacts:
            reason = await self._add(client.row, client_id, contact) or reason
        return reason

    async def _add(self, row: int, client_id: str, contact: Mapping[str, str]) -> str | None:
        earlier = self.journal.contacts(client_id, contact)
        last = earlier[-1] if earlier else None
        if last is not None and last.open:
            there = await self._settled(last, client_id, contact)
        else:
            there = last is not None and last.state is ActionState.ACKED
        return None if there else await self._send(row, client_id, contact)

    async def _settled(self, action: Action, client_id: str, contact: Mapping[str, str]) -> bool:
        """Settle an attempt without answer by what the platform has, and return whether the contact is there."""
        remote = await self.connector.client(client_id)
        email = contact.get("contact_email", "").casefold()
        there = remote is not None and email in {one.casefold() for one in remote.contacts}
        self.journal.settle(action, ActionState.ACKED if there else ActionState.ABSENT)
        return there

    async def _send(self, row: int, client_id: str, contact: Mapping[str, str]) -> str | None:
        for _ in range(TRIES):
            action = self.journal.intend_contact(row, client_id, contact)
            try:
                await self.connector.add_contact(client_id, contact, action.key)
            except Refused as refusal:
                self.journal.settle(action, ActionState.REFUSED, reason=refusal.reason)
                return without_national_numbers(refusal.reason)
            except Lost as lost:
                last = lost
                if await self._settled(action, client_id, contact):
                    return None
            except ClientImportError:
                self.journal.settle(action, ActionState.UNSENT)
                raise
            else:
                self.journal.settle(action, ActionState.ACKED)
                return None
        raise PlatformUnreachable(last.code, host=last.host)
