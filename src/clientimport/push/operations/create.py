"""Creating: one client is created once, also after earlier attempts and lost answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from clientimport.connectors.client_identity import is_newly_created, is_same_client
from clientimport.connectors.protocol import AnotherClient, Connector
from clientimport.errors import PlatformUnreachable
from clientimport.model.client import Client
from clientimport.model.remote import PushOptions, RemoteClient
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.operation import Operation, OperationState, doubt_reason
from clientimport.push.operations.attempt import NOT_DONE, UNKNOWN, Attempted, OperationOutcome, attempt
from clientimport.push.operations.find_client import find_clients, find_with_delay
from clientimport.push.operations.known_ids import KnownIds
from clientimport.push.plan.client_matching import is_different_client
from clientimport.push.run_result import RowResult, RowState, with_earlier_rejection

EXISTED_BEFORE = "client.was_there"
"""Why a creation counts as rejected: the platform had the client."""

CreateResult = tuple[RowResult, RemoteClient | None]
"""What became of a client, and the client as the platform had it: None for one that did not exist a moment ago."""


@dataclass(frozen=True, slots=True)
class CreateClient:
    """Creates clients that the snapshot did not have."""

    connector: Connector
    ledger: AccountLedger
    options: PushOptions
    retry_refused: bool = False
    """Send again what the platform rejected, though it has not changed."""
    known_ids: KnownIds = field(default_factory=lambda: KnownIds(()))
    """What the platform calls other clients: an answer that names one of them is no creation."""
    may_mail: Callable[[], bool] | None = None
    """Where creating a client mails it: counts the mail, and returns whether it may go out in this run."""

    async def create(self, client: Client) -> CreateResult:
        """Return what became of the client, and how it was seen on the platform unless it was made just now.

        Raises what stops the whole run.
        """
        earlier = self.ledger.creations(client.fields)
        if earlier and earlier[-1].in_doubt:
            return doubtful_result(earlier[-1]), None
        settled = await self._from_earlier(client, earlier[-1]) if earlier else None
        return settled or await self._send(client)

    async def _from_earlier(self, client: Client, last: Operation) -> CreateResult | None:
        """Return what the last attempt came to, or None when the client has to be sent."""
        same = last.state is OperationState.REFUSED and self.ledger.has_same_content(
            last, self.options.content_of_new_client(client)
        )
        if same and not self.retry_refused:
            return await self._rejected_before(client, last)
        if last.is_unresolved:
            outcome = await self._check(client, last)
            outcome.record(last, self.ledger)
            return None if outcome is NOT_DONE else _result(Attempted(last, outcome))
        if last.state is not OperationState.ACKED:
            return None
        if last.client_id is None:
            return await self._confirmed_by_person(client, last)
        # The snapshot may be older than the creation; and what was deleted on the platform may come again.
        remote = await self.connector.client(last.client_id)
        if remote is None or is_different_client(client.fields, remote.fields):
            return None
        return RowResult(RowState.UNCHANGED, last.client_id), remote

    async def _rejected_before(self, client: Client, last: Operation) -> CreateResult:
        """Return the earlier rejection, unless the client is on the platform by now."""
        clients = await find_clients(self.connector, client.fields)
        if len(clients) == 1:
            return RowResult(RowState.UNCHANGED, clients[0].client_id), clients[0]
        return with_earlier_rejection(last, RowResult(RowState.REFUSED)), None

    async def _confirmed_by_person(self, client: Client, last: Operation) -> CreateResult:
        """Return the client that a person confirmed as created, with its id as soon as a look-up finds it."""
        clients = await find_clients(self.connector, client.fields)
        if len(clients) != 1:
            return RowResult(RowState.UNCHANGED), None
        self.ledger.record_outcome(last, OperationState.ACKED, clients[0].client_id)
        return RowResult(RowState.UNCHANGED, clients[0].client_id), clients[0]

    async def _check(self, client: Client, operation: Operation) -> OperationOutcome:
        """Return whether a client was created though the answer was lost; NOT_DONE when it may be sent again."""
        clients = await find_with_delay(self.connector, client.fields, self.ledger.clock)
        if len(clients) == 1:
            client_id = clients[0].client_id
            mine = self._claim(client, client_id)
            return OperationOutcome(OperationState.ACKED, client_id, remote=clients[0]) if mine else _doubt(client_id)
        return UNKNOWN if clients or operation.state is OperationState.UNCERTAIN else NOT_DONE

    async def _send(self, client: Client) -> CreateResult:
        if self.may_mail is not None and not self.may_mail():
            return RowResult(RowState.SKIPPED), None
        content = self.options.content_of_new_client(client)
        attempted = await attempt(
            self.ledger,
            lambda: self.ledger.begin_create(client.row, client.fields, content),
            lambda operation: self._request(client, operation),
            lambda operation: self._check(client, operation),
            lambda _operation, answer: self._accept(client, answer),
        )
        if attempted.outcome.may_exist:
            clients = await find_clients(self.connector, client.fields)
            if len(clients) == 1:
                return RowResult(RowState.UNCHANGED, clients[0].client_id), clients[0]
        return _result(attempted)

    async def _request(self, client: Client, operation: Operation) -> str | AnotherClient:
        """Send the request, and return the id that the answer names."""
        try:
            return await self.connector.create(client, self.options, operation.key)
        except AnotherClient as another:
            return another

    async def _accept(self, client: Client, answer: str | AnotherClient) -> OperationOutcome:
        """Believe an answer that names no other client; otherwise look at the client that it names."""
        if isinstance(answer, AnotherClient):
            return await self._look_at(client, answer.client_id)
        mine = self._claim(client, answer)
        if not mine or self.ledger.has_created_another(answer, client.fields):
            return await self._look_at(client, answer)
        return OperationOutcome(OperationState.ACKED, answer)

    async def _look_at(self, client: Client, client_id: str) -> OperationOutcome:
        """Look at the client that an answer names and that may be another one; in doubt a person decides.

        An id whose client was deleted may be given again, so one that was never seen here can still be new.
        """
        remote = await self._client_or_none(client_id)
        if remote is None or not is_same_client(client.fields, remote.fields) or not self._claim(client, client_id):
            return _doubt(client_id)
        if not is_newly_created(remote):  # another person made and invited it after the snapshot
            return OperationOutcome(OperationState.REFUSED, reason=EXISTED_BEFORE, remote=remote)
        return OperationOutcome(OperationState.ACKED, client_id, remote=remote)

    def _claim(self, client: Client, client_id: str) -> bool:
        """Return whether an id is new, and no other row's."""
        return not self.known_ids.existed_before(client_id) and self.known_ids.claim(client_id, client.row)

    async def _client_or_none(self, client_id: str) -> RemoteClient | None:
        """Return a client that an answer names, None where the platform shows none under this id."""
        try:
            return await self.connector.client(client_id)
        except PlatformUnreachable as unread:
            if unread.code != "not_the_api":
                raise
            return None


def _doubt(client_id: str) -> OperationOutcome:
    """Leave it to a person whether this row's client was created, or the client `client_id` written over."""
    return OperationOutcome(OperationState.UNCERTAIN, client_id, doubt_reason(client_id))


def _result(attempted: Attempted) -> CreateResult:
    """Return what a client came to."""
    outcome = attempted.outcome
    if outcome.state is OperationState.UNCERTAIN:
        return RowResult(RowState.UNCERTAIN, reason=outcome.reason, operation=attempted.operation.id), None
    if outcome.state is OperationState.ACKED:
        return RowResult(RowState.CREATED, outcome.client_id, created=True), outcome.remote
    if outcome.remote is not None:
        return RowResult(RowState.UNCHANGED, outcome.remote.client_id), outcome.remote
    return RowResult(RowState.REFUSED, reason=outcome.reason), None


def doubtful_result(last: Operation) -> RowResult:
    """Return that a person has yet to decide which client the platform's answer to `last` was about."""
    return RowResult(RowState.UNCERTAIN, reason=last.reason, operation=last.id)
