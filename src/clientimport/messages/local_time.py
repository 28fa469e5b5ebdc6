"""Days and moments as people write them where they are: their time zone, and their language's order of the parts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clientimport.messages.catalog import MessageCatalog


def local_day(messages: MessageCatalog, moment: datetime) -> str:
    """Return the day of a moment in this computer's time zone.

    >>> from clientimport.messages.catalog import message_catalog
    >>> [local_day(message_catalog(language), datetime(2026, 3, 5, 9, 30)) for language in ("nl", "de", "en")]
    ['05/03/2026', '05.03.2026', '2026-03-05']
    """
    return moment.astimezone().strftime(messages.phrase("day.short"))


def local_moment(messages: MessageCatalog, moment: datetime) -> str:
    """Return a moment to the minute in this computer's time zone.

    >>> from clientimport.messages.catalog import message_catalog
    >>> local_moment(message_catalog("fr"), datetime(2026, 3, 5, 9, 30))
    '05/03/2026 09:30'
    """
    return moment.astimezone().strftime(f"{messages.phrase('day.short')} %H:%M")


def local_moment_of(messages: MessageCatalog, timestamp: str | None) -> str:
    """Return a moment of the ledger (ISO 8601) as `local_moment`; nothing where there is none."""
    return local_moment(messages, datetime.fromisoformat(timestamp)) if timestamp else ""
