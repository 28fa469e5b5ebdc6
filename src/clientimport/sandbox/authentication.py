"""How an office proves who it is: Banqup lends a token for some minutes, the others want two headers each time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse

from clientimport.sandbox.api_error import ApiError
from clientimport.sandbox.server_state import OFFICES, ServerState

STRANGER = "stranger"
"""An app with a right key that no office let in."""
_SECRETS = {office.id: office.secret for office in OFFICES.values()}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens lent out by one platform."""

    world: ServerState
    _lent: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    async def as_json(self, request: Request) -> JSONResponse:
        """Answer as the newer page of Banqup says."""
        token, expires = await self._lend(request)
        return JSONResponse(
            {
                "access_token": token,
                "token_type": "Bearer",
                "expires_at": expires.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "expires_in": self.world.options.token_lifetime,
            }
        )

    async def bare(self, request: Request) -> PlainTextResponse:
        """Answer as the older page says: the token and nothing else."""
        return PlainTextResponse((await self._lend(request))[0])

    def owner(self, request: Request) -> str:
        """Return whose token came with a request. Raises ApiError when there is none that holds."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        owner, expires = self._lent.get(token, ("", self.world.now()))
        if scheme != "Bearer" or expires <= self.world.now():
            raise ApiError(401, "UNAUTHORIZED", "The token is missing, unknown or expired")
        return owner

    async def _lend(self, request: Request) -> tuple[str, datetime]:
        form = parse_qs((await request.body()).decode(errors="replace"))
        grant, client_id, secret = (form.get(name, [""])[0] for name in ("grant_type", "client_id", "client_secret"))
        if grant != "client_credentials":
            raise ApiError(400, "BAD_REQUEST", "grant_type must be client_credentials")
        if {**_SECRETS, STRANGER: "demo"}.get(client_id) != secret:
            raise ApiError(401, "UNAUTHORIZED", "Unknown client_id or wrong client_secret")
        token, expires = (
            secrets.token_urlsafe(32),
            self.world.now() + timedelta(seconds=self.world.options.token_lifetime),
        )
        self._lent[token] = (client_id, expires)
        return token, expires


def office_of(request: Request) -> str:
    """Return the office that the headers X-CLIENT-ID and X-CLIENT-SECRET name. Raises ApiError."""
    return _shown(request, "x-client-id", "x-client-secret")


def party_of(request: Request) -> str:
    """Return the office that Billit's headers partyID and apiKey name. Raises ApiError.

    Source: https://docs.billit.be/docs/api-key-practical-use
    """
    return _shown(request, "partyid", "apikey")


def _shown(request: Request, *headers: str) -> str:
    client_id, secret = (request.headers.get(name, "") for name in headers)
    if _SECRETS.get(client_id) != secret:
        raise ApiError(401, "UNAUTHORIZED", "Unauthorized")
    return client_id
