"""Under way: the creations that are not answered yet.

A mail waits for those that were under way with its client's creation: one of them may be answered with the same id.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class InFlightCreations:
    """The creations of one run that wait for their answer."""

    def __init__(self) -> None:
        self._unanswered: set[asyncio.Event] = set()

    @contextmanager
    def creation(self) -> Iterator[None]:
        """Count one creation as under way within."""
        answered = asyncio.Event()
        self._unanswered.add(answered)
        try:
            yield
        finally:
            self._unanswered.discard(answered)
            answered.set()

    async def wait_for_current(self) -> None:
        """Wait until every creation that is under way now is answered, or given up."""
        for event in tuple(self._unanswered):
            await event.wait()
