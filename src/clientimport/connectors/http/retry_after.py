"""Retry-After: how long a platform asks us to wait, in any of the forms that are met in the wild."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after_seconds(header: str | None, now: datetime) -> float | None:
    """Return the seconds to wait, or None when the header says nothing usable (absent, past, negative, rubbish).

    https://www.rfc-editor.org/rfc/rfc9110#field.retry-after

    >>> retry_after_seconds("7", datetime(2026, 1, 1, tzinfo=UTC))
    7.0
    >>> retry_after_seconds("-3", datetime(2026, 1, 1, tzinfo=UTC))
    >>> retry_after_seconds("Thu, 01 Jan 2026 00:00:30 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    30.0
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        wait = float(text[:12])
    else:
        try:
            moment = parsedate_to_datetime(text)
            wait = (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
        except (ValueError, OverflowError):
            return None
    return wait if wait > 0 else None
