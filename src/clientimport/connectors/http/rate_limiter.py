"""Rate limiter: how many requests of one account are in flight, how fast they follow each other, and the pauses."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import ApiDescription


def max_in_flight(api: ApiDescription | None, connection: Connection) -> int:
    """Return how many requests may be under way at once: as the connection states it, else the platform's schema."""
    return connection.in_flight or (api.in_flight if api is not None else 1)


class RateLimiter:
    """Spaces requests within the platform's limits, and delays all of them when it asks for a pause.

    How many go at once adapts: halved with every pause that the platform asks for, and one more again for every round
    of answers without one (https://www.rfc-editor.org/rfc/rfc5681#section-3.1 does so for TCP).
    """

    def __init__(self, most: int, requests_per_minute: int, clock: Clock) -> None:
        self._most = max(1, most)
        self._allowed = float(self._most)
        self._interval = 60 / requests_per_minute if requests_per_minute else 0.0
        self._clock = clock
        self._next = clock.monotonic()
        self._held_until = self._next
        self._busy = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    @classmethod
    def for_connection(cls, api: ApiDescription, connection: Connection, clock: Clock) -> Self:
        """Return the pace of one connection, which may state other limits than its platform's schema."""
        per_minute = connection.requests_per_minute or api.requests_per_minute
        return cls(max_in_flight(api, connection), per_minute, clock)

    @property
    def allowed(self) -> int:
        """How many requests may be under way at once now."""
        return int(self._allowed)

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[None]:
        """Wait for a free place, and for the moment at which the next request may leave."""
        await self._enter()
        try:
            now = self._clock.monotonic()
            start = max(now, self._next)
            self._next = start + self._interval
            if start > now:
                await self._clock.sleep(start - now)
            yield
        finally:
            self._busy -= 1
            self._wake()

    def back_off(self, seconds: float) -> None:
        """Start no request for this long: a platform that is too busy for one is too busy for all."""
        now = self._clock.monotonic()
        if now >= self._held_until:  # of several that were put off at once, one counts
            self._allowed = max(1.0, self._allowed / 2)
        self._next = max(self._next, now + seconds)
        self._held_until = self._next

    def record_success(self) -> None:
        """Take note that the platform kept up with a request."""
        self._allowed = min(self._most, self._allowed + 1 / self._allowed)

    async def _enter(self) -> None:
        while self._busy >= self.allowed:
            place = asyncio.get_running_loop().create_future()
            self._waiting.append(place)
            await place
        self._busy += 1

    def _wake(self) -> None:
        free = self.allowed - self._busy
        while self._waiting and free > 0:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                free -= 1


def retry_after_seconds(header: str | None, now: datetime) -> float | None:
    """Return the seconds to wait, or None when the header is not usable (absent, past, negative, rubbish).

    https://www.rfc-editor.org/rfc/rfc9110#field.retry-after

    >>> retry_after_seconds("7", datetime(2026, 1, 1, tzinfo=UTC))
    7.0
    >>> retry_after_seconds("-3", datetime(2026, 1, 1, tzinfo=UTC))
    >>> retry_after_seconds("Thu, 01 Jan 2026 00:00:30 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    30.0
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        wait = float(text[:12])
    else:
        try:
            moment = parsedate_to_datetime(text)
            wait = (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
        except (ValueError, OverflowError):
            return None
    return wait if wait > 0 else None
