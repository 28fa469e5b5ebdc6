"""A Banqup space: the clients, users and templates of one office, which Partner Space and Console share.

Signing in and the spaces are public (https://docs.btx.banqup.com/docs/api-guides/getting-started), the calls about a
firm's clients are not: their paths and names stand in the schema as not verified.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from clientimport.connectors.client_identity import require_same, told_of
from clientimport.connectors.http.client import HttpClient, Request, Response
from clientimport.connectors.http.endpoints import Endpoints
from clientimport.connectors.http.error_response import created, done, there
from clientimport.connectors.http.json_document import JsonDocument
from clientimport.connectors.http.oauth_client_credentials import ClientCredentials
from clientimport.connectors.http.pagination import SIZE, Pagination
from clientimport.connectors.http.rate_limiter import RateLimiter
from clientimport.connectors.json_mapping import JsonMapping
from clientimport.connectors.protocol import Account, DocumentSharing, RemoteClient
from clientimport.errors import CredentialsRefused, SettingsUnusable
from clientimport.model.client import Identity, identities
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import ApiDescription, PlatformSchema

CONTACT = JsonMapping(
    {
        "contact_email": "email",
        "contact_first_name": "firstName",
        "contact_last_name": "lastName",
        "contact_locale": "locale",
    }
)
"""How a further contact person is written."""
_THERE = ("CLIENT_ALREADY_EXISTS", "IDEMPOTENCY_KEY_REUSED")
"""Another home may have created it, with other data under the same key; a look-up then tells."""


@dataclass(slots=True)
class BanqupClient:
    """One signed-in connection to the Banqup family."""

    connection: Connection
    session: HttpClient
    routes: Endpoints
    api: ApiDescription
    shape: JsonMapping
    found: Account | None = None

    async def account(self) -> Account:
        """Return the space, asked for once. Raises CredentialsRefused when the app was let into none."""
        if self.found is None:
            answer = await self.session.read(self.routes.request("GET", "spaces"))
            self.found = self._chosen(answer.objects("spaces"))
        return self.found

    def _chosen(self, spaces: Iterable[JsonDocument]) -> Account:
        wanted = self.connection.paths.get("space")
        at = self.session.address
        accounts = every = [Account(space.id("id"), space.text("name"), at) for space in spaces]
        if not accounts:
            raise CredentialsRefused("credentials.no_space", name=self.connection.name)
        if wanted:
            accounts = [account for account in accounts if account.id == wanted]
        if len(accounts) != 1:
            known = ", ".join(f"{account.name} = {account.id}" for account in every)
            raise SettingsUnusable("connection.which_space", name=self.connection.name, known=known)
        return accounts[0]

    async def call(
        self, method: str, action: str, *, key: str | None = None, json: object = None, **ids: str
    ) -> Response:
        """Return the answer about something in the space."""
        space = (await self.account()).id
        return await self.session.call(self.routes.request(method, action, key=key, json=json, space=space, **ids))

    async def read(self, action: str, query: Mapping[str, str] | None = None) -> Response:
        """Return what the space has of `action`."""
        path = self.routes.path(action, space=(await self.account()).id)
        return await self.session.read(Request("GET", path, query or {}))

    async def clients(self, query: Mapping[str, str] | None = None) -> AsyncIterator[RemoteClient]:
        """Yield the clients, page by page; `query` holds the platform's exact filters."""

        async def page(number: int) -> Response:
            return await self.read("clients", {**(query or {}), "page": str(number), "pageSize": str(SIZE)})

        async for document in Pagination("clients", "pageCount", "id", first=0).read(page):
            yield self.remote(document)

    async def client(self, client_id: str) -> RemoteClient | None:
        """Return one client, or None when it is not there."""
        document = there(await self.call("GET", "client", client_id=client_id))
        return None if document is None else require_same(client_id, self.remote(document), document.host)

    async def find(self, identity: Identity) -> tuple[RemoteClient, ...]:
        """Return the clients with this identity; filtered there, and looked at again here."""
        query = self.shape.query(identity)
        if query is None:
            return ()
        found = [client async for client in self.clients(query)]
        return tuple(client for client in found if identity in identities(client.fields))

    async def create(self, fields: Mapping[str, str], extra: Mapping[str, Any], key: str) -> str:
        """Create a client and return its id."""
        document = {**self.shape.written(fields), **extra}
        answer = await self.call("POST", "clients", key=key, json=document)
        client_id = created(answer, "id", exists=answer.text("error") in _THERE)
        return told_of(client_id, fields, partial(self.remote, answer.document()))

    async def update(self, client_id: str, fields: Mapping[str, str]) -> None:
        """Overwrite just these fields."""
        await self.change(client_id, self.shape.written(fields))

    async def change(self, client_id: str, document: Mapping[str, Any]) -> None:
        """Overwrite what `document` names."""
        done(await self.call("PATCH", "client", json=document, client_id=client_id))

    async def delete(self, client_id: str) -> None:
        """Delete a client."""
        done(await self.call("DELETE", "client", client_id=client_id))

    async def invite(self, client_id: str, key: str) -> None:
        """Send the client its mail."""
        done(await self.call("POST", "invite", key=key, client_id=client_id))

    async def users(self) -> tuple[str, ...]:
        """Return the e-mail addresses of the colleagues."""
        answer = await self.read("users")
        return tuple(filter(None, (user.text("email") for user in answer.objects("users"))))

    def remote(self, document: JsonDocument) -> RemoteClient:
        """Return the client that the platform's JSON describes."""
        return RemoteClient(
            document.id("id"),
            self.api.statuses.get(document.text("status"), "unknown"),
            self.shape.read(document.content),
            document.count("invitations"),
            _contacts(document),
            _sharing(document.object("documentSharing")),
            document.texts("users"),
            dict.fromkeys(document.texts("integrations"), ""),
        )


def _contacts(document: JsonDocument) -> tuple[Mapping[str, str], ...] | None:
    found = document.objects("contacts")
    return None if document.content.get("contacts") is None else tuple(CONTACT.read(one.content) for one in found)


def _sharing(document: JsonDocument) -> DocumentSharing | None:
    shared = document.content.get("enabled") is True
    return DocumentSharing(document.text("email"), document.text("channel")) if shared else None


def open_space(
    schema: PlatformSchema, connection: Connection, secret: str, clock: Clock, timeout: float
) -> BanqupClient:
    """Return the space that the connection's credentials open; nothing is asked yet."""
    assert schema.api is not None
    session = HttpClient(connection, RateLimiter.of(schema.api, connection, clock), clock, timeout)
    routes = Endpoints.of(schema.api, connection)
    token = ClientCredentials(session, routes.path("token"), connection.name, connection.client_id, secret)
    session.sign = token.sign
    lists, booleans = frozenset({"assignee_emails"}), frozenset({"mandate"})
    return BanqupClient(
        connection, session, routes, schema.api, JsonMapping(schema.api.body, lists, booleans, host=connection.host)
    )
