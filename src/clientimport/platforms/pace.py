"""Pace: how many requests are in flight and how fast they follow each other, for one account."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from clientimport.clock import Clock


class Pace:
    """Lets requests through within the platform's limits, and holds all of them when it asks for a pause."""

    def __init__(self, in_flight: int, requests_per_minute: int, clock: Clock) -> None:
        self._free = asyncio.Semaphore(max(1, in_flight))
        self._interval = 60 / requests_per_minute if requests_per_minute else 0.0
        self._clock = clock
        self._next = clock.monotonic()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a free place, and for the moment at which the next request may leave."""
        async with self._free:
            now = self._clock.monotonic()
            start = max(now, self._next)
            self._next = start + self._interval
            if start > now:
                await self._clock.sleep(start - now)
            yield

    def hold(self, seconds: float) -> None:
        """Let no request start for this long: a platform that is too busy for one is too busy for all."""
        self._next = max(self._next, self._clock.monotonic() + seconds)
