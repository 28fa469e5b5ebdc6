"""Sharing: the documents of a client go to the accountant's own channel, switched on once and remembered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clientimport.errors import ClientImportError
from clientimport.platforms.interface import ClientSettings, Connector, Lost, Refused, Sharing
from clientimport.pushing.action import ActionState
from clientimport.pushing.journal import Journal
from clientimport.pushing.run import Outcome, State

TRIES = 3


@dataclass(frozen=True, slots=True)
class SharingDocuments:
    """Shares documents; the same twice changes nothing, so a lost answer is looked up and sent again."""

    connector: Connector
    journal: Journal

    async def change(
        self, row: int | None, client_id: str, wanted: Sharing | None, former: Sharing | None, reached: Outcome
    ) -> Outcome:
        """Return what is reached once the documents are shared as `wanted`, or no longer. Raises what stops the run."""
        settings = ClientSettings(sharing=wanted, unshared=wanted is None)
        for _ in range(TRIES):
            action = await self.journal.intend_sharing(row, client_id, wanted, former)
            try:
                await self.connector.change_settings(client_id, settings)
            except Refused as refusal:
                self.journal.settle(action, ActionState.REFUSED, reason=refusal.reason)
                return replace(reached, state=State.FAILED, reason=refusal.reason)
            except Lost as lost:
                last = lost
                now = await self.connector.client(client_id)
                if now is not None and now.sharing == wanted:
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
        return replace(reached, state=State.UPDATED) if reached.state is State.UNCHANGED else reached
