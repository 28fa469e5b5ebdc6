"""The HTTP client: sends a request and returns its response, or raises that it was not sent, or its answer lost.

Repeats by itself only what is harmless: reading, what never left this machine, and what the platform put off with 429.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from clientimport.connectors.http.json_document import JsonDocument, not_the_api
from clientimport.connectors.http.proxy import proxy_address, proxy_for
from clientimport.connectors.http.rate_limiter import RateLimiter, retry_after_seconds
from clientimport.connectors.http.secret_redaction import redact, request_secrets
from clientimport.connectors.protocol import AnswerLost
from clientimport.errors import CredentialsRefused, PlatformUnreachable, SettingsUnusable
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection

if TYPE_CHECKING:
    import aiohttp

Sign = Callable[[Mapping[str, str] | None], Awaitable[Mapping[str, str]]]
"""Returns the headers that authenticate a request; given those that were rejected, others."""


def constant_headers(headers: Mapping[str, str]) -> Sign:
    """Return what signs every request with the same headers."""

    async def sign(_refused: Mapping[str, str] | None) -> Mapping[str, str]:
        return headers

    return sign


MAX_TRIES = 4
"""Tries of a request that may be repeated, before the platform counts as down. Chosen, not measured."""
MAX_THROTTLED = 10
"""Answers of 429 to one request before the run stops. Chosen, not measured."""
MAX_WAIT = 120.0
"""Seconds; after a longer pause the same command goes on another time. Chosen, not measured."""
MAX_RESPONSE_BYTES = 32 * 2**20
"""Bytes. Chosen, not measured: Billit lists all companies at once, thirty thousand of 1 kB."""
RETRY_BUDGET = 200
"""Retries in one session; beyond, the platform is down and more would only make it worse. Chosen, not measured."""

_REQUEST_TIMEOUT, _TOO_MANY, _SERVER_ERROR = 408, 429, 500
_UNAUTHORIZED, _FORBIDDEN = 401, 403
BAD_REQUEST, NOT_FOUND, NOT_ALLOWED, CONFLICT, UNPROCESSABLE = 400, 404, 405, 409, 422
_UNREADABLE = object()
_has_surrogate = re.compile(rb"\\u[dD]").search
"""The beginning of what may be half of a letter, in JSON: https://www.rfc-editor.org/rfc/rfc8259#section-8.2."""
_PUBLIC_FIELDS = ("grant_type", "client_id")
"""The fields of a request for a token that are no secret."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """One call of a platform's API."""

    method: str
    path: str
    query: Mapping[str, str] = dataclasses.field(default_factory=dict)
    json: object = None
    form: Mapping[str, str] | None = None
    key: str | None = None
    """Sent as Idempotency-Key: the same request twice is carried out once, where the platform honours it."""
    sign_in: bool = False
    """Asks for the right to ask: unsigned, and harmless to repeat."""

    @property
    def repeatable(self) -> bool:
        """Whether doing it twice changes nothing."""
        return self.method == "GET" or self.sign_in


@dataclass(frozen=True, slots=True)
class Response:
    """The platform's answer: `content` is its JSON, its plain text, or None."""

    status: int
    content: Any
    host: str
    auth_headers: Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    """The headers that authenticated the request."""

    @property
    def ok(self) -> bool:
        """Whether the request was carried out."""
        return 200 <= self.status < 300  # noqa: PLR2004 -- HTTP's own range

    def text(self, *path: str) -> str:
        """Return the text at `path` in the content, empty where there is none."""
        value = self.content
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        return "" if value is None or isinstance(value, (dict, list)) else str(value)

    def document(self) -> JsonDocument:
        """Return the content as an object. Raises PlatformUnreachable when it is none: not this API."""
        if not isinstance(self.content, dict):
            raise not_the_api(self.host)
        return JsonDocument(self.content, self.host)

    def objects(self, name: str) -> tuple[JsonDocument, ...]:
        """Return the list of objects called `name`. Raises PlatformUnreachable when there is none: not this API."""
        document = self.document()
        if document.content.get(name) is None:
            raise not_the_api(self.host)
        return document.objects(name)


class _NotSent(Exception):
    """The request did not leave this machine."""

    def to_unreachable(self, host: str) -> PlatformUnreachable:
        """Return the reason to stop."""
        return PlatformUnreachable("platform_down", host=host)


class _Throttled(Exception):
    """The platform did not look at the request yet: 429."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class HttpClient:
    """All calls to one connection. Redirects are never followed, certificates always checked, bodies never logged."""

    def __init__(self, connection: Connection, rate_limiter: RateLimiter, clock: Clock, timeout: float) -> None:
        self.clock = clock
        self.sign: Sign | None = None
        self.account_address = connection.address
        """Whose answers these are."""
        self.server_date: str | None = None
        """What the last answer says of the platform's clock."""
        self.answered_at: datetime | None = None
        self._connection = connection
        self._host = connection.host
        self._rate_limiter = rate_limiter
        self._timeout = timeout
        self._retries_left = RETRY_BUDGET
        self._http: aiohttp.ClientSession | None = None
        self._proxy = proxy_for(connection.base_url)
        self._sent_secrets: frozenset[str] = frozenset()

    async def call(self, request: Request) -> Response:
        """Return the platform's answer, 2xx or a rejection (4xx).

        Raises AnswerLost (it may have been carried out), PlatformUnreachable (it was not), CredentialsRefused, and
        SettingsUnusable when the address leads elsewhere.
        """
        response = await self._send_until_answered(request, refused=None)
        if response.status == _UNAUTHORIZED and not request.sign_in:
            response = await self._send_until_answered(request, refused=response.auth_headers)
        if response.status == _UNAUTHORIZED:
            raise CredentialsRefused("credentials.refused", name=self._connection.name)
        if response.status == _FORBIDDEN:
            raise CredentialsRefused("credentials.forbidden", name=self._connection.name)
        if 300 <= response.status < 400:  # noqa: PLR2004 -- HTTP's own range
            raise SettingsUnusable("connection.redirected", host=self._host)
        return response

    async def read(self, request: Request) -> Response:
        """Return what the platform has. Raises SettingsUnusable, too, when it has no such thing: not this API."""
        response = await self.call(request)
        if not response.ok:
            raise SettingsUnusable("connection.not_the_api", host=self._host, status=response.status, path=request.path)
        return response

    async def close(self) -> None:
        """Close what is open."""
        if self._http is not None:
            await self._http.close()
            self._http = None

    async def _send_until_answered(self, request: Request, *, refused: Mapping[str, str] | None) -> Response:
        tries = put_off = 0
        while True:
            try:
                return await self._send_once(request, refused)
            except _Throttled as busy:
                put_off += 1
                self._rate_limiter.back_off(self._pause(busy.seconds, put_off))
            except (_NotSent, AnswerLost) as failure:
                if isinstance(failure, AnswerLost) and not request.repeatable:
                    raise
                tries += 1
                if tries >= MAX_TRIES or self._retries_left <= 0:
                    raise failure.to_unreachable(self._host) from None
                self._retries_left -= 1
                await self.clock.sleep(self._backoff(tries))

    def _pause(self, asked: float | None, put_off: int) -> float:
        if put_off >= MAX_THROTTLED or (asked or 0) > MAX_WAIT:
            raise PlatformUnreachable("rate_limited", host=self._host, seconds=round(asked or 0)) from None
        return asked or self._backoff(put_off)

    def _backoff(self, tries: int) -> float:
        """Return the seconds to wait: full jitter up to 20 seconds, which is chosen, not measured.

        https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
        """
        return self.clock.chance() * min(20.0, 0.5 * float(2**tries))

    async def _send_once(self, request: Request, refused: Mapping[str, str] | None) -> Response:
        auth_headers = {} if self.sign is None or request.sign_in else await self.sign(refused)
        headers = {"Accept": "application/json, text/plain", **auth_headers}
        if request.key:
            headers["Idempotency-Key"] = request.key
        self._remember_secrets(auth_headers, request)
        async with self._rate_limiter.acquire():
            status, content, retry_after = await self._send_and_log(request, headers)
        if status == _TOO_MANY:
            raise _Throttled(retry_after_seconds(retry_after, self.clock.now()))
        self._rate_limiter.record_success()
        if status >= _SERVER_ERROR or status == _REQUEST_TIMEOUT:
            raise AnswerLost("platform_down", self._host, status)
        if not 200 <= status < 300:  # noqa: PLR2004 -- HTTP's own range; of a yes only what was asked for is read
            content = redact(content, self._sent_secrets)
        response = Response(status, None if content is _UNREADABLE else content, self._host, auth_headers)
        if response.ok and content is _UNREADABLE:
            raise AnswerLost("not_the_api", self._host)
        return response

    def _remember_secrets(self, signed: Mapping[str, str], request: Request) -> None:
        """Remember the secrets of a request, to redact them when the platform repeats them."""
        form = (request.form or {}) if request.sign_in else {}
        secret = {value for name, value in form.items() if name not in _PUBLIC_FIELDS}
        public = self._connection.client_id
        if not self._connection.sandbox:  # everybody knows the secret of the built-in platform
            self._sent_secrets |= request_secrets(signed.values(), secret, public)

    async def _send_and_log(self, request: Request, headers: Mapping[str, str]) -> tuple[int, Any, str | None]:
        """Send the request, and log it; a query, a body or a header is never logged."""
        started, outcome = self.clock.monotonic(), "no answer"
        try:
            response = await self._exchange(request, headers)
            outcome = str(response[0])
        finally:
            path = redact(request.path, self._sent_secrets)  # an id in it is the platform's word
            _LOG.debug("%s %s: %s in %.3f s", request.method, path, outcome, self.clock.monotonic() - started)
        return response

    async def _exchange(self, request: Request, headers: Mapping[str, str]) -> tuple[int, Any, str | None]:
        import aiohttp  # 0.2 s

        http = self._http = self._http or self._open()
        url = self._connection.base_url.rstrip("/") + request.path
        body = {"params": request.query, "json": request.json, "data": request.form, "headers": headers}
        body["proxy"] = self._proxy
        # What these exceptions carry (addresses, numbers in queries) must not travel on: `from None`.
        try:
            async with http.request(request.method, url, allow_redirects=False, **body) as response:  # type: ignore[arg-type]
                self.server_date, self.answered_at = response.headers.get("Date"), self.clock.now()
                content = _parse_content(await _read_body(response), response.content_type)
                return response.status, content, response.headers.get("Retry-After")
        except aiohttp.ClientConnectorCertificateError:
            raise SettingsUnusable("connection.certificate", host=self._host) from None
        except (aiohttp.ClientProxyConnectionError, aiohttp.ClientHttpProxyError) as error:
            # No tunnel, so nothing went through it.
            status = getattr(error, "status", None) or "–"
            raise PlatformUnreachable(
                "proxy", host=self._host, proxy=proxy_address(self._proxy or ""), status=status
            ) from None
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise _NotSent from None
        except TimeoutError:
            raise AnswerLost("timeout", self._host) from None
        except (aiohttp.ClientError, OSError) as broken:
            raise AnswerLost(_code_of_failure(broken), self._host) from None

    def _open(self) -> aiohttp.ClientSession:
        import aiohttp

        return aiohttp.ClientSession(
            # Shorter than servers wait (Node.js: 5 s), so that no request is sent on a line that is being closed.
            connector=aiohttp.TCPConnector(keepalive_timeout=3),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=2 * self._timeout, sock_connect=10, sock_read=self._timeout),
        )


def _code_of_failure(error: Exception) -> str:
    """Return the code of an exchange that broke off: what came is no answer of this platform, or none came."""
    import aiohttp
    from aiohttp.http_exceptions import ContentEncodingError

    unreadable = isinstance(error, aiohttp.ClientResponseError) or isinstance(error.__cause__, ContentEncodingError)
    return "not_the_api" if unreadable else "platform_down"


async def _read_body(response: aiohttp.ClientResponse) -> bytes | None:
    """Return what was answered; None when it is longer than any answer of a platform."""
    parts, length = [], 0
    async for part in response.content.iter_any():
        parts.append(part)
        length += len(part)
        if length > MAX_RESPONSE_BYTES:
            response.close()
            return None
    return b"".join(parts)


def _parse_content(body: bytes | None, content_type: str) -> Any:
    if not body:
        return None if body is not None else _UNREADABLE
    try:
        if content_type == "text/plain" and body.lstrip()[:1] not in (b"{", b"["):
            return body.decode()
        content = json.loads(body, parse_constant=_reject_constant)
        return _replace_surrogates(content) if _has_surrogate(body) else content
    except (ValueError, RecursionError):  # nested too deep for a client, and for us
        return _UNREADABLE


def _reject_constant(constant: str) -> None:
    """Reject NaN and Infinity: https://www.rfc-editor.org/rfc/rfc8259#section-6."""
    raise ValueError(constant)


def _replace_surrogates(content: object) -> Any:
    """Return JSON with a question mark for each half of a letter: what was cut in two can be written down nowhere."""
    return json.loads(json.dumps(content, ensure_ascii=False).encode(errors="replace"))
