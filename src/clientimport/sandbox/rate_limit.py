"""The rate limit and the latency of the options, and the count of requests."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clientimport.sandbox.api_error import ApiError
from clientimport.sandbox.server_state import ServerState

_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class RequestLimit:
    """Limits the requests of one minute, over all platforms."""

    state: ServerState
    _admitted: deque[float] = field(default_factory=deque)
    """The times of the last minute's requests."""

    def route(self, route: Route, platform: str) -> Route:
        """Return `route` with the options' rate limit and latency; its requests are counted."""
        return Route(route.path, self._limited(route.endpoint, f"/{platform}{route.path}"), methods=route.methods)

    def _limited(
        self, endpoint: Callable[[Request], Awaitable[Response]], template: str
    ) -> Callable[[Request], Awaitable[Response]]:
        # Half before and half after: a caller that gives up cannot know whether the request was carried out.
        half = self.state.options.latency_ms / 2000

        async def limited(request: Request) -> Response:
            self.state.requests[f"{request.method} {template}"] += 1
            self._admit()
            if not half:
                return await endpoint(request)
            await asyncio.sleep(half)
            answer = await endpoint(request)
            await asyncio.sleep(half)
            return answer

        return limited

    def _admit(self) -> None:
        limit = self.state.options.rate_limit
        if limit is None:
            return
        now = self.state.now().timestamp()
        while self._admitted and self._admitted[0] <= now - _MINUTE:
            self._admitted.popleft()
        if len(self._admitted) >= limit:
            wait = math.ceil(self._admitted[0] + _MINUTE - now)
            raise ApiError(429, "TOO_MANY_REQUESTS", f"More than {limit} requests in a minute", retry_after=wait)
        self._admitted.append(now)
