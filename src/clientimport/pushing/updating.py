"""Updating: chosen fields of a client that the platform has are overwritten, and what stood there is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clientimport.errors import ClientImportError
from clientimport.platforms.interface import Connector, Lost, Refused
from clientimport.pushing.action import ActionState
from clientimport.pushing.journal import Journal
from clientimport.pushing.run import Outcome, State

TRIES = 3


@dataclass(frozen=True, slots=True)
class Updating:
    """Overwrites fields; the same twice changes nothing, so a lost answer is looked up and sent again."""

    connector: Connector
    journal: Journal
    kind: str = "update"
    """What the ledger calls it: update, or restore."""

    async def update(
        self, row: int | None, fields: Mapping[str, str], former: Mapping[str, str], reached: Outcome
    ) -> Outcome:
        """Return what is reached once `fields` stand there. Raises what stops the whole run."""
        client_id = reached.client_id or ""
        for _ in range(TRIES):
            action = await self.journal.intend_update(row, client_id, fields, former, self.kind)
            try:
                await self.connector.update(client_id, fields)
            except Refused as refusal:
                self.journal.settle(action, ActionState.REFUSED, reason=refusal.reason)
                return replace(reached, state=State.FAILED, reason=refusal.reason)
            except Lost as lost:
                last = lost
                if await stands(self.connector, client_id, fields):
                    break
                self.journal.settle(action, ActionState.ABSENT)
            except ClientImportError:
                self.journal.settle(action, ActionState.UNSENT)
                raise
            else:
                break
        else:
            raise last.unreachable()
        self.journal.settle(action, ActionState.ACKED)
        return replace(reached, state=State.UPDATED)


async def stands(connector: Connector, client_id: str, fields: Mapping[str, str]) -> bool:
    """Return whether the platform has these values now."""
    remote = await connector.client(client_id)
    return remote is not None and all(remote.fields.get(field, "") == value for field, value in fields.items())
