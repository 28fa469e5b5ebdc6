"""Billit's API: two headers, companies registered and mailed in one call, all of them in one list."""

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
from clientimport.sandbox.authentication import authenticated_party
from clientimport.sandbox.billit.rules import BILLIT, company_details, flatten
from clientimport.sandbox.client_service import ClientService
from clientimport.sandbox.error_responses import message_response
from clientimport.sandbox.idempotency import run_once
from clientimport.sandbox.request_parsing import json_body
from clientimport.sandbox.server_state import ServerState
from clientimport.sandbox.store import StoredClient

EMAIL_IN_USE = "must be different for every account"
_NUMBER_SCHEME = "0208"
"""Peppol's scheme of Belgian company numbers: https://docs.billit.be/docs/allowed-identifiers."""


@dataclass(frozen=True, slots=True)
class BillitRoutes:
    """The endpoints of the access point at which companies are registered."""

    state: ServerState
    error_response = staticmethod(message_response)

    def routes(self) -> list[Route]:
        """Return the endpoints."""
        return [
            Route("/v1/einvoices/registrations", self.list),
            Route("/v1/einvoices/registrations", self.register, methods=["POST"]),
            Route("/v1/peppol/participantInformation/{number}", self.participant),
        ]

    def client_service(self, request: Request) -> ClientService:
        """Return the companies of the party that signs in."""
        return ClientService(
            self.state, BILLIT, authenticated_party(request), lambda: str(10**8 + secrets.randbelow(9 * 10**8))
        )

    async def list(self, request: Request) -> Response:
        """List all registered companies with their integrations."""
        service = self.client_service(request)
        clients = self.state.store.page(service.account, 0, self.state.store.count(service.account))
        return JSONResponse({"Companies": [_json(client) for client in clients]})

    async def register(self, request: Request) -> Response:
        """Register a company, active at once, and send the mail that verifies it."""
        service, body = self.client_service(request), await json_body(request)
        return await run_once(request, service, 200, lambda: self._add_company(service, flatten(body)))

    async def participant(self, request: Request) -> Response:
        """Return whether a VAT or company number is on Peppol: that of a company of any party."""
        self.client_service(request)
        number = request.path_params["number"].rpartition(":")[2]
        digits = number.removeprefix("BE")
        return JSONResponse({"Registered": self._is_registered(number), "Identifier": f"{_NUMBER_SCHEME}:{digits}"})

    def _add_company(self, service: ClientService, company: Body) -> dict[str, Any]:
        self._require_unique_email(service, company)
        client = service.add(company)
        service.mail(client.id, client.status)
        return _json(service.get(client.id))

    def _require_unique_email(self, service: ClientService, company: Body) -> None:
        address = company.get("Email")
        if isinstance(address, str) and not self.state.options.allow_duplicates:
            for other in self.state.store.find(service.account, "contact_email", address.casefold()):
                if other.body["TaxIdentifier"] != company.get("TaxIdentifier"):
                    raise invalid(FieldError("Email", EMAIL_IN_USE))

    def _is_registered(self, number: str) -> bool:
        companies = (client.body for client in self.state.store.all_clients() if client.account.startswith(BILLIT.id))
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
    return {"CompanyID": int(client.id), "CompanyDetails": company_details(client.body), "Integrations": [peppol]}
