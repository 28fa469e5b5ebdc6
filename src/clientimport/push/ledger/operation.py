"""An operation: one request to a platform for one client, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

DOUBTFUL_ANSWER = "client.answered_with"
"""Why a creation is uncertain though it was answered, followed by the id of the client that the answer names."""


def doubt_reason(client_id: str) -> str:
    """Return the reason of a creation whose answer names a client that may be another.

    >>> doubt_reason("5")
    'client.answered_with: 5'
    """
    return f"{DOUBTFUL_ANSWER}: {client_id}"


class OperationState(StrEnum):
    """intent -> acked | refused | unsent | absent | uncertain; uncertain -> acked | absent by a look-up or a person."""

    INTENT = "intent"
    """Committed before the request is sent; after a crash its outcome is unknown."""
    ACKED = "acked"
    """The platform did it."""
    REFUSED = "refused"
    """The platform looked at it and rejected it."""
    UNSENT = "unsent"
    """It certainly did not arrive."""
    ABSENT = "absent"
    """Looked up, or decided by a person: the platform did not do it."""
    UNCERTAIN = "uncertain"
    """The platform does not show it: a person decides."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that was to be done for one client."""

    id: int
    run: str
    row: int | None
    kind: str
    """create, contact, invite, update, share, delete, remove (a contact) or restore."""
    subject: str
    """The HMAC of whom it is about."""
    content: str
    """The HMAC of what was to be sent."""
    key: str
    """The idempotency key it was sent with."""
    state: OperationState
    client_id: str | None
    mails_before: int | None
    """For an invitation: the mails that the platform had counted before."""
    reason: str | None
    previous_values: str | None = None
    """For an update and for sharing: JSON of what stood there before, so that it can be undone."""
    outcome_at: str | None = None
    """When its outcome was known; UTC, ISO 8601."""

    def outcome_within(self, age: timedelta, now: datetime) -> bool:
        """Return whether its outcome is known for no longer than `age`, by the computer's clock."""
        return self.outcome_at is not None and now - datetime.fromisoformat(self.outcome_at) < age

    @property
    def in_doubt(self) -> bool:
        """Whether it was answered, and only a person can decide for which client."""
        return self.state is OperationState.UNCERTAIN and (self.reason or "").startswith(DOUBTFUL_ANSWER)

    @property
    def is_unresolved(self) -> bool:
        """Whether its outcome is unknown."""
        return self.state in (OperationState.INTENT, OperationState.UNCERTAIN)
