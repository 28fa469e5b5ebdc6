"""What VIES has answered, with the day: what was asked today is not asked again, and every proof is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from clientimport.errors import SettingsUnusable
from clientimport.registers.vies.vies_answer import ViesAnswer, ViesState

FRESH = timedelta(hours=24)
"""How long an answer stands in for a new one; chosen, not measured: long enough to resume a list that was stopped."""
_PRIVATE = 0o600
_TABLE = """CREATE TABLE IF NOT EXISTS answer (
    service TEXT, requester TEXT, number TEXT, checked_at TEXT,
    state TEXT NOT NULL, name TEXT, address TEXT, consultation TEXT,
    PRIMARY KEY (service, requester, number, checked_at)
)"""


class ViesCache:
    """The answers of one service to one requester, in a SQLite file that is made where there is none."""

    def __init__(self, path: Path, service: str, requester: str) -> None:
        self._path = path
        self._asked = (service, requester)
        with self._usable():
            path.touch(mode=_PRIVATE)
            self._database = sqlite3.connect(path, isolation_level=None)
            self._database.execute(_TABLE)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def fresh(self, number: str, now: datetime) -> ViesAnswer | None:
        """Return the last answer about a number, if it is not too old."""
        query = (
            "SELECT state, checked_at, name, address, consultation FROM answer "
            "WHERE service = ? AND requester = ? AND number = ? AND checked_at > ? ORDER BY checked_at DESC"
        )
        since = (now - FRESH).isoformat(timespec="seconds")
        with self._usable():
            row = self._database.execute(query, (*self._asked, number, since)).fetchone()
        return ViesAnswer(ViesState(row[0]), *row[1:]) if row else None

    def keep(self, number: str, answer: ViesAnswer) -> None:
        """Keep what was answered; that it could not be checked is nothing to keep."""
        if answer.state is not ViesState.NOT_CHECKED:
            values = (answer.checked_at, answer.state, answer.name, answer.address, answer.consultation)
            statement = "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            with self._usable():
                self._database.execute(statement, (*self._asked, number, *values))

    def count(self) -> int:
        """Return how many answers are kept, of every service."""
        with self._usable():
            return int(self._database.execute("SELECT count(*) FROM answer").fetchone()[0])

    @contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise SettingsUnusable("vies.cache_damaged", file=self._path, reason=error) from error
