"""How fast the platform answers, how often it lets itself be asked, and what it was asked."""

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
    """The pace of one running platform."""

    world: ServerState
    _admitted: deque[float] = field(default_factory=deque)
    """When the requests of the last minute came."""

    def route(self, route: Route, platform: str) -> Route:
        """Return `route` at the pace of the options, its requests counted."""
        return Route(route.path, self._paced(route.endpoint, f"/{platform}{route.path}"), methods=route.methods)

    def _paced(
        self, endpoint: Callable[[Request], Awaitable[Response]], template: str
    ) -> Callable[[Request], Awaitable[Response]]:
        # Half before and half after: a caller that gives up may find either that nothing was done or that all was.
        half = self.world.options.latency_ms / 2000

        async def paced(request: Request) -> Response:
            self.world.requests[f"{request.method} {template}"] += 1
            self._admit()
            if not half:
                return await endpoint(request)
            await asyncio.sleep(half)
            answer = await endpoint(request)
            await asyncio.sleep(half)
            return answer

        return paced

    def _admit(self) -> None:
        limit = self.world.options.rate_limit
        if limit is None:
            return
        now = self.world.now().timestamp()
        while self._admitted and self._admitted[0] <= now - _MINUTE:
            self._admitted.popleft()
        if len(self._admitted) >= limit:
            wait = math.ceil(self._admitted[0] + _MINUTE - now)
            raise ApiError(429, "TOO_MANY_REQUESTS", f"More than {limit} requests in a minute", retry_after=wait)
        self._admitted.append(now)
