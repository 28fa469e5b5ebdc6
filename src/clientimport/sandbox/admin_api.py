"""The sandbox's own addresses, for tests and the demo: what it has, what it would have sent, a switch for states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clientimport.sandbox.api_error import ApiError, unknown
from clientimport.sandbox.platform_rules import PlatformRules
from clientimport.sandbox.request_parsing import body_of
from clientimport.sandbox.server_state import ServerState
from clientimport.sandbox.store import StoredClient


@dataclass(frozen=True, slots=True)
class AdminApi:
    """What can be seen and done from outside the platforms."""

    world: ServerState
    platforms: Mapping[str, PlatformRules]

    def routes(self) -> list[Route]:
        """Return what it answers to."""
        return [
            Route("/clients", self.clients),
            Route("/clients/{id}/status", self.switch, methods=["POST"]),
            Route("/outbox", self.outbox),
            Route("/requests", self.requests),
        ]

    async def clients(self, _: Request) -> Response:
        """List all clients of all platforms and offices, in canonical fields."""
        return JSONResponse({"clients": [self._described(client) for client in self.world.store.everyone()]})

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
            for mail in self.world.store.mails()
        ]
        return JSONResponse({"mails": mails})

    async def requests(self, _: Request) -> Response:
        """Tell how often each method and path was asked for."""
        return JSONResponse({"requests": self.world.requests})

    async def switch(self, request: Request) -> Response:
        """Set a client's state, by the canonical word or the platform's own."""
        state = (await body_of(request)).get("status")
        client = self.world.store.client(request.path_params["id"])
        if client is None:
            raise unknown("Client")
        word = self._platform(client).word(str(state))
        if word is None:
            raise ApiError(400, "BAD_REQUEST", "status is not one of this platform's")
        with self.world.store.transaction():
            self.world.store.mark(client.id, word, client.invitations)
        return JSONResponse(self._described(self.world.store.client(client.id) or client))

    def _described(self, client: StoredClient) -> dict[str, Any]:
        platform = self._platform(client)
        questionnaire = self.world.setup.questionnaire(client.body.get("checklist", ""))
        besides = {
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
            **{name: value for name, value in besides.items() if value},
        }

    def _platform(self, client: StoredClient) -> PlatformRules:
        return self.platforms[client.account.partition("/")[0]]
