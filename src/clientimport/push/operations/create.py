"""Creating: one client is created once, whatever became of earlier attempts and whatever becomes of this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from clientimport.connectors.client_identity import is_newly_created, is_same_client
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
from clientimport.push.ledger.operation import Operation, OperationState, doubt_reason
from clientimport.push.operations.attempt import TRIES
from clientimport.push.operations.find_client import find_clients, find_with_delay
from clientimport.push.operations.known_ids import KnownIds
from clientimport.push.plan.client_matching import is_different_client
from clientimport.push.run_result import RowResult, RowState, with_earlier_rejection

EXISTED_BEFORE = "client.was_there"
"""Why a creation counts as refused: the platform had the client."""

CreateResult = tuple[RowResult, RemoteClient | None]
"""What became of a client, and the client as the platform had it: None for one that did not exist a moment ago."""


@dataclass(frozen=True, slots=True)
class CreateClient:
    """Creates clients that the snapshot did not have."""

    connector: Connector
    ledger: AccountLedger
    options: PushOptions
    retry_refused: bool = False
    """Send again what the platform said no to, though nothing of it has changed."""
    known_ids: KnownIds = field(default_factory=lambda: KnownIds(()))
    """What the platform calls other clients: an answer that names one of them is no creation."""
    may_mail: Callable[[], bool] | None = None
    """Counts the mail, where creating a client sends it one, and says whether it may go out in this run."""

    async def create(self, client: Client) -> CreateResult:
        """Return what became of the client, and how it was seen on the platform unless it was made just now.

        Raises what stops the whole run.
        """
        earlier = self.ledger.creations(client.fields)
        if earlier and earlier[-1].in_doubt:
            return doubtful_result(earlier[-1]), None
        known = await self._from_earlier(client, earlier[-1]) if earlier else None
        return known or await self._send(client)

    async def _from_earlier(self, client: Client, last: Operation) -> CreateResult | None:
        """Return what the last attempt came to, or None when the client has to be sent."""
        same = last.state is OperationState.REFUSED and self.ledger.has_same_content(
            last, self.options.content_of_new_client(client)
        )
        if same and not self.retry_refused:
            return await self._refused_before(client, last)
        if last.is_unresolved:
            found = await find_with_delay(self.connector, client.fields, self.ledger.clock)
            return self._found(client, last, found)
        if last.state is not OperationState.ACKED:
            return None
        if last.client_id is None:
            return await self._by_word(client, last)
        # The snapshot may be older than the creation; and what was deleted on the platform may come again.
        remote = await self.connector.client(last.client_id)
        if remote is None or is_different_client(client.fields, remote.fields):
            return None
        return RowResult(RowState.UNCHANGED, last.client_id), remote

    async def _refused_before(self, client: Client, last: Operation) -> CreateResult:
        """Say no again for the platform, unless somebody has made the client there meanwhile."""
        found = await find_clients(self.connector, client.fields)
        if len(found) == 1:
            return RowResult(RowState.UNCHANGED, found[0].client_id), found[0]
        return with_earlier_rejection(last, RowResult(RowState.REFUSED)), None

    async def _by_word(self, client: Client, last: Operation) -> CreateResult:
        """Return the client that a person said was created, with its id as soon as a look-up can tell which it is."""
        found = await find_clients(self.connector, client.fields)
        if len(found) != 1:
            return RowResult(RowState.UNCHANGED), None
        self.ledger.record_outcome(last, OperationState.ACKED, found[0].client_id)
        return RowResult(RowState.UNCHANGED, found[0].client_id), found[0]

    def _found(self, client: Client, action: Operation, found: tuple[RemoteClient, ...]) -> CreateResult | None:
        """Settle an attempt without answer by what the look-up found; None when it may be sent again."""
        if len(found) == 1:
            client_id = found[0].client_id
            if self.known_ids.existed_before(client_id) or not self.known_ids.claim(client_id, client.row):
                return self._in_doubt(action, client_id)
            self.ledger.record_outcome(action, OperationState.ACKED, client_id)
            return RowResult(RowState.CREATED, client_id, created=True), found[0]
        if found or action.state is OperationState.UNCERTAIN:
            self.ledger.record_outcome(action, OperationState.UNCERTAIN)
            return RowResult(RowState.UNCERTAIN, operation=action.id), None
        self.ledger.record_outcome(action, OperationState.ABSENT)
        return None

    async def _send(self, client: Client) -> CreateResult:
        if self.may_mail is not None and not self.may_mail():
            return RowResult(RowState.SKIPPED), None
        for _ in range(TRIES):
            action = await self.ledger.begin_create(
                client.row, client.fields, self.options.content_of_new_client(client)
            )
            try:
                client_id = await self.connector.create(client, self.options, action.key)
            except PlatformRejected as refusal:
                return await self._refused(client, action, refusal)
            except AnswerLost as lost:
                found = await find_with_delay(self.connector, client.fields, self.ledger.clock)
                known = self._found(client, action, found)
                if known is not None:
                    return known
                last = lost
            except AnotherClient as told:
                return await self._looked_at(client, action, told.client_id)
            except ClientImportError:
                self.ledger.record_outcome(action, OperationState.UNSENT)
                raise
            else:
                return await self._answered(client, action, client_id)
        raise last.to_unreachable()

    async def _answered(self, client: Client, action: Operation, client_id: str) -> CreateResult:
        """Believe an answer that names nobody else; otherwise look at whom it names."""
        mine = not self.known_ids.existed_before(client_id) and self.known_ids.claim(client_id, client.row)
        if not mine or self.ledger.has_created_another(client_id, client.fields):
            return await self._looked_at(client, action, client_id)
        self.ledger.record_outcome(action, OperationState.ACKED, client_id)
        return RowResult(RowState.CREATED, client_id, created=True), None

    async def _looked_at(self, client: Client, action: Operation, client_id: str) -> CreateResult:
        """Look at the client that an answer names and that may be another one; in doubt a person decides.

        An id whose client was deleted may be given again, so one that was never seen here can still be new.
        """
        remote = await self._seen(client_id)
        ours = remote is not None and is_same_client(client.fields, remote.fields)
        if (
            remote is None
            or not ours
            or self.known_ids.existed_before(client_id)
            or not self.known_ids.claim(client_id, client.row)
        ):
            return self._in_doubt(action, client_id)
        if not is_newly_created(remote):  # somebody made and invited it after the snapshot
            self.ledger.record_outcome(action, OperationState.REFUSED, reason=EXISTED_BEFORE)
            return RowResult(RowState.UNCHANGED, client_id), remote
        self.ledger.record_outcome(action, OperationState.ACKED, client_id)
        return RowResult(RowState.CREATED, client_id, created=True), remote

    async def _seen(self, client_id: str) -> RemoteClient | None:
        """Return a client that an answer names, None where the platform shows none under this id."""
        try:
            return await self.connector.client(client_id)
        except PlatformUnreachable as unread:
            if unread.code != "not_the_api":
                raise
            return None

    def _in_doubt(self, action: Operation, client_id: str) -> CreateResult:
        """Leave it to a person whether this row's client was created, or the client `client_id` written over."""
        reason = doubt_reason(client_id)
        self.ledger.record_outcome(action, OperationState.UNCERTAIN, client_id, reason)
        return RowResult(RowState.UNCERTAIN, reason=reason, operation=action.id), None

    async def _refused(self, client: Client, action: Operation, refusal: PlatformRejected) -> CreateResult:
        reason = refusal.reason
        self.ledger.record_outcome(action, OperationState.REFUSED, reason=reason)
        found = await find_clients(self.connector, client.fields) if refusal.may_exist else ()
        if len(found) == 1:
            return RowResult(RowState.UNCHANGED, found[0].client_id), found[0]
        return RowResult(RowState.REFUSED, reason=reason), None


def doubtful_result(last: Operation) -> RowResult:
    """Return that a person has yet to say whom the platform's answer to `last` was about."""
    return RowResult(RowState.UNCERTAIN, reason=last.reason, operation=last.id)
