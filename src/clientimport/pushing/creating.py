"""Creating: one client is created once, whatever became of earlier attempts and whatever becomes of this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clientimport.client import Client
from clientimport.errors import ClientImportError, PlatformUnreachable
from clientimport.planning.recognition import someone_else
from clientimport.platforms.interface import Connector, Lost, PushOptions, Refused, RemoteClient
from clientimport.pushing.action import Action, ActionState
from clientimport.pushing.journal import Journal
from clientimport.pushing.look_up import look_up, look_up_twice
from clientimport.pushing.run import Outcome, State, remembered

TRIES = 3
"""Lost answers to one request, each looked up, before the platform counts as down."""

Created = tuple[Outcome, RemoteClient | None]
"""What became of a client, and the client as the platform had it: None for one that did not exist a moment ago."""


@dataclass(frozen=True, slots=True)
class Creating:
    """Creates clients that the snapshot did not have."""

    connector: Connector
    journal: Journal
    options: PushOptions
    retry_refused: bool = False
    """Send again what the platform said no to, though nothing of it has changed."""
    may_mail: Callable[[], bool] | None = None
    """Counts the mail, where creating a client sends it one, and says whether it may go out in this run."""

    async def create(self, client: Client) -> Created:
        """Return what became of the client, and how it was seen on the platform unless it was made just now.

        Raises what stops the whole run.
        """
        earlier = self.journal.creations(client.fields)
        known = await self._from_earlier(client, earlier[-1]) if earlier else None
        return known or await self._send(client)

    async def _from_earlier(self, client: Client, last: Action) -> Created | None:
        """Return what the last attempt came to, or None when the client has to be sent."""
        same = last.state is ActionState.REFUSED and self.journal.same(last, self.options.said_of(client))
        if same and not self.retry_refused:
            return await self._refused_before(client, last)
        if last.open:
            found = await look_up_twice(self.connector, client.fields, self.journal.clock)
            return self._found(last, found)
        if last.state is not ActionState.ACKED:
            return None
        if last.client_id is None:
            return await self._by_word(client, last)
        # The snapshot may be older than the creation; and what was deleted on the platform may come again.
        remote = await self.connector.client(last.client_id)
        if remote is None or someone_else(client.fields, remote.fields):
            return None
        return Outcome(State.UNCHANGED, last.client_id), remote

    async def _refused_before(self, client: Client, last: Action) -> Created:
        """Say no again for the platform, unless somebody has made the client there meanwhile."""
        found = await look_up(self.connector, client.fields)
        if len(found) == 1:
            return Outcome(State.UNCHANGED, found[0].client_id), found[0]
        return remembered(last, Outcome(State.REFUSED)), None

    async def _by_word(self, client: Client, last: Action) -> Created:
        """Return the client that a person said was created, with its id as soon as a look-up can tell which it is."""
        found = await look_up(self.connector, client.fields)
        if len(found) != 1:
            return Outcome(State.UNCHANGED), None
        self.journal.settle(last, ActionState.ACKED, found[0].client_id)
        return Outcome(State.UNCHANGED, found[0].client_id), found[0]

    def _found(self, action: Action, found: tuple[RemoteClient, ...]) -> Created | None:
        """Settle an attempt without answer by what the look-up found; None when it may be sent again."""
        if len(found) == 1:
            client_id = found[0].client_id
            self.journal.settle(action, ActionState.ACKED, client_id)
            return Outcome(State.CREATED, client_id, created=True), found[0]
        if found or action.state is ActionState.UNCERTAIN:
            self.journal.settle(action, ActionState.UNCERTAIN)
            return Outcome(State.UNCERTAIN, action=action.id), None
        self.journal.settle(action, ActionState.ABSENT)
        return None

    async def _send(self, client: Client) -> Created:
        if self.may_mail is not None and not self.may_mail():
            return Outcome(State.SKIPPED), None
        for _ in range(TRIES):
            action = await self.journal.intend_create(client.row, client.fields, self.options.said_of(client))
            try:
                client_id = await self.connector.create(client, self.options, action.key)
            except Refused as refusal:
                return await self._refused(client, action, refusal)
            except Lost as lost:
                found = await look_up_twice(self.connector, client.fields, self.journal.clock)
                known = self._found(action, found)
                if known is not None:
                    return known
                last = lost
            except ClientImportError:
                self.journal.settle(action, ActionState.UNSENT)
                raise
            else:
                self.journal.settle(action, ActionState.ACKED, client_id)
                return Outcome(State.CREATED, client_id, created=True), None
        raise PlatformUnreachable(last.code, host=last.host)

    async def _refused(self, client: Client, action: Action, refusal: Refused) -> Created:
        reason = refusal.reason
        self.journal.settle(action, ActionState.REFUSED, reason=reason)
        found = await look_up(self.connector, client.fields) if refusal.exists else ()
        if len(found) == 1:
            return Outcome(State.UNCHANGED, found[0].client_id), found[0]
        return Outcome(State.REFUSED, reason=reason), None
