"""A wave: the first part of many invitations; the rest waits for the same command to be given again."""

from __future__ import annotations

from collections.abc import Hashable, Sequence


class Wave:
    """Who may be invited in this run: without a limit everybody, else the first of those whose mail is due."""

    def __init__(self, limit: int | None, due: Sequence[Hashable] = ()) -> None:
        self._now = None if limit is None else frozenset(due[:limit])
        self.waiting = 0
        """The clients whose mail is due and was left for next time."""

    def takes(self, whom: Hashable) -> bool:
        """Return whether this client is among them; who is not is counted as waiting.

        >>> wave = Wave(1, ["a", "b"])
        >>> wave.takes("a"), wave.takes("b"), wave.waiting
        (True, False, 1)
        """
        if self._now is None or whom in self._now:
            return True
        self.waiting += 1
        return False
