"""Accounton: customers of personal income tax, each with a questionnaire in its language, linked first and sent later.

Signing in, paging and the financial years are public (https://accounton-developer-api.readme.io), the customer calls
are described to holders of credentials only: their paths and names stand in the schema as not verified.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from functools import partial

from clientimport.connectors.client_identity import require_same_client, verify_created
from clientimport.connectors.http.client import CONFLICT, UNPROCESSABLE, HttpClient, Request, Response, constant_headers
from clientimport.connectors.http.endpoints import Endpoints
from clientimport.connectors.http.error_response import created_id, document_or_none, raise_for_rejection
from clientimport.connectors.http.json_document import JsonDocument
from clientimport.connectors.http.pagination import PAGE_SIZE, Pagination
from clientimport.connectors.http.rate_limiter import RateLimiter
from clientimport.connectors.json_mapping import JsonMapping
from clientimport.model.client import Client, Identity, identities
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.remote import (
    Account,
    Choices,
    PushOptions,
    ReferenceLists,
    RemoteClient,
)

_MAY_EXIST = (CONFLICT, UNPROCESSABLE)
"""Another home may have created it, with other data under the same key; a look-up then shows it."""


class Accounton:
    """The Connector of one office."""

    def __init__(
        self, schema: PlatformSchema, connection: Connection, secret: str, clock: Clock, timeout: float
    ) -> None:
        language = schema.column("language")
        assert schema.api is not None
        assert language is not None
        self.platform_name = schema.name
        self.http = HttpClient(connection, RateLimiter.for_connection(schema.api, connection, clock), clock, timeout)
        self.http.sign = constant_headers({"X-CLIENT-ID": connection.client_id, "X-CLIENT-SECRET": secret})
        self.endpoints = Endpoints.for_connection(schema.api, connection)
        self._statuses = schema.api.statuses
        self._words = {code: next(iter(word.values())) for code, word in language.words.items()}
        labels, words = frozenset({"labels"}), {"language": self._words}
        self._json_mapping = JsonMapping(schema.api.body, labels, words=words, host=connection.host)
        self._checklists: dict[str, dict[str, str]] = {}
        """Canonical language -> name -> id, asked for once per language."""

    async def account(self) -> Account:
        """Return the office."""
        office = (await self._settings()).object("office")
        return Account(office.id("_id"), office.text("name"), self.http.account_address)

    async def lists(self) -> ReferenceLists:
        """Return the languages that the office chose, its questionnaires in each, and the colleagues."""
        words = (await self._settings()).texts("languages")
        languages = tuple(code for code, word in self._words.items() if word in words)
        users = tuple([user.text("email") async for user in self._pages("users", {}, "email")])
        questionnaires = {language: tuple(await self._questionnaires(language)) for language in languages}
        return ReferenceLists(languages=languages, users=users, questionnaires=questionnaires)

    async def clients(self) -> AsyncIterator[RemoteClient]:
        """Yield every customer."""
        async for document in self._pages("clients", {}):
            yield self._remote_client(document)

    async def client(self, client_id: str) -> RemoteClient | None:
        """Return one customer, or None when it is not there."""
        document = document_or_none(await self.http.call(self.endpoints.request("GET", "client", client_id=client_id)))
        return (
            None if document is None else require_same_client(client_id, self._remote_client(document), document.host)
        )

    async def find(self, identity: Identity) -> tuple[RemoteClient, ...]:
        """Return the customers with this identity; filtered there, and looked at again here."""
        query = self._json_mapping.query(identity)
        if query is None:
            return ()
        candidates = [self._remote_client(document) async for document in self._pages("clients", query)]
        return tuple(client for client in candidates if identity in identities(client.fields))

    async def create(self, client: Client, options: PushOptions, key: str) -> str:
        """Create a customer with its questionnaire linked, not sent."""
        language = client.fields.get("language", "")
        name = options.questionnaire(language) or ""
        checklist = (await self._questionnaires(language)).get(name)
        document = {**self._json_mapping.to_json(client.fields), "checklist": checklist}
        response = await self.http.call(self.endpoints.request("POST", "clients", key=key, json=document))
        client_id = created_id(response, "_id", may_exist=response.status in _MAY_EXIST)
        return verify_created(client_id, client.fields, partial(self._remote_client, response.document()))

    async def choices(self) -> Choices:
        """Return the colleagues."""
        return Choices(tuple([user.text("email") async for user in self._pages("users", {}, "email")]))

    async def update(self, client_id: str, fields: Mapping[str, str]) -> None:
        """Overwrite just these fields."""
        document = self._json_mapping.to_json(fields)
        raise_for_rejection(
            await self.http.call(self.endpoints.request("PATCH", "client", json=document, client_id=client_id))
        )

    async def delete(self, client_id: str) -> None:
        """Delete a customer."""
        raise_for_rejection(await self.http.call(self.endpoints.request("DELETE", "client", client_id=client_id)))

    async def invite(self, client_id: str, key: str) -> None:
        """Send the questionnaire."""
        raise_for_rejection(
            await self.http.call(self.endpoints.request("POST", "invite", key=key, client_id=client_id))
        )

    async def close(self) -> None:
        """Close the session."""
        await self.http.close()

    async def _settings(self) -> JsonDocument:
        return (await self.http.read(self.endpoints.request("GET", "settings"))).document()

    async def _questionnaires(self, language: str) -> Mapping[str, str]:
        """Return the ids of the current year's questionnaires by name."""
        if language not in self._checklists:
            year = await self.http.read(self.endpoints.request("GET", "financial_year"))
            query = {"language": self._words.get(language, language), "financialYear": year.document().id("_id")}
            checklists = {
                checklist.text("name"): checklist.id("_id") async for checklist in self._pages("checklists", query)
            }
            self._checklists[language] = checklists
        return self._checklists[language]

    def _pages(self, action: str, query: Mapping[str, str], key: str = "_id") -> AsyncIterator[JsonDocument]:
        async def page(number: int) -> Response:
            page_query = {**query, "page": str(number), "pageSize": str(PAGE_SIZE)}
            return await self.http.read(Request("GET", self.endpoints.path(action), page_query))

        return Pagination("data", "last_page", key, first_page=1).read(page)

    def _remote_client(self, document: JsonDocument) -> RemoteClient:
        status = self._statuses.get(document.text("status"), "unknown")
        fields, mails = self._json_mapping.from_json(document.content), document.count("sentCount")
        return RemoteClient(document.id("_id"), status, fields, mails)


CONNECTOR = Accounton
