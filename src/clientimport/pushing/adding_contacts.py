"""Adding contacts: the further contact persons of a client, each once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clientimport.client import Client
from clientimport.errors import ClientImportError, PlatformUnreachable
from clientimport.platforms.interface import Connector, Lost, Refused
from clientimport.pushing.action import Action, ActionState
from clientimport.pushing.journal import Journal
from clientimport.pushing.run import Outcome, State

TRIES = 3


@dataclass(frozen=True, slots=True)
class AddingContacts:
    """Adds to clients that we created what their creation had no place for."""

    connector: Connector
    journal: Journal

    async def add(self, client: Client, reached: Outcome) -> Outcome:
        """Return what is reached once all contacts are there: the same, failed with the platform's reason, or in doubt.

        `reached` has the client's id.
        """
        outcome = reached
        for contact in client.contacts:
            outcome = await self._add(client.row, contact, outcome)
        return outcome

    async def _add(self, row: int, contact: Mapping[str, str], reached: Outcome) -> Outcome:
        client_id = reached.client_id or ""
        earlier = self.journal.contacts(client_id, contact)
        last = earlier[-1] if earlier else None
        if last is not None and last.open:
            there = await self._settled(last, client_id, contact)
            if there is None:
                return _in_doubt(reached, last)
        else:
            there = last is not None and last.state is ActionState.ACKED
        return reached if there else await self._send(row, contact, reached)

    async def _settled(self, action: Action, client_id: str, contact: Mapping[str, str]) -> bool | None:
        """Settle an attempt without answer by what the platform has, and return whether the contact is there.

        None when it cannot tell: it knows contacts by their e-mail address alone.
        """
        email = contact.get("contact_email", "").casefold()
        if not email:
            self.journal.settle(action, ActionState.UNCERTAIN)
            return None
        remote = await self.connector.client(client_id)
        there = remote is not None and email in {one.casefold() for one in remote.contacts}
        self.journal.settle(action, ActionState.ACKED if there else ActionState.ABSENT)
        return there

    async def _send(self, row: int, contact: Mapping[str, str], reached: Outcome) -> Outcome:
        client_id = reached.client_id or ""
        for _ in range(TRIES):
            action = await self.journal.intend_contact(row, client_id, contact)
            try:
                await self.connector.add_contact(client_id, contact, action.key)
            except Refused as refusal:
                self.journal.settle(action, ActionState.REFUSED, reason=refusal.reason)
                return _failed(reached, refusal.reason)
            except Lost as lost:
                last = lost
                there = await self._settled(action, client_id, contact)
                if there is not False:
                    return reached if there else _in_doubt(reached, action)
            except ClientImportError:
                self.journal.settle(action, ActionState.UNSENT)
                raise
            else:
                self.journal.settle(action, ActionState.ACKED)
                return reached
        raise PlatformUnreachable(last.code, host=last.host)


def _failed(reached: Outcome, reason: str) -> Outcome:
    """Return the outcome with a contact refused; a doubt about another contact weighs more."""
    if reached.state is State.UNCERTAIN:
        return reached
    return replace(reached, state=State.FAILED, reason=reason)


def _in_doubt(reached: Outcome, action: Action) -> Outcome:
    return replace(reached, state=State.UNCERTAIN, reason=None, action=action.id)
