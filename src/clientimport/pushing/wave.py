"""A wave: the first part of many invitations; the rest waits for the same command to be given again."""

from __future__ import annotations


class Wave:
    """How many clients may still be invited in this run; without a limit, all."""

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._begun = 0
        self.waiting = 0
        """The clients whose mail is due and was left for next time."""

    def take(self) -> bool:
        """Count one client in if there is room, and return whether there was.

        >>> wave = Wave(1)
        >>> wave.take(), wave.take(), wave.waiting
        (True, False, 1)
        """
        if self._limit is not None and self._begun >= self._limit:
            self.waiting += 1
            return False
        self._begun += 1
        return True

    def of(self, mails: int) -> int:
        """Return how many of so many mails go out now.

        >>> Wave(10).of(25), Wave(None).of(25)
        (10, 25)
        """
        return mails if self._limit is None else min(mails, self._limit)
