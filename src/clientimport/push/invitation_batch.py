"""A wave: those who may be invited in this run; the rest waits for the same command to be given again."""

from __future__ import annotations

from collections.abc import Hashable, Sequence


class InvitationBatch:
    """Those whose mail was found to be due before anything was sent, with a limit only the first of them."""

    def __init__(self, limit: int | None, due: Sequence[Hashable]) -> None:
        self._now = frozenset(due[:limit])
        self.waiting = 0
        """The clients whose mail is due and was left for next time."""

    def includes(self, whom: Hashable) -> bool:
        """Return whether this client is among them; who is not is counted as waiting.

        >>> wave = InvitationBatch(1, ["a", "b"])
        >>> wave.includes("a"), wave.includes("b"), wave.waiting
        (True, False, 1)
        """
        if whom in self._now:
            return True
        self.waiting += 1
        return False
