"""The clock: wall time for records, monotonic time for waiting; tests move it by hand."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _utc_now() -> datetime:
    return datetime.now(UTC)


async def _asleep(seconds: float) -> None:
    import asyncio  # 25 ms that a file alone does not need

    await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Clock:
    """Everything about time, and the chance that spreads retries."""

    now: Callable[[], datetime] = _utc_now
    """The wall clock, in UTC; it may jump, so nothing waits by it."""
    monotonic: Callable[[], float] = time.monotonic
    """Seconds that never go back."""
    sleep: Callable[[float], Awaitable[None]] = _asleep
    chance: Callable[[], float] = random.random
    """A random number from 0 up to 1."""

    def timestamp(self) -> str:
        """Return the time as the ledger keeps it: ISO 8601, UTC, to the second."""
        return self.now().astimezone(UTC).isoformat(timespec="seconds")
