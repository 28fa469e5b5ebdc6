"""Accounton: customers of personal income tax, each with a questionnaire in its language, linked first and sent later.

Signing in, paging and the financial years are public (https://accounton-developer-api.readme.io), the customer calls
are described to holders of credentials only: their paths and names stand in the schema as not verified.
"""
# ruff: noqa: ARG002 -- the Connector protocol asks of every platform what not every platform has

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from clientimport.connectors.client_identity import require_same_client, verify_created
from clientimport.connectors.http.client import CONFLICT, UNPROCESSABLE, HttpClient, Request, Response
from clientimport.connectors.http.endpoints import Endpoints
from clientimport.connectors.http.error_response import created_id, document_or_none, raise_for_rejection
from clientimport.connectors.http.json_document import JsonDocument
from clientimport.connectors.http.pagination import PAGE_SIZE, Pagination
from clientimport.connectors.http.rate_limiter import RateLimiter
from clientimport.connectors.json_mapping import JsonMapping
from clientimport.connectors.protocol import (
    Account,
    Choices,
    ClientSettings,
    ConfigurationTemplate,
    PushOptions,
    ReferenceLists,
    RemoteClient,
)
from clientimport.errors import UsageError
from clientimport.model.client import Client, Identity, identities
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema

_THERE = (CONFLICT, UNPROCESSABLE)
"""Another home may have created it, with other data under the same key; a look-up then tells."""


@dataclass(slots=True)
class Accounton:
    """The Connector of one office."""

    http: HttpClient
    endpoints: Endpoints
    schema: PlatformSchema
    json_mapping: JsonMapping
    _checklists: dict[str, dict[str, str]] = field(default_factory=dict)
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
            yield self._remote(document)

    async def client(self, client_id: str) -> RemoteClient | None:
        """Return one customer, or None when it is not there."""
        document = document_or_none(await self.http.call(self.endpoints.request("GET", "client", client_id=client_id)))
        return None if document is None else require_same_client(client_id, self._remote(document), document.host)

    async def find(self, identity: Identity) -> tuple[RemoteClient, ...]:
        """Return the customers with this identity; filtered there, and looked at again here."""
        query = self.json_mapping.query(identity)
        if query is None:
            return ()
        found = [self._remote(document) async for document in self._pages("clients", query)]
        return tuple(client for client in found if identity in identities(client.fields))

    async def company_details(self, identity: Identity) -> Mapping[str, str]:
        """Return nothing: people stand in no public register."""
        return {}

    async def is_on_peppol(self, number: str) -> bool | None:
        """Return None: no call tells."""
        return None

    async def create(self, client: Client, options: PushOptions, key: str) -> str:
        """Create a customer with its questionnaire linked, not sent."""
        language = client.fields.get("language", "")
        name = options.questionnaire(language) or ""
        checklist = (await self._questionnaires(language)).get(name)
        document = {**self.json_mapping.to_json(client.fields), "checklist": checklist}
        answer = await self.http.call(self.endpoints.request("POST", "clients", key=key, json=document))
        client_id = created_id(answer, "_id", may_exist=answer.status in _THERE)
        return verify_created(client_id, client.fields, partial(self._remote, answer.document()))

    async def add_contact(self, client_id: str, contact: Mapping[str, str], key: str) -> None:
        """Raise UsageError: a customer is one person."""
        raise UsageError("platform.not_offered", platform=self.schema.name)

    async def remove_contact(self, client_id: str, email: str) -> None:
        """Raise UsageError: there is one contact here."""
        raise UsageError("platform.not_offered", platform=self.schema.name)

    async def change_settings(self, client_id: str, settings: ClientSettings) -> None:
        """Raise UsageError: there are none here."""
        raise UsageError("platform.not_offered", platform=self.schema.name)

    async def choices(self) -> Choices:
        """Return the colleagues."""
        return Choices(tuple([user.text("email") async for user in self._pages("users", {}, "email")]))

    async def update(self, client_id: str, fields: Mapping[str, str]) -> None:
        """Overwrite just these fields."""
        document = self.json_mapping.to_json(fields)
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

    async def configurations(self) -> tuple[ConfigurationTemplate, ...]:
        """Return none: there are no templates here."""
        return ()

    async def create_configuration(self, configuration: ConfigurationTemplate) -> None:
        """Raise UsageError: there are no templates here."""
        raise UsageError("platform.not_offered", platform=self.schema.name)

    async def delete_configuration(self, name: str) -> None:
        """Raise UsageError: there are no templates here."""
        raise UsageError("platform.not_offered", platform=self.schema.name)

    async def close(self) -> None:
        """Close the session."""
        await self.http.close()

    @property
    def _words(self) -> Mapping[str, str]:
        return self.json_mapping.words["language"]

    async def _settings(self) -> JsonDocument:
        return (await self.http.read(self.endpoints.request("GET", "settings"))).document()

    async def _questionnaires(self, language: str) -> Mapping[str, str]:
        """Return the ids of the current year's questionnaires by name."""
        if language not in self._checklists:
            year = await self.http.read(self.endpoints.request("GET", "financial_year"))
            query = {"language": self._words.get(language, language), "financialYear": year.document().id("_id")}
            found = {one.text("name"): one.id("_id") async for one in self._pages("checklists", query)}
            self._checklists[language] = found
        return self._checklists[language]

    def _pages(self, action: str, query: Mapping[str, str], key: str = "_id") -> AsyncIterator[JsonDocument]:
        async def page(number: int) -> Response:
            asked = {**query, "page": str(number), "pageSize": str(PAGE_SIZE)}
            return await self.http.read(Request("GET", self.endpoints.path(action), asked))

        return Pagination("data", "last_page", key, first_page=1).read(page)

    def _remote(self, document: JsonDocument) -> RemoteClient:
        api = self.schema.api
        status = api.statuses.get(document.text("status"), "unknown") if api else "unknown"
        fields, mails = self.json_mapping.from_json(document.content), document.count("sentCount")
        return RemoteClient(document.id("_id"), status, fields, mails)


def connector(schema: PlatformSchema, connection: Connection, secret: str, clock: Clock, timeout: float) -> Accounton:
    """Return the connector of one office; nothing is asked yet."""
    column = schema.column("language")
    assert schema.api is not None
    assert column is not None
    session = HttpClient(connection, RateLimiter.for_connection(schema.api, connection, clock), clock, timeout)

    async def sign(_refused: Mapping[str, str] | None) -> Mapping[str, str]:
        return {"X-CLIENT-ID": connection.client_id, "X-CLIENT-SECRET": secret}

    session.sign = sign
    words = {"language": {code: next(iter(word.values())) for code, word in column.words.items()}}
    shape = JsonMapping(schema.api.body, lists=frozenset({"labels"}), words=words, host=connection.host)
    return Accounton(session, Endpoints.for_connection(schema.api, connection), schema, shape)
