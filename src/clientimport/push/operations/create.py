"""Creating: one client is created once, whatever became of earlier attempts and whatever becomes of this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from clientimport.connectors.client_identity import agrees, fresh
from clientimport.connectors.protocol import (
    AnotherClient,
    AnswerLost,
    Connector,
    PlatformRejected,
    PushOptions,
    RemoteClient,
)
from clientimport.errors import ClientImportError, PlatformUnreachable
from clientimport.model.client import Client
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.operation import Operation, OperationState, doubt
from clientimport.push.operations.attempt import TRIES
from clientimport.push.operations.find_client import look_up, look_up_twice
from clientimport.push.operations.known_ids import KnownIds
from clientimport.push.plan.client_matching import someone_else
from clientimport.push.run_result import RowResult, RowState, remembered

WAS_THERE = "client.was_there"
"""Why a creation counts as refused: the platform had the client."""

Created = tuple[RowResult, RemoteClient | None]
"""What became of a client, and the client as the platform had it: None for one that did not exist a moment ago."""


@dataclass(frozen=True, slots=True)
class CreateClient:
    """Creates clients that the snapshot did not have."""

    connector: Connector
    journal: AccountLedger
    options: PushOptions
    retry_refused: bool = False
    """Send again what the platform said no to, though nothing of it has changed."""
    taken: KnownIds = field(default_factory=lambda: KnownIds(()))
    """What the platform calls other clients: an answer that names one of them is no creation."""
    may_mail: Callable[[], bool] | None = None
    """Counts the mail, where creating a client sends it one, and says whether it may go out in this run."""

    async def create(self, client: Client) -> Created:
        """Return what became of the client, and how it was seen on the platform unless it was made just now.

        Raises what stops the whole run.
        """
        earlier = self.journal.creations(client.fields)
        if earlier and earlier[-1].doubted:
            return still_doubted(earlier[-1]), None
        known = await self._from_earlier(client, earlier[-1]) if earlier else None
        return known or await self._send(client)

    async def _from_earlier(self, client: Client, last: Operation) -> Created | None:
        """Return what the last attempt came to, or None when the client has to be sent."""
        same = last.state is OperationState.REFUSED and self.journal.same(last, self.options.said_of(client))
        if same and not self.retry_refused:
            return await self._refused_before(client, last)
        if last.open:
            found = await look_up_twice(self.connector, client.fields, self.journal.clock)
            return self._found(client, last, found)
        if last.state is not OperationState.ACKED:
            return None
        if last.client_id is None:
            return await self._by_word(client, last)
        # The snapshot may be older than the creation; and what was deleted on the platform may come again.
        remote = await self.connector.client(last.client_id)
        if remote is None or someone_else(client.fields, remote.fields):
            return None
        return RowResult(RowState.UNCHANGED, last.client_id), remote

    async def _refused_before(self, client: Client, last: Operation) -> Created:
        """Say no again for the platform, unless somebody has made the client there meanwhile."""
        found = await look_up(self.connector, client.fields)
        if len(found) == 1:
            return RowResult(RowState.UNCHANGED, found[0].client_id), found[0]
        return remembered(last, RowResult(RowState.REFUSED)), None

    async def _by_word(self, client: Client, last: Operation) -> Created:
        """Return the client that a person said was created, with its id as soon as a look-up can tell which it is."""
        found = await look_up(self.connector, client.fields)
        if len(found) != 1:
            return RowResult(RowState.UNCHANGED), None
        self.journal.settle(last, OperationState.ACKED, found[0].client_id)
        return RowResult(RowState.UNCHANGED, found[0].client_id), found[0]

    def _found(self, client: Client, action: Operation, found: tuple[RemoteClient, ...]) -> Created | None:
        """Settle an attempt without answer by what the look-up found; None when it may be sent again."""
        if len(found) == 1:
            client_id = found[0].client_id
            if self.taken.was_there(client_id) or not self.taken.give(client_id, client.row):
                return self._in_doubt(action, client_id)
            self.journal.settle(action, OperationState.ACKED, client_id)
            return RowResult(RowState.CREATED, client_id, created=True), found[0]
        if found or action.state is OperationState.UNCERTAIN:
            self.journal.settle(action, OperationState.UNCERTAIN)
            return RowResult(RowState.UNCERTAIN, action=action.id), None
        self.journal.settle(action, OperationState.ABSENT)
        return None

    async def _send(self, client: Client) -> Created:
        if self.may_mail is not None and not self.may_mail():
            return RowResult(RowState.SKIPPED), None
        for _ in range(TRIES):
            action = await self.journal.intend_create(client.row, client.fields, self.options.said_of(client))
            try:
                client_id = await self.connector.create(client, self.options, action.key)
            except PlatformRejected as refusal:
                return await self._refused(client, action, refusal)
            except AnswerLost as lost:
                found = await look_up_twice(self.connector, client.fields, self.journal.clock)
                known = self._found(client, action, found)
                if known is not None:
                    return known
                last = lost
            except AnotherClient as told:
                return await self._looked_at(client, action, told.client_id)
            except ClientImportError:
                self.journal.settle(action, OperationState.UNSENT)
                raise
            else:
                return await self._answered(client, action, client_id)
        raise last.unreachable()

    async def _answered(self, client: Client, action: Operation, client_id: str) -> Created:
        """Believe an answer that names nobody else; otherwise look at whom it names."""
        mine = not self.taken.was_there(client_id) and self.taken.give(client_id, client.row)
        if not mine or self.journal.created_another(client_id, client.fields):
            return await self._looked_at(client, action, client_id)
        self.journal.settle(action, OperationState.ACKED, client_id)
        return RowResult(RowState.CREATED, client_id, created=True), None

    async def _looked_at(self, client: Client, action: Operation, client_id: str) -> Created:
        """Look at the client that an answer names and that may be another one; in doubt a person decides.

        An id whose client was deleted may be given again, so one that was never seen here can still be new.
        """
        remote = await self._seen(client_id)
        ours = remote is not None and agrees(client.fields, remote.fields)
        if remote is None or not ours or self.taken.was_there(client_id) or not self.taken.give(client_id, client.row):
            return self._in_doubt(action, client_id)
        if not fresh(remote):  # somebody made and invited it after the snapshot
            self.journal.settle(action, OperationState.REFUSED, reason=WAS_THERE)
            return RowResult(RowState.UNCHANGED, client_id), remote
        self.journal.settle(action, OperationState.ACKED, client_id)
        return RowResult(RowState.CREATED, client_id, created=True), remote

    async def _seen(self, client_id: str) -> RemoteClient | None:
        """Return a client that an answer names, None where the platform shows none under this id."""
        try:
            return await self.connector.client(client_id)
        except PlatformUnreachable as unread:
            if unread.code != "not_the_api":
                raise
            return None

    def _in_doubt(self, action: Operation, client_id: str) -> Created:
        """Leave it to a person whether this row's client was created, or the client `client_id` written over."""
        reason = doubt(client_id)
        self.journal.settle(action, OperationState.UNCERTAIN, client_id, reason)
        return RowResult(RowState.UNCERTAIN, reason=reason, action=action.id), None

    async def _refused(self, client: Client, action: Operation, refusal: PlatformRejected) -> Created:
        reason = refusal.reason
        self.journal.settle(action, OperationState.REFUSED, reason=reason)
        found = await look_up(self.connector, client.fields) if refusal.exists else ()
        if len(found) == 1:
            return RowResult(RowState.UNCHANGED, found[0].client_id), found[0]
        return RowResult(RowState.REFUSED, reason=reason), None


def still_doubted(last: Operation) -> RowResult:
    """Return that a person has yet to say whom the platform's answer to `last` was about."""
    return RowResult(RowState.UNCERTAIN, reason=last.reason, action=last.id)
