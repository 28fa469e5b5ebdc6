"""Invitations: which mails one run may send, and how many of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from clientimport.errors import UsageError


class InvitationBatch:
    """The clients whose mail was due before the run began; with a limit, the first of them."""

    def __init__(self, limit: int | None, due: Sequence[Hashable]) -> None:
        self._now = frozenset(due[:limit])
        self.waiting = 0
        """The clients whose mail is due and was left for next time."""

    def includes(self, whom: Hashable) -> bool:
        """Return whether this client is among them; others are counted as waiting.

        >>> wave = InvitationBatch(1, ["a", "b"])
        >>> wave.includes("a"), wave.includes("b"), wave.waiting
        (True, False, 1)
        """
        if whom in self._now:
            return True
        self.waiting += 1
        return False


class InvitationLimit:
    """The mails of one run that are still to be sent."""

    def __init__(self, mails: int) -> None:
        self._mails = mails
        self._left = mails

    def count_mail(self) -> None:
        """Count one client's mail. Raises UsageError when none is left."""
        if self._left <= 0:
            raise UsageError("invite.too_many", count=self._mails + 1, limit=self._mails)
        self._left -= 1
