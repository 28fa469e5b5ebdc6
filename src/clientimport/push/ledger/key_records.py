"""Key records: which key a ledger uses, by its fingerprint, and where that was put; never the key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from clientimport.push.ledger.database import Database

KEYRING, FILE = "keyring", "file"
"""The places of a key."""


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """One key of a ledger."""

    fingerprint: str
    place: str


def fingerprint(key: bytes) -> str:
    """Return what a key is recognised by; it cannot be read back from this."""
    return hashlib.sha256(b"clientimport ledger key 1 " + key).hexdigest()[:16]


class KeyRecords:
    """The keys that a ledger has used; the last one is in use."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def current(self) -> KeyRecord | None:
        """Return the key in use; None in a ledger that has needed none yet."""
        rows = self._database.read("SELECT fingerprint, place FROM ledger_key ORDER BY rowid DESC LIMIT 1")
        return KeyRecord(*rows[0]) if rows else None

    def get_or_create(self, make: Callable[[], KeyRecord]) -> KeyRecord:
        """Return the key in use, else what `make` makes while no other process can."""
        record = self.current()
        if record is not None:
            return record
        with self._database:
            record = self.current() or self._insert(make())
        self._database.commit()
        return record

    def replace(self, make: Callable[[], KeyRecord]) -> KeyRecord:
        """Replace the key in use with what `make` makes; what was wrapped with the old one is lost."""
        with self._database:
            record = self._insert(make())
            self._database.write("DELETE FROM former_key")
        self._database.commit()
        return record

    def move(self, record: KeyRecord) -> None:
        """Remember that a key stands somewhere else now."""
        with self._database:
            statement = "UPDATE ledger_key SET place = ? WHERE fingerprint = ?"
            self._database.write(statement, record.place, record.fingerprint)
        self._database.commit()

    def _insert(self, record: KeyRecord) -> KeyRecord:
        self._database.write("INSERT INTO ledger_key VALUES (?, ?)", record.fingerprint, record.place)
        return record
