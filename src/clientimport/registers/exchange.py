"""One question to a register over HTTP, and its answer or the reason that there is none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from clientimport.connectors.http.proxy import proxy_for
from clientimport.model.connection import LOOPBACK

if TYPE_CHECKING:
    import aiohttp

LARGEST_ANSWER = 2 * 2**20
"""Bytes. Chosen, not measured: a participant with a thousand kinds of document has a list of 300 kB."""
_PATIENCE = 20
"""Seconds; VIES itself waits for a member state."""
SILENT = frozenset({"timeout", "unreachable"})
"""The reasons that mean that nobody is there."""


class NoAnswer(Exception):
    """Nobody answered, or what came is no answer that can be used; `reason` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RegisterResponse:
    """What a register said."""

    status: int
    body: bytes
    retry_after: str | None


def on_this_machine(url: str) -> bool:
    """Return whether an address is this machine's own, where http is allowed and nobody need be spared.

    >>> on_this_machine("http://127.0.0.1:8080/smp"), on_this_machine("https://ec.europa.eu/x")
    (True, False)
    """
    try:
        return urlsplit(url).hostname in LOOPBACK
    except ValueError:
        return False


def may_be_asked(url: str) -> bool:
    """Return whether an address is https, or this machine's own."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and on_this_machine(url)))


@asynccontextmanager
async def http_session() -> AsyncIterator[aiohttp.ClientSession]:
    """Open what questions are sent with: without cookies, with certificates checked."""
    import aiohttp  # 0.2 s

    timeout = aiohttp.ClientTimeout(total=_PATIENCE, sock_connect=10)
    connector = aiohttp.TCPConnector(keepalive_timeout=3)
    async with aiohttp.ClientSession(
        connector=connector, cookie_jar=aiohttp.DummyCookieJar(), timeout=timeout
    ) as session:
        yield session


@asynccontextmanager
async def task_group() -> AsyncIterator[asyncio.TaskGroup]:
    """Open a group of tasks that ends with the first failure itself, not with a group of them."""
    try:
        async with asyncio.TaskGroup() as group:
            yield group
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None


async def ask(session: aiohttp.ClientSession, url: str, document: object = None) -> RegisterResponse:
    """Return the answer to a GET, or to a POST of `document` as JSON. Raises NoAnswer. No redirect is followed."""
    import aiohttp
    from yarl import URL

    method = "GET" if document is None else "POST"
    try:
        # The address stands as it is meant: yarl would write %3A as a colon.
        async with session.request(
            method, URL(url, encoded=True), json=document, allow_redirects=False, proxy=proxy_for(url)
        ) as response:
            body = await response.content.read(LARGEST_ANSWER)
            while not response.content.at_eof():
                part = await response.content.read(LARGEST_ANSWER)
                body += part
                if len(body) > LARGEST_ANSWER:
                    raise NoAnswer("too_long")
            return RegisterResponse(response.status, body, response.headers.get("Retry-After"))
    except TimeoutError:
        raise NoAnswer("timeout") from None
    except (aiohttp.ClientError, OSError, ValueError):
        raise NoAnswer("unreachable") from None
