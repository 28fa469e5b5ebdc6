"""Banqup's API: tokens, spaces, clients, invitations; the same for the Partner Space and both Consoles."""

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
from clientimport.sandbox.client_routes import ClientRoutes
from clientimport.sandbox.client_service import ClientService
from clientimport.sandbox.error_responses import field_errors_json, retry_headers
from clientimport.sandbox.platform_rules import PlatformRules
from clientimport.sandbox.request_parsing import requested_page
from clientimport.sandbox.server_state import OFFICES, ServerState
from clientimport.sandbox.store import StoredClient

SPACE = "/partnerstore/v1/spaces/{space}"


@cache
def space_id(database_id: str, platform: str, office: str) -> str:
    """Return the id of an office's space, the same after every start on one database."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{database_id}/{platform}/{office}"))


@dataclass(frozen=True, slots=True)
class BanqupRoutes:
    """The endpoints that all of Banqup's platforms have."""

    state: ServerState
    platform: PlatformRules
    tokens: Tokens
    send_verb: str = "invitations"
    """The last part of the path by which a client gets its mail."""

    def routes(self) -> list[Route]:
        """Return the endpoints."""
        return [
            Route("/oauth2/client_credential/gettoken", self.tokens.as_json, methods=["POST"]),
            Route("/oauth2/client_credential/accesstoken", self.tokens.as_text, methods=["POST"]),
            Route("/entitystore/v1/spaces", self.spaces),
            Route(f"{SPACE}/clients", self.list),
            *ClientRoutes(self.client_service, _json, self._with_template).routes(f"{SPACE}/clients", self.send_verb),
            Route(f"{SPACE}/users", self.users),
        ]

    def client_service(self, request: Request) -> ClientService:
        """Return the clients of the space in the path. Raises ApiError when it is not the caller's."""
        owner = self.tokens.owner(request)
        if owner not in OFFICES or request.path_params["space"] != self._space(owner):
            raise ApiError(403, "FORBIDDEN", "No access to this space")
        return ClientService(self.state, self.platform, owner, lambda: str(uuid.uuid4()))

    async def spaces(self, request: Request) -> Response:
        """List the caller's spaces; an app without access gets an empty list and no error."""
        office = OFFICES.get(self.tokens.owner(request))
        spaces = [{"id": self._space(office.id), "name": office.name, "type": "PARTNER"}] if office else []
        return JSONResponse({"spaces": spaces})

    async def list(self, request: Request) -> Response:
        """List clients by page, or those that match a filter."""
        page = requested_page(request, first=0)
        clients, last = self.client_service(request).page(page, request.query_params)
        body = {"clients": [_json(client) for client in clients], "page": page.number, "pageCount": last + 1}
        return JSONResponse(body)

    async def users(self, request: Request) -> Response:
        """List the office's users."""
        self.client_service(request)
        return JSONResponse({"users": [{"email": user} for user in self.state.seed_data.users]})

    def error_response(self, request: Request, error: ApiError) -> Response:
        """Return an error in Banqup's shape.

        Source: https://docs.btx.banqup.com/docs/api-guides/developer-tools/error-handling
        """
        body: dict[str, Any] = {
            "status": error.status,
            "error": error.code,
            "timestamp": self.state.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "title": error.code.replace("_", " ").capitalize(),
            "detail": error.detail,
            "requestId": str(uuid.uuid4()),
            "type": "about:blank",
            "instance": request.scope["path"],
        }
        if error.field_errors:
            body["errors"] = field_errors_json(error)
        return JSONResponse(body, error.status, retry_headers(error))

    def _space(self, office: str) -> str:
        return space_id(self.state.store.database_id, self.platform.id, office)

    def _with_template(self, service: ClientService, body: Body) -> Body:
        templates = self.state.store.configurations(service.account)
        default = next((name for name, template in templates.items() if template["default"]), None)
        name = body.get("configurationTemplate") or default
        template = templates.get(name, {}) if isinstance(name, str) else {}
        settings = {key: template[key] for key in ("users", "integrations") if template.get(key)}
        return {**settings, **body, "configurationTemplate": name} if name else body


def _json(client: StoredClient) -> dict[str, Any]:
    return {"id": client.id, "status": client.status, "invitations": client.invitations, **client.body}
