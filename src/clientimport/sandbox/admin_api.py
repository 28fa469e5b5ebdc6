"""The sandbox's own endpoints, for tests and the demo: its clients, its outbox, its requests, a client's state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clientimport.sandbox.api_error import ApiError, not_found
from clientimport.sandbox.platform_rules import PlatformRules
from clientimport.sandbox.request_parsing import json_body
from clientimport.sandbox.server_state import ServerState
from clientimport.sandbox.store import StoredClient


@dataclass(frozen=True, slots=True)
class AdminApi:
    """The endpoints below /_sandbox."""

    state: ServerState
    platforms: Mapping[str, PlatformRules]

    def routes(self) -> list[Route]:
        """Return the endpoints."""
        return [
            Route("/clients", self.clients),
            Route("/clients/{id}/status", self.set_status, methods=["POST"]),
            Route("/outbox", self.outbox),
            Route("/requests", self.requests),
        ]

    async def clients(self, _: Request) -> Response:
        """List all clients of all platforms and offices, in canonical fields."""
        return JSONResponse({"clients": [self._client_json(client) for client in self.state.store.all_clients()]})

    async def outbox(self, _: Request) -> Response:
        """List the mails that would have been sent, the oldest first."""
        mails = [
            {
                "platform": mail.account.partition("/")[0],
                "client_id": mail.client_id,
                "to": mail.to,
                "kind": mail.kind,
                "number": mail.number,
            }
            for mail in self.state.store.mails()
        ]
        return JSONResponse({"mails": mails})

    async def requests(self, _: Request) -> Response:
        """Return how many requests each method and path had."""
        return JSONResponse({"requests": self.state.requests})

    async def set_status(self, request: Request) -> Response:
        """Set a client's state, by the canonical word or the platform's own."""
        state = (await json_body(request)).get("status")
        client = self.state.store.client(request.path_params["id"])
        if client is None:
            raise not_found("Client")
        word = self._platform(client).word(str(state))
        if word is None:
            raise ApiError(400, "BAD_REQUEST", "status is not one of this platform's")
        with self.state.store.transaction():
            self.state.store.set_status(client.id, word, client.invitations)
        return JSONResponse(self._client_json(self.state.store.client(client.id) or client))

    def _client_json(self, client: StoredClient) -> dict[str, Any]:
        platform = self._platform(client)
        questionnaire = self.state.seed_data.questionnaire(client.body.get("checklist", ""))
        optional = {
            "contacts": client.body.get("contacts"),
            "document_sharing": client.body.get("documentSharing"),
            "questionnaire": questionnaire and questionnaire.name,
        }
        return {
            "id": client.id,
            "platform": platform.id,
            "office": client.account.partition("/")[2],
            "status": platform.states[client.status],
            "invitations": client.invitations,
            "fields": platform.canonical(client.body),
            **{name: value for name, value in optional.items() if value},
        }

    def _platform(self, client: StoredClient) -> PlatformRules:
        return self.platforms[client.account.partition("/")[0]]
