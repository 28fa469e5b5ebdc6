"""The platform's clock, as the head of its last answer says: https://www.rfc-editor.org/rfc/rfc9110#field.date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol, runtime_checkable


class DatedClient(Protocol):
    """A client that knows the date of its last response."""

    server_date: str | None
    answered_at: datetime | None


@runtime_checkable
class SpeaksHttp(Protocol):
    """What a connector over HTTP has; an optional protocol, as those of connectors/protocol.py."""

    @property
    def http(self) -> DatedClient:
        """The client that all its calls go through."""
        ...


def clock_offset(connector: object) -> timedelta | None:
    """Return how far this computer's clock is ahead of the platform's; None where the platform does not say."""
    if not isinstance(connector, SpeaksHttp) or connector.http.answered_at is None:
        return None
    try:
        theirs = parsedate_to_datetime(connector.http.server_date or "")
    except ValueError:
        return None
    return connector.http.answered_at - theirs.replace(tzinfo=theirs.tzinfo or UTC)
