"""Billit: companies registered on Peppol in one call, which mails the company at once; nothing is changed afterwards.

Sources: https://docs.accesspoint.billit.eu/docs/registering-entities, https://docs.billit.be/docs/api-key-practical-use
and https://docs.billit.be/docs/how-do-i-know-who-is-a-peppol-receiver.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from functools import partial
from typing import Any

from clientimport.connectors.client_identity import verify_created
from clientimport.connectors.http.client import BAD_REQUEST, CONFLICT, UNPROCESSABLE, HttpClient, constant_headers
from clientimport.connectors.http.endpoints import Endpoints
from clientimport.connectors.http.error_response import created_id
from clientimport.connectors.http.json_document import JsonDocument, not_the_api
from clientimport.connectors.http.rate_limiter import RateLimiter
from clientimport.connectors.json_mapping import JsonMapping
from clientimport.model.client import Client, Identity, identities
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.remote import (
    Account,
    PushOptions,
    ReferenceLists,
    RemoteClient,
)

PEPPOL = "Peppol"
INVOICE_ADDRESS = "InvoiceAddress"
_MAY_EXIST = (BAD_REQUEST, CONFLICT, UNPROCESSABLE)
"""What a second registration of the same number answers is not documented: every no is looked up."""
_LANGUAGES = {"nl": "NL", "fr": "FR", "en": "EN", "de": "DE"}
_BELGIAN = len("BE0566988259")


class Billit:
    """The Connector of one party."""

    def __init__(
        self, schema: PlatformSchema, connection: Connection, secret: str, clock: Clock, timeout: float
    ) -> None:
        assert schema.api is not None
        self.platform_name = schema.name
        self.http = HttpClient(connection, RateLimiter.for_connection(schema.api, connection, clock), clock, timeout)
        self.http.sign = constant_headers({"partyID": connection.client_id, "apiKey": secret})
        self.endpoints = Endpoints.for_connection(schema.api, connection)
        self._statuses = schema.api.statuses
        self._json_mapping = JsonMapping(schema.api.body, words={"language": _LANGUAGES}, host=connection.host)
        self._party = connection.client_id

    async def account(self) -> Account:
        """Return the party whose account this is, once it may sign in; no documented call has its name."""
        await self._companies()
        return Account(self._party, self._party, self.http.account_address)

    async def lists(self) -> ReferenceLists:
        """Return no lists: a company refers to none."""
        return ReferenceLists()

    async def clients(self) -> AsyncIterator[RemoteClient]:
        """Yield every registered company."""
        for document in await self._companies():
            yield self._remote_client(document)

    async def client(self, client_id: str) -> RemoteClient | None:
        """Return one company, or None when it is not there."""
        return next((company for company in await self._clients() if company.client_id == client_id), None)

    async def find(self, identity: Identity) -> tuple[RemoteClient, ...]:
        """Return the companies with this identity; no documented call filters, so all are looked at."""
        return tuple(company for company in await self._clients() if identity in identities(company.fields))

    async def is_on_peppol(self, number: str) -> bool:
        """Return whether a company or VAT number is registered on Peppol, wherever that was done."""
        response = await self.http.read(self.endpoints.request("GET", "peppol", number=number))
        registered = response.document().content.get("Registered")
        if not isinstance(registered, bool):
            raise not_the_api(response.host)
        return registered

    async def create(self, client: Client, options: PushOptions, key: str) -> str:  # noqa: ARG002 -- none of them is known here
        """Register a company, which sends its mail."""
        document = registration(self._json_mapping, client.fields)
        response = await self.http.call(self.endpoints.request("POST", "clients", key=key, json=document))
        client_id = created_id(response, "CompanyID", may_exist=response.status in _MAY_EXIST)
        return verify_created(
            client_id, client.fields, partial(self._remote_client, response.document()), creating_mails=True
        )

    async def close(self) -> None:
        """Close the session."""
        await self.http.close()

    async def _clients(self) -> list[RemoteClient]:
        return [self._remote_client(document) for document in await self._companies()]

    async def _companies(self) -> tuple[JsonDocument, ...]:
        return (await self.http.read(self.endpoints.request("GET", "clients"))).objects("Companies")

    def _remote_client(self, document: JsonDocument) -> RemoteClient:
        integrations = _integrations(document)
        fields = company_fields(self._json_mapping, document.object("CompanyDetails"))
        status = self._statuses.get(integrations.get(PEPPOL, ""), "unknown")
        return RemoteClient(document.id("CompanyID"), status, fields, integrations=integrations)


def registration(json_mapping: JsonMapping, fields: Mapping[str, str]) -> dict[str, Any]:
    """Return the body that registers a company with these fields; what a row does not have is left out.

    A company number is an extra identifier only where the VAT number does not hold it already.

    >>> shape = JsonMapping({"legal_name": "CompanyName", "city": "Address.City", "country": "Address.CountryCode"})
    >>> registration(shape, {"legal_name": "Bakkerij", "city": "Gent", "country": "BE"})["Addresses"]
    [{'AddressType': 'InvoiceAddress', 'Name': 'Bakkerij', 'City': 'Gent', 'CountryCode': 'BE'}]
    """
    in_vat_number = fields.get("vat_number", "")[2:] == fields.get("company_number")
    sent = {name: value for name, value in fields.items() if value and not (in_vat_number and name == "company_number")}
    document = json_mapping.to_json(sent)
    address, numbers = document.pop("Address", {}), document.pop("Identifiers", {})
    document["Addresses"] = [{"AddressType": INVOICE_ADDRESS, "Name": fields.get("legal_name"), **address}]
    if numbers:
        document["Identifiers"] = [{"IdentifierType": kind, "Identifier": number} for kind, number in numbers.items()]
    return document


def company_fields(json_mapping: JsonMapping, details: JsonDocument) -> dict[str, str]:
    """Return the canonical fields of a registered company's details; a Belgian VAT number holds the company number.

    >>> details = JsonDocument({"TaxIdentifier": "BE0566988259", "Addresses": None}, "host")
    >>> company_fields(JsonMapping({"vat_number": "TaxIdentifier"}), details)
    {'vat_number': 'BE0566988259', 'company_number': '0566988259'}
    """
    addresses = details.objects("Addresses")
    invoice = next((address.content for address in addresses if address.text("AddressType") == INVOICE_ADDRESS), {})
    by_type = {
        identifier.text("IdentifierType"): identifier.text("Identifier")
        for identifier in details.objects("Identifiers")
    }
    fields = json_mapping.from_json({**details.content, "Address": invoice, "Identifiers": by_type})
    vat = fields.get("vat_number", "")
    if "company_number" not in fields and vat.startswith("BE") and len(vat) == _BELGIAN:
        fields["company_number"] = vat[2:]
    return fields


def _integrations(document: JsonDocument) -> dict[str, str]:
    """Return each integration's state by its name."""
    return {
        integration.text("Integration"): integration.text("IntegrationStatus")
        for integration in document.objects("Integrations")
    }


CONNECTOR = Billit
