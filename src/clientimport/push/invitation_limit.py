"""A fuse: a run never sends more mails than were counted, and agreed to, before it began."""

from __future__ import annotations

from clientimport.errors import UsageError


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
