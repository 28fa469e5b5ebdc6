"""Banqup's dialect: tokens, spaces, clients, invitations; the same for the Partner Space and both Consoles."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clientimport.sandbox.api_error import ApiError
from clientimport.sandbox.attribute import Body
from clientimport.sandbox.authentication import Tokens
from clientimport.sandbox.client_service import ClientService
from clientimport.sandbox.idempotency import once
from clientimport.sandbox.platform_rules import PlatformRules
from clientimport.sandbox.request_parsing import body_of, page_of
from clientimport.sandbox.server_state import OFFICES, ServerState
from clientimport.sandbox.store import StoredClient

SPACE = "/partnerstore/v1/spaces/{space}"


@cache
def space_of(birth: str, platform: str, office: str) -> str:
    """Return the id of an office's space, the same after every start on one database."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{birth}/{platform}/{office}"))


@dataclass(frozen=True, slots=True)
class BanqupRoutes:
    """One of Banqup's platforms."""

    world: ServerState
    platform: PlatformRules
    tokens: Tokens

    def routes(self) -> list[Route]:
        """Return what every Banqup platform answers to, but for the way of sending."""
        return [
            Route("/oauth2/client_credential/gettoken", self.tokens.as_json, methods=["POST"]),
            Route("/oauth2/client_credential/accesstoken", self.tokens.bare, methods=["POST"]),
            Route("/entitystore/v1/spaces", self.spaces),
            Route(f"{SPACE}/clients", self.list),
            Route(f"{SPACE}/clients", self.create, methods=["POST"]),
            Route(f"{SPACE}/clients/{{id}}", self.show),
            Route(f"{SPACE}/clients/{{id}}", self.change, methods=["PATCH"]),
            Route(f"{SPACE}/clients/{{id}}", self.delete, methods=["DELETE"]),
            Route(f"{SPACE}/users", self.users),
        ]

    def sending(self, verb: str) -> list[Route]:
        """Return the route by which a client gets its mail: invitations or provisioning."""
        return [Route(f"{SPACE}/clients/{{id}}/{verb}", self.send, methods=["POST"])]

    def book(self, request: Request) -> ClientService:
        """Return the clients of the space in the path. Raises ApiError when it is not the caller's."""
        owner = self.tokens.owner(request)
        if owner not in OFFICES or request.path_params["space"] != self._space(owner):
            raise ApiError(403, "FORBIDDEN", "No access to this space")
        return ClientService(self.world, self.platform, owner, lambda: str(uuid.uuid4()))

    async def spaces(self, request: Request) -> Response:
        """List the caller's spaces; an app that was not let in sees none, and no error."""
        office = OFFICES.get(self.tokens.owner(request))
        known = [{"id": self._space(office.id), "name": office.name, "type": "PARTNER"}] if office else []
        return JSONResponse({"spaces": known})

    async def list(self, request: Request) -> Response:
        """List clients by page, or those that a filter finds."""
        page = page_of(request, first=0)
        clients, last = self.book(request).page(page, request.query_params)
        body = {"clients": [_json(client) for client in clients], "page": page.number, "pageCount": last + 1}
        return JSONResponse(body)

    async def create(self, request: Request) -> Response:
        """Add a client as a draft, with the default configuration template when none is named."""
        book, body = self.book(request), await body_of(request)
        return await once(request, book, 201, lambda: _json(book.add(self._configured(book, body))))

    async def show(self, request: Request) -> Response:
        """Show one client."""
        return JSONResponse(_json(self.book(request).get(request.path_params["id"])))

    async def change(self, request: Request) -> Response:
        """Change what is given."""
        book, patch = self.book(request), await body_of(request)
        with self.world.store.transaction():
            return JSONResponse(_json(book.change(request.path_params["id"], patch)))

    async def delete(self, request: Request) -> Response:
        """Delete a client that may go."""
        book = self.book(request)
        with self.world.store.transaction():
            book.delete(request.path_params["id"])
        return Response(status_code=204)

    async def send(self, request: Request) -> Response:
        """Send a client its invitation, or provision it."""
        book = self.book(request)
        return await once(request, book, 202, lambda: {"status": book.send(request.path_params["id"])})

    async def users(self, request: Request) -> Response:
        """List the office's people."""
        self.book(request)
        return JSONResponse({"users": [{"email": user} for user in self.world.setup.users]})

    def _space(self, office: str) -> str:
        return space_of(self.world.store.birth, self.platform.id, office)

    def _configured(self, book: ClientService, body: Body) -> Body:
        templates = self.world.store.configurations(book.account)
        default = next((name for name, template in templates.items() if template["default"]), None)
        named = body.get("configurationTemplate") or default
        chosen = templates.get(named, {}) if isinstance(named, str) else {}
        settings = {name: chosen[name] for name in ("users", "integrations") if chosen.get(name)}
        return {**settings, **body, "configurationTemplate": named} if named else body


def _json(client: StoredClient) -> dict[str, Any]:
    return {"id": client.id, "status": client.status, "invitations": client.invitations, **client.body}
