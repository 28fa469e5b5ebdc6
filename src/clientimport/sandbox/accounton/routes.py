"""Accounton's API: two headers instead of a token, customers, questionnaires linked first and sent later."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clientimport.sandbox.accounton.rules import ACCOUNTON
from clientimport.sandbox.authentication import authenticated_office
from clientimport.sandbox.client_routes import ClientRoutes
from clientimport.sandbox.client_service import ClientService
from clientimport.sandbox.error_responses import message_response
from clientimport.sandbox.request_parsing import ResultPage, requested_page
from clientimport.sandbox.seed_data import object_id
from clientimport.sandbox.server_state import OFFICES, ServerState
from clientimport.sandbox.store import StoredClient


@dataclass(frozen=True, slots=True)
class AccountonRoutes:
    """The endpoints of the platform for the personal income tax."""

    state: ServerState
    error_response = staticmethod(message_response)

    def routes(self) -> list[Route]:
        """Return the endpoints."""
        return [
            Route("/financialyears/current", self.financial_year),
            Route("/checklists", self.checklists),
            Route("/settings", self.settings),
            Route("/users", self.users),
            Route("/customers", self.list),
            *ClientRoutes(self.client_service, _json).routes("/customers", "send"),
        ]

    def client_service(self, request: Request) -> ClientService:
        """Return the customers of the office that signs in."""
        return ClientService(self.state, ACCOUNTON, authenticated_office(request), lambda: secrets.token_hex(12))

    async def financial_year(self, request: Request) -> Response:
        """Return the one year that is open."""
        authenticated_office(request)
        year = self.state.now().year
        dates = {"startDate": f"{year}-01-01", "endDate": f"{year}-12-31"}
        return JSONResponse({"_id": self._year_id(), **dates, "isCurrentYear": True})

    async def checklists(self, request: Request) -> Response:
        """List the questionnaires of a language and a year."""
        authenticated_office(request)
        language = request.query_params.get("language")
        year = request.query_params.get("financialYear", self._year_id())
        questionnaires = self.state.seed_data.questionnaires if year == self._year_id() else ()
        rows = [
            {"_id": entry.id, "name": entry.name, "language": entry.language}
            for entry in questionnaires
            if language in {None, entry.language}
        ]
        return _page_of_rows(request, rows)

    async def settings(self, request: Request) -> Response:
        """Return the office and the languages it chose."""
        office = OFFICES[authenticated_office(request)]
        office_json = {"_id": object_id(f"{self.state.store.database_id} {office.id}"), "name": office.name}
        return JSONResponse({"office": office_json, "languages": list(self.state.seed_data.languages)})

    async def users(self, request: Request) -> Response:
        """List the office's users."""
        authenticated_office(request)
        return _page_of_rows(request, [{"email": user} for user in self.state.seed_data.users])

    async def list(self, request: Request) -> Response:
        """List customers by page, or those that match a filter."""
        page = requested_page(request, first=1)
        customers, last = self.client_service(request).page(page, request.query_params)
        return _page_response(map(_json, customers), page, last)

    def _year_id(self) -> str:
        return object_id(str(self.state.now().year))


def _page_of_rows(request: Request, rows: list[dict[str, Any]]) -> JSONResponse:
    page = requested_page(request, first=1)
    return _page_response(rows[page.start : page.start + page.size], page, page.last(len(rows)))


def _page_response(rows: Iterable[dict[str, Any]], page: ResultPage, last: int) -> JSONResponse:
    return JSONResponse({"data": list(rows), "page": page.number, "first_page": page.first, "last_page": last})


def _json(customer: StoredClient) -> dict[str, Any]:
    return {"_id": customer.id, "status": customer.status, "sentCount": customer.invitations, **customer.body}
