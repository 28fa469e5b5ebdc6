"""Billit's dialect: two headers, companies registered and mailed in one call, all of them in one list."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clientimport.sandbox.api_error import FieldError, invalid
from clientimport.sandbox.attribute import Body
from clientimport.sandbox.authentication import party_of
from clientimport.sandbox.billit.rules import BILLIT, details, flat
from clientimport.sandbox.client_service import ClientService
from clientimport.sandbox.idempotency import once
from clientimport.sandbox.request_parsing import body_of
from clientimport.sandbox.server_state import ServerState
from clientimport.sandbox.store import StoredClient

OTHERS_ADDRESS = "must be different for every account"
_NUMBER_SCHEME = "0208"
"""Peppol's scheme of Belgian company numbers: https://docs.billit.be/docs/allowed-identifiers."""


@dataclass(frozen=True, slots=True)
class BillitRoutes:
    """The access point that companies are registered at."""

    world: ServerState

    def routes(self) -> list[Route]:
        """Return what it answers to."""
        return [
            Route("/v1/einvoices/registrations", self.list),
            Route("/v1/einvoices/registrations", self.register, methods=["POST"]),
            Route("/v1/peppol/participantInformation/{number}", self.participant),
        ]

    def book(self, request: Request) -> ClientService:
        """Return the companies of the party that signs in."""
        return ClientService(self.world, BILLIT, party_of(request), lambda: str(10**8 + secrets.randbelow(9 * 10**8)))

    async def list(self, request: Request) -> Response:
        """List all registered companies with their integrations."""
        book = self.book(request)
        clients = self.world.store.page(book.account, 0, self.world.store.count(book.account))
        return JSONResponse({"Companies": [_json(client) for client in clients]})

    async def register(self, request: Request) -> Response:
        """Register a company, active at once, and send the mail that verifies it."""
        book, body = self.book(request), await body_of(request)
        return await once(request, book, 200, lambda: self._registered(book, flat(body)))

    async def participant(self, request: Request) -> Response:
        """Tell whether a VAT or company number is on Peppol: of any party's companies."""
        self.book(request)
        number = request.path_params["number"].rpartition(":")[2]
        digits = number.removeprefix("BE")
        return JSONResponse({"Registered": self._is_registered(number), "Identifier": f"{_NUMBER_SCHEME}:{digits}"})

    def _registered(self, book: ClientService, company: Body) -> dict[str, Any]:
        self._require_own_address(book, company)
        client = book.add(company)
        book.mail(client.id, client.status)
        return _json(book.get(client.id))

    def _require_own_address(self, book: ClientService, company: Body) -> None:
        address = company.get("Email")
        if isinstance(address, str) and not self.world.options.allow_duplicates:
            for other in self.world.store.find(book.account, "contact_email", address.casefold()):
                if other.body["TaxIdentifier"] != company.get("TaxIdentifier"):
                    raise invalid(FieldError("Email", OTHERS_ADDRESS))

    def _is_registered(self, number: str) -> bool:
        companies = (client.body for client in self.world.store.everyone() if client.account.startswith(BILLIT.id))
        return any(
            number in {body["TaxIdentifier"], body.get("CBE"), body["TaxIdentifier"].removeprefix("BE")}
            for body in companies
        )


def _json(client: StoredClient) -> dict[str, Any]:
    peppol = {
        "IntegrationID": str(uuid.uuid5(uuid.NAMESPACE_OID, client.id)),
        "Integration": "Peppol",
        "IntegrationStatus": client.status,
        "IntegrationStatusDesc": "",
    }
    return {"CompanyID": int(client.id), "CompanyDetails": details(client.body), "Integrations": [peppol]}
