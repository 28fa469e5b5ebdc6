"""The client-credentials sign-in of the Banqup family: a token that lives for minutes and is renewed before it ends.

Its two token endpoints answer differently, in JSON or with the bare token, so both shapes are taken:
https://docs.btx.banqup.com/docs/api-guides/getting-started
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from clientimport.connectors.http.client import HttpClient, Request, Response
from clientimport.connectors.http.json_document import not_the_api
from clientimport.errors import CredentialsRefused

DEFAULT_LIFETIME = 300.0
"""Seconds for which a token is used when its answer does not state them. Chosen, not measured."""

MAX_LIFETIME = 86_400.0
"""Seconds after which a token is renewed even if its answer states more. Chosen, not measured."""

_RENEW_EARLY = 30.0
"""Seconds before its end at which a token is renewed: as long as a request may take. Chosen, not measured."""
_TOKEN = re.compile(r"[!-~]{1,65536}").fullmatch
"""What a header can hold without a second line: https://www.rfc-editor.org/rfc/rfc6750#section-2.1."""


class ClientCredentials:
    """The token of one connection."""

    def __init__(self, session: HttpClient, path: str, name: str, client_id: str, secret: str) -> None:
        self._session = session
        self._request = Request("POST", path, form=_form(client_id, secret), sign_in=True)
        self._name = name
        self._token = ""
        self._renew_at = 0.0
        self._lock = asyncio.Lock()

    async def sign(self, refused: Mapping[str, str] | None) -> Mapping[str, str]:
        """Return the headers of a signed request, asking for a token when there is none or it is about to end.

        Several requests may be rejected with one token: only the first of them asks for another.
        """
        async with self._lock:
            due = self._session.clock.monotonic() >= self._renew_at
            if due or refused == self._headers():
                await self._renew()
        return self._headers()

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    async def _renew(self) -> None:
        asked_at = self._session.clock.monotonic()
        response = await self._session.call(self._request)
        token, life = _token_and_lifetime(response, self._session.clock.now())
        if not response.ok:
            raise CredentialsRefused("credentials.refused", name=self._name)
        if not _TOKEN(token):
            raise not_the_api(response.host)
        self._token = token
        # A token of one second is renewed for every request rather than rejected at every second one.
        self._renew_at = asked_at + max(life - _RENEW_EARLY, life / 2)


def _form(client_id: str, secret: str) -> dict[str, str]:
    return {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}


def _token_and_lifetime(response: Response, now: datetime) -> tuple[str, float]:
    content = response.content
    if isinstance(content, dict):
        token = content.get("access_token")
        return token if isinstance(token, str) else "", _lifetime(content, now)
    return content.strip().strip('"') if isinstance(content, str) else "", DEFAULT_LIFETIME


def _lifetime(content: Mapping[str, Any], now: datetime) -> float:
    """Return for how many seconds a token is good; other than seconds or a moment counts as not stated.

    >>> _lifetime({"expires_in": 10**400}, datetime(2026, 1, 1)), _lifetime({"expires_in": -5}, datetime(2026, 1, 1))
    (86400.0, 300.0)
    """
    stated, moment = content.get("expires_in"), content.get("expires_at")
    if isinstance(stated, (int, float)) and not isinstance(stated, bool) and stated > 0:  # NaN is not
        return float(min(stated, MAX_LIFETIME))
    try:
        left = (datetime.fromisoformat(moment) - now).total_seconds() if isinstance(moment, str) else DEFAULT_LIFETIME
    except (ValueError, TypeError, OverflowError):
        return DEFAULT_LIFETIME
    return min(max(1.0, left), MAX_LIFETIME)
