"""Accounton's dialect: two headers instead of a token, customers, questionnaires linked first and sent later."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clientimport.sandbox.accounton.rules import ACCOUNTON
from clientimport.sandbox.authentication import office_of
from clientimport.sandbox.client_service import ClientService
from clientimport.sandbox.idempotency import once
from clientimport.sandbox.request_parsing import ResultPage, body_of, page_of
from clientimport.sandbox.seed_data import object_id
from clientimport.sandbox.server_state import OFFICES, ServerState
from clientimport.sandbox.store import StoredClient


@dataclass(frozen=True, slots=True)
class AccountonRoutes:
    """The platform of the personal income tax."""

    world: ServerState

    def routes(self) -> list[Route]:
        """Return what it answers to."""
        return [
            Route("/financialyears/current", self.financial_year),
            Route("/checklists", self.checklists),
            Route("/settings", self.settings),
            Route("/users", self.users),
            Route("/customers", self.list),
            Route("/customers", self.create, methods=["POST"]),
            Route("/customers/{id}", self.show),
            Route("/customers/{id}", self.change, methods=["PATCH"]),
            Route("/customers/{id}", self.delete, methods=["DELETE"]),
            Route("/customers/{id}/send", self.send, methods=["POST"]),
        ]

    def book(self, request: Request) -> ClientService:
        """Return the customers of the office that signs in."""
        return ClientService(self.world, ACCOUNTON, office_of(request), lambda: secrets.token_hex(12))

    async def financial_year(self, request: Request) -> Response:
        """Show the one year that is open."""
        office_of(request)
        year = self.world.now().year
        dates = {"startDate": f"{year}-01-01", "endDate": f"{year}-12-31"}
        return JSONResponse({"_id": self._year_id(), **dates, "isCurrentYear": True})

    async def checklists(self, request: Request) -> Response:
        """List the questionnaires of a language and a year."""
        office_of(request)
        language = request.query_params.get("language")
        year = request.query_params.get("financialYear", self._year_id())
        known = self.world.setup.questionnaires if year == self._year_id() else ()
        found = [one for one in known if language in {None, one.language}]
        rows = [{"_id": one.id, "name": one.name, "language": one.language} for one in found]
        return _excerpt(request, rows)

    async def settings(self, request: Request) -> Response:
        """Show the office and the languages it chose."""
        office = OFFICES[office_of(request)]
        described = {"_id": object_id(f"{self.world.store.birth} {office.id}"), "name": office.name}
        return JSONResponse({"office": described, "languages": list(self.world.setup.languages)})

    async def users(self, request: Request) -> Response:
        """List the office's people."""
        office_of(request)
        return _excerpt(request, [{"email": user} for user in self.world.setup.users])

    async def list(self, request: Request) -> Response:
        """List customers by page, or those that a filter finds."""
        page = page_of(request, first=1)
        customers, last = self.book(request).page(page, request.query_params)
        return _listed(map(_json, customers), page, last)

    async def create(self, request: Request) -> Response:
        """Add a customer with its questionnaire, not sent yet."""
        book, body = self.book(request), await body_of(request)
        return await once(request, book, 201, lambda: _json(book.add(body)))

    async def show(self, request: Request) -> Response:
        """Show one customer."""
        return JSONResponse(_json(self.book(request).get(request.path_params["id"])))

    async def change(self, request: Request) -> Response:
        """Change what is given."""
        book, patch = self.book(request), await body_of(request)
        with self.world.store.transaction():
            return JSONResponse(_json(book.change(request.path_params["id"], patch)))

    async def delete(self, request: Request) -> Response:
        """Delete a customer that may go."""
        book = self.book(request)
        with self.world.store.transaction():
            book.delete(request.path_params["id"])
        return Response(status_code=204)

    async def send(self, request: Request) -> Response:
        """Send a customer the questionnaire."""
        book = self.book(request)
        return await once(request, book, 202, lambda: {"status": book.send(request.path_params["id"])})

    def _year_id(self) -> str:
        return object_id(str(self.world.now().year))


def _excerpt(request: Request, rows: list[dict[str, Any]]) -> JSONResponse:
    page = page_of(request, first=1)
    return _listed(rows[page.start : page.start + page.size], page, page.last(len(rows)))


def _listed(rows: Iterable[dict[str, Any]], page: ResultPage, last: int) -> JSONResponse:
    return JSONResponse({"data": list(rows), "page": page.number, "first_page": page.first, "last_page": last})


def _json(customer: StoredClient) -> dict[str, Any]:
    return {"_id": customer.id, "status": customer.status, "sentCount": customer.invitations, **customer.body}
