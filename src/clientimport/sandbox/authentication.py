"""Authentication of an office: Banqup issues a token for some minutes, the others read two headers each time."""

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
"""An app that signs in and that no office gave access."""
_SECRETS = {office.id: office.secret for office in OFFICES.values()}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens that one platform issued."""

    state: ServerState
    _issued: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    async def as_json(self, request: Request) -> JSONResponse:
        """Issue a token as JSON, as the newer page of Banqup describes."""
        token, expires = await self._issue(request)
        return JSONResponse(
            {
                "access_token": token,
                "token_type": "Bearer",
                "expires_at": expires.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "expires_in": self.state.options.token_lifetime,
            }
        )

    async def as_text(self, request: Request) -> PlainTextResponse:
        """Issue a token as plain text, as the older page describes."""
        return PlainTextResponse((await self._issue(request))[0])

    def owner(self, request: Request) -> str:
        """Return the client id whose token a request has. Raises ApiError when it is missing or expired."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        owner, expires = self._issued.get(token, ("", self.state.now()))
        if scheme != "Bearer" or expires <= self.state.now():
            raise ApiError(401, "UNAUTHORIZED", "The token is missing, unknown or expired")
        return owner

    async def _issue(self, request: Request) -> tuple[str, datetime]:
        form = parse_qs((await request.body()).decode(errors="replace"))
        grant, client_id, secret = (form.get(name, [""])[0] for name in ("grant_type", "client_id", "client_secret"))
        if grant != "client_credentials":
            raise ApiError(400, "BAD_REQUEST", "grant_type must be client_credentials")
        if {**_SECRETS, STRANGER: "demo"}.get(client_id) != secret:
            raise ApiError(401, "UNAUTHORIZED", "Unknown client_id or wrong client_secret")
        token, expires = (
            secrets.token_urlsafe(32),
            self.state.now() + timedelta(seconds=self.state.options.token_lifetime),
        )
        self._issued[token] = (client_id, expires)
        return token, expires


def authenticated_office(request: Request) -> str:
    """Return the office that the headers X-CLIENT-ID and X-CLIENT-SECRET name. Raises ApiError."""
    return _authenticated(request, "x-client-id", "x-client-secret")


def authenticated_party(request: Request) -> str:
    """Return the office that Billit's headers partyID and apiKey name. Raises ApiError.

    Source: https://docs.billit.be/docs/api-key-practical-use
    """
    return _authenticated(request, "partyid", "apikey")


def _authenticated(request: Request, *headers: str) -> str:
    client_id, secret = (request.headers.get(name, "") for name in headers)
    if _SECRETS.get(client_id) != secret:
        raise ApiError(401, "UNAUTHORIZED", "Unauthorized")
    return client_id
