"""Group commit: what several clients wrote in one turn of the event loop waits for the disk once.

A commit with synchronous=FULL ends when the disk says that it has it, and costs the same for one row as for hundreds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class GroupCommit:
    """Commits once when everybody whose turn it is has written."""

    def __init__(self, commit: Callable[[], None]) -> None:
        self._commit = commit
        self._next: asyncio.Future[None] | None = None

    def wanted(self) -> asyncio.Future[None]:
        """Return what is done at the next commit, or fails with it."""
        if self._next is None:
            loop = asyncio.get_running_loop()
            self._next = loop.create_future()
            loop.call_soon(self._now)
        return self._next

    def _now(self) -> None:
        assert self._next is not None
        waiting, self._next = self._next, None
        try:
            self._commit()
        except Exception as error:  # noqa: BLE001 -- raised where it is waited for
            waiting.set_exception(error)
            waiting.exception()  # perhaps nobody waits for this one; whoever writes next meets it too
        else:
            waiting.set_result(None)
