"""A Banqup space: what Partner Space and Console have both, which is the clients and users of one office.

Signing in and the spaces are public (https://docs.btx.banqup.com/docs/api-guides/getting-started), the calls about a
firm's clients are not: their paths and names stand in the schema as not verified.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from functools import partial
from typing import Any

from clientimport.connectors.client_identity import require_same_client, verify_created
from clientimport.connectors.http.client import HttpClient, Request, Response
from clientimport.connectors.http.endpoints import Endpoints
from clientimport.connectors.http.error_response import created_id, document_or_none, raise_for_rejection
from clientimport.connectors.http.json_document import JsonDocument
from clientimport.connectors.http.oauth_client_credentials import ClientCredentials
from clientimport.connectors.http.pagination import PAGE_SIZE, Pagination
from clientimport.connectors.http.rate_limiter import RateLimiter
from clientimport.connectors.json_mapping import JsonMapping
from clientimport.errors import CredentialsRefused, SettingsUnusable
from clientimport.model.client import Identity, identities
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.remote import Account, DocumentSharing, RemoteClient

CONTACT = JsonMapping(
    {
        "contact_email": "email",
        "contact_first_name": "firstName",
        "contact_last_name": "lastName",
        "contact_locale": "locale",
    }
)
"""How a further contact person is written."""
_LISTS, _BOOLEANS = frozenset({"assignee_emails"}), frozenset({"mandate"})
_MAY_EXIST = ("CLIENT_ALREADY_EXISTS", "IDEMPOTENCY_KEY_REUSED")
"""Another home may have created it, with other data under the same key; a look-up then shows it."""


class BanqupClient:
    """One signed-in connection to the Banqup family: Updates, Deletes and Invites, and most of a Connector."""

    def __init__(
        self, schema: PlatformSchema, connection: Connection, secret: str, clock: Clock, timeout: float
    ) -> None:
        assert schema.api is not None
        limiter = RateLimiter.for_connection(schema.api, connection, clock)
        http = self.http = HttpClient(connection, limiter, clock, timeout)
        self.endpoints = Endpoints.for_connection(schema.api, connection)
        credentials = connection.name, connection.client_id, secret
        http.sign = ClientCredentials(http, self.endpoints.path("token"), *credentials).sign
        self.platform_name = schema.name
        self._connection = connection
        self._statuses = schema.api.statuses
        self._json_mapping = JsonMapping(schema.api.body, _LISTS, _BOOLEANS, host=connection.host)
        self._account: Account | None = None

    async def account(self) -> Account:
        """Return the space, asked for once. Raises CredentialsRefused when the app may enter none."""
        if self._account is None:
            response = await self.http.read(self.endpoints.request("GET", "spaces"))
            self._account = self._choose(response.objects("spaces"))
        return self._account

    def _choose(self, spaces: Iterable[JsonDocument]) -> Account:
        """Return the space that the connection names, or the only one."""
        wanted, address = self._connection.paths.get("space"), self.http.account_address
        every = [Account(space.id("id"), space.text("name"), address) for space in spaces]
        accounts = [account for account in every if wanted in (None, "", account.id)]
        if not every:
            raise CredentialsRefused("credentials.no_space", name=self._connection.name)
        if len(accounts) != 1:
            names = ", ".join(f"{account.name} = {account.id}" for account in every)
            raise SettingsUnusable("connection.which_space", name=self._connection.name, known=names)
        return accounts[0]

    async def call(
        self, method: str, action: str, *, key: str | None = None, json: object = None, **ids: str
    ) -> Response:
        """Return the answer about something in the space."""
        space = (await self.account()).id
        return await self.http.call(self.endpoints.request(method, action, key=key, json=json, space=space, **ids))

    async def read(self, action: str, query: Mapping[str, str] | None = None) -> Response:
        """Return what the space has of `action`."""
        path = self.endpoints.path(action, space=(await self.account()).id)
        return await self.http.read(Request("GET", path, query or {}))

    def clients(self) -> AsyncIterator[RemoteClient]:
        """Yield every client."""
        return self._clients({})

    async def _clients(self, query: Mapping[str, str]) -> AsyncIterator[RemoteClient]:
        """Yield the clients, page by page; `query` holds the platform's exact filters."""

        async def page(number: int) -> Response:
            return await self.read("clients", {**query, "page": str(number), "pageSize": str(PAGE_SIZE)})

        async for document in Pagination("clients", "pageCount", "id", first_page=0).read(page):
            yield self._remote_client(document)

    async def client(self, client_id: str) -> RemoteClient | None:
        """Return one client, or None when it is not there."""
        document = document_or_none(await self.call("GET", "client", client_id=client_id))
        return (
            None if document is None else require_same_client(client_id, self._remote_client(document), document.host)
        )

    async def find(self, identity: Identity) -> tuple[RemoteClient, ...]:
        """Return the clients with this identity; filtered there, and looked at again here."""
        query = self._json_mapping.query(identity)
        if query is None:
            return ()
        candidates = [client async for client in self._clients(query)]
        return tuple(client for client in candidates if identity in identities(client.fields))

    async def create_client(self, fields: Mapping[str, str], extra: Mapping[str, Any], key: str) -> str:
        """Create a client and return its id; `extra` is sent beside its fields."""
        document = {**self._json_mapping.to_json(fields), **extra}
        response = await self.call("POST", "clients", key=key, json=document)
        client_id = created_id(response, "id", may_exist=response.text("error") in _MAY_EXIST)
        return verify_created(client_id, fields, partial(self._remote_client, response.document()))

    async def update(self, client_id: str, fields: Mapping[str, str]) -> None:
        """Overwrite just these fields."""
        await self.patch(client_id, self._json_mapping.to_json(fields))

    async def patch(self, client_id: str, document: Mapping[str, Any]) -> None:
        """Overwrite what `document` names."""
        raise_for_rejection(await self.call("PATCH", "client", json=document, client_id=client_id))

    async def delete(self, client_id: str) -> None:
        """Delete a client."""
        raise_for_rejection(await self.call("DELETE", "client", client_id=client_id))

    async def invite(self, client_id: str, key: str) -> None:
        """Send the client its mail."""
        raise_for_rejection(await self.call("POST", "invite", key=key, client_id=client_id))

    async def users(self) -> tuple[str, ...]:
        """Return the e-mail addresses of the colleagues."""
        response = await self.read("users")
        return tuple(filter(None, (user.text("email") for user in response.objects("users"))))

    async def close(self) -> None:
        """Close the session."""
        await self.http.close()

    def _remote_client(self, document: JsonDocument) -> RemoteClient:
        """Return the client that the platform's JSON describes."""
        return RemoteClient(
            document.id("id"),
            self._statuses.get(document.text("status"), "unknown"),
            self._json_mapping.from_json(document.content),
            document.count("invitations"),
            _contacts(document),
            _sharing(document.object("documentSharing")),
            document.texts("users"),
            dict.fromkeys(document.texts("integrations"), ""),
        )


def _contacts(document: JsonDocument) -> tuple[Mapping[str, str], ...] | None:
    contacts = tuple(CONTACT.from_json(contact.content) for contact in document.objects("contacts"))
    return None if document.content.get("contacts") is None else contacts


def _sharing(document: JsonDocument) -> DocumentSharing | None:
    shared = document.content.get("enabled") is True
    return DocumentSharing(document.text("email"), document.text("channel")) if shared else None
