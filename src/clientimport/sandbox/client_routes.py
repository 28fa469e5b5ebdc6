"""The endpoints of a client that Accounton and Banqup share: create, show, change, delete, send its mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clientimport.sandbox.attribute import Body
from clientimport.sandbox.client_service import ClientService
from clientimport.sandbox.idempotency import run_once
from clientimport.sandbox.request_parsing import json_body
from clientimport.sandbox.store import StoredClient


def _unchanged(_: ClientService, body: Body) -> Body:
    return body


@dataclass(frozen=True, slots=True)
class ClientRoutes:
    """What can be done with one client."""

    client_service: Callable[[Request], ClientService]
    """Return the clients of the account that is signed in."""
    to_json: Callable[[StoredClient], dict[str, Any]]
    complete: Callable[[ClientService, Body], Body] = _unchanged
    """Add the account's defaults to the body of a new client."""

    def routes(self, path: str, send_verb: str) -> list[Route]:
        """Return the endpoints under a list's path; the mail is sent by POST to `send_verb` below the client."""
        return [
            Route(path, self.create, methods=["POST"]),
            Route(f"{path}/{{id}}", self.show),
            Route(f"{path}/{{id}}", self.change, methods=["PATCH"]),
            Route(f"{path}/{{id}}", self.delete, methods=["DELETE"]),
            Route(f"{path}/{{id}}/{send_verb}", self.send, methods=["POST"]),
        ]

    async def create(self, request: Request) -> Response:
        """Add a client as a draft; it gets no mail yet."""
        service, body = self.client_service(request), await json_body(request)
        return await run_once(request, service, 201, lambda: self.to_json(service.add(self.complete(service, body))))

    async def show(self, request: Request) -> Response:
        """Show one client."""
        return JSONResponse(self.to_json(self.client_service(request).get(request.path_params["id"])))

    async def change(self, request: Request) -> Response:
        """Change the attributes that the body names."""
        service, patch = self.client_service(request), await json_body(request)
        with service.state.store.transaction():
            return JSONResponse(self.to_json(service.change(request.path_params["id"], patch)))

    async def delete(self, request: Request) -> Response:
        """Delete a client whose state allows it."""
        service = self.client_service(request)
        with service.state.store.transaction():
            service.delete(request.path_params["id"])
        return Response(status_code=204)

    async def send(self, request: Request) -> Response:
        """Send a client its invitation or questionnaire, or provision it."""
        service = self.client_service(request)
        return await run_once(request, service, 202, lambda: {"status": service.send(request.path_params["id"])})
