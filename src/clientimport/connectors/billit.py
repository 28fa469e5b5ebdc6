"""Billit: companies registered on Peppol in one call, which mails the company at once; nothing is changed afterwards.

Sources: https://docs.accesspoint.billit.eu/docs/registering-entities, https://docs.billit.be/docs/api-key-practical-use
and https://docs.billit.be/docs/how-do-i-know-who-is-a-peppol-receiver.
"""
# ruff: noqa: ARG002 -- the Connector protocol asks of every platform what not every platform has

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from clientimport.connectors.client_identity import verify_created
from clientimport.connectors.http.client import BAD_REQUEST, CONFLICT, UNPROCESSABLE, HttpClient
from clientimport.connectors.http.endpoints import Endpoints
from clientimport.connectors.http.error_response import created_id
from clientimport.connectors.http.json_document import JsonDocument, not_the_api
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

PEPPOL = "Peppol"
INVOICE_ADDRESS = "InvoiceAddress"
_MAY_BE_THERE = (BAD_REQUEST, CONFLICT, UNPROCESSABLE)
"""What a second registration of the same number answers is not documented: every no is looked up."""
_LANGUAGES = {"nl": "NL", "fr": "FR", "en": "EN", "de": "DE"}
_BELGIAN = len("BE0566988259")


@dataclass(slots=True)
class Billit:
    """The Connector of one party."""

    http: HttpClient
    endpoints: Endpoints
    schema: PlatformSchema
    json_mapping: JsonMapping
    party: str

    async def account(self) -> Account:
        """Return the party whose account this is, once it is let in; no documented call tells its name."""
        await self._companies()
        return Account(self.party, self.party, self.http.account_address)

    async def lists(self) -> ReferenceLists:
        """Return none: a company refers to nothing."""
        return ReferenceLists()

    async def clients(self) -> AsyncIterator[RemoteClient]:
        """Yield every registered company."""
        for document in await self._companies():
            yield self._remote(document)

    async def client(self, client_id: str) -> RemoteClient | None:
        """Return one company, or None when it is not there."""
        return next((one for one in await self._all() if one.client_id == client_id), None)

    async def find(self, identity: Identity) -> tuple[RemoteClient, ...]:
        """Return the companies with this identity; no documented call filters, so all are looked at."""
        return tuple(one for one in await self._all() if identity in identities(one.fields))

    async def company_details(self, identity: Identity) -> Mapping[str, str]:
        """Return nothing: who is on Peppol is known here, a name or address is not."""
        return {}

    async def is_on_peppol(self, number: str) -> bool | None:
        """Return whether a company or VAT number is registered on Peppol, wherever that was done."""
        answer = await self.http.read(self.endpoints.request("GET", "peppol", number=number))
        registered = answer.document().content.get("Registered")
        if not isinstance(registered, bool):
            raise not_the_api(answer.host)
        return registered

    async def create(self, client: Client, options: PushOptions, key: str) -> str:
        """Register a company, which sends its mail."""
        document = registration(self.json_mapping, client.fields)
        answer = await self.http.call(self.endpoints.request("POST", "clients", key=key, json=document))
        client_id = created_id(answer, "CompanyID", may_exist=answer.status in _MAY_BE_THERE)
        return verify_created(client_id, client.fields, partial(self._remote, answer.document()), creating_mails=True)

    async def add_contact(self, client_id: str, contact: Mapping[str, str], key: str) -> None:
        """Raise UsageError: a company has one contact here."""
        raise self._not_offered()

    async def remove_contact(self, client_id: str, email: str) -> None:
        """Raise UsageError: there is one contact here."""
        raise self._not_offered()

    async def change_settings(self, client_id: str, settings: ClientSettings) -> None:
        """Raise UsageError: there are none here."""
        raise self._not_offered()

    async def choices(self) -> Choices:
        """Return none: a company has nobody and nothing here."""
        return Choices()

    async def update(self, client_id: str, fields: Mapping[str, str]) -> None:
        """Raise UsageError: no call is documented."""
        raise self._not_offered()

    async def delete(self, client_id: str) -> None:
        """Raise UsageError: no call is documented."""
        raise self._not_offered()

    async def invite(self, client_id: str, key: str) -> None:
        """Raise UsageError: the one mail goes out when the company is registered."""
        raise self._not_offered()

    async def configurations(self) -> tuple[ConfigurationTemplate, ...]:
        """Return none: there are no templates here."""
        return ()

    async def create_configuration(self, configuration: ConfigurationTemplate) -> None:
        """Raise UsageError: there are no templates here."""
        raise self._not_offered()

    async def delete_configuration(self, name: str) -> None:
        """Raise UsageError: there are no templates here."""
        raise self._not_offered()

    async def close(self) -> None:
        """Close the session."""
        await self.http.close()

    async def _all(self) -> list[RemoteClient]:
        return [self._remote(document) for document in await self._companies()]

    async def _companies(self) -> tuple[JsonDocument, ...]:
        return (await self.http.read(self.endpoints.request("GET", "clients"))).objects("Companies")

    def _remote(self, document: JsonDocument) -> RemoteClient:
        api = self.schema.api
        integrations = _integrations(document)
        fields = company(self.json_mapping, document.object("CompanyDetails"))
        status = api.statuses.get(integrations.get(PEPPOL, ""), "unknown") if api else "unknown"
        return RemoteClient(document.id("CompanyID"), status, fields, integrations=integrations)

    def _not_offered(self) -> UsageError:
        return UsageError("platform.not_offered", platform=self.schema.name)


def registration(shape: JsonMapping, fields: Mapping[str, str]) -> dict[str, Any]:
    """Return the body that registers a company with these fields; what a row does not say is left out.

    A company number is an extra identifier only where the VAT number does not hold it already.

    >>> shape = JsonMapping({"legal_name": "CompanyName", "city": "Address.City", "country": "Address.CountryCode"})
    >>> registration(shape, {"legal_name": "Bakkerij", "city": "Gent", "country": "BE"})["Addresses"]
    [{'AddressType': 'InvoiceAddress', 'Name': 'Bakkerij', 'City': 'Gent', 'CountryCode': 'BE'}]
    """
    held = fields.get("vat_number", "")[2:] == fields.get("company_number")
    told = {name: value for name, value in fields.items() if value and not (held and name == "company_number")}
    document = shape.to_json(told)
    address, numbers = document.pop("Address", {}), document.pop("Identifiers", {})
    document["Addresses"] = [{"AddressType": INVOICE_ADDRESS, "Name": fields.get("legal_name"), **address}]
    if numbers:
        document["Identifiers"] = [{"IdentifierType": kind, "Identifier": number} for kind, number in numbers.items()]
    return document


def company(shape: JsonMapping, details: JsonDocument) -> dict[str, str]:
    """Return the canonical fields of a registered company's details; a Belgian VAT number holds the company number.

    >>> details = JsonDocument({"TaxIdentifier": "BE0566988259", "Addresses": None}, "host")
    >>> company(JsonMapping({"vat_number": "TaxIdentifier"}), details)
    {'vat_number': 'BE0566988259', 'company_number': '0566988259'}
    """
    addresses = details.objects("Addresses")
    invoice = next((one.content for one in addresses if one.text("AddressType") == INVOICE_ADDRESS), {})
    by_type = {one.text("IdentifierType"): one.text("Identifier") for one in details.objects("Identifiers")}
    found = shape.from_json({**details.content, "Address": invoice, "Identifiers": by_type})
    vat = found.get("vat_number", "")
    if "company_number" not in found and vat.startswith("BE") and len(vat) == _BELGIAN:
        found["company_number"] = vat[2:]
    return found


def _integrations(document: JsonDocument) -> dict[str, str]:
    """Return each integration's state by its name."""
    return {one.text("Integration"): one.text("IntegrationStatus") for one in document.objects("Integrations")}


def connector(schema: PlatformSchema, connection: Connection, secret: str, clock: Clock, timeout: float) -> Billit:
    """Return the connector of one party; nothing is asked yet."""
    assert schema.api is not None
    session = HttpClient(connection, RateLimiter.for_connection(schema.api, connection, clock), clock, timeout)

    async def sign(_refused: Mapping[str, str] | None) -> Mapping[str, str]:
        return {"partyID": connection.client_id, "apiKey": secret}

    session.sign = sign
    shape = JsonMapping(schema.api.body, words={"language": _LANGUAGES}, host=connection.host)
    return Billit(session, Endpoints.for_connection(schema.api, connection), schema, shape, connection.client_id)
