"""The connection to the database of a ledger: what a ledger needs of SQLite and of PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from clientimport.errors import ClientImportError
from clientimport.push.ledger.sql_dialect import SqlDialect

Row = tuple[Any, ...]


class LedgerConnection(Protocol):
    """One open connection. What it writes and whom it locks out is one thing: without it nobody writes for us."""

    @property
    def dialect(self) -> SqlDialect:
        """How it is spoken to."""

    @property
    def name(self) -> str:
        """What people call the ledger: its file, or its server and database."""

    @property
    def faults(self) -> tuple[type[Exception], ...]:
        """What its methods raise when the database fails; `failure` makes a reason to stop of it."""

    @property
    def in_transaction(self) -> bool:
        """Whether something is written that is not committed."""

    def query(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Return the rows of a statement; none for one that returns none."""

    def write_each(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Write rows with one statement."""

    def begin(self) -> None:
        """Begin a transaction in which no other process writes."""

    def begin_snapshot(self) -> None:
        """Begin a transaction that reads everything as it stands now."""

    def commit(self) -> None:
        """Commit to the disk."""

    def rollback(self) -> None:
        """Take back what is not committed, as far as there is a connection."""

    def layout_version(self) -> int:
        """Return the version of the layout; 0 where there is none yet."""

    def set_layout_version(self, version: int) -> None:
        """Write the version of the layout."""

    def compact(self) -> None:
        """Remove from the disk what was deleted, as far as that can be done from here."""

    def lock(self, account: str) -> None:
        """Lock everybody else out of an account. Raises PlatformUnreachable("locked")."""

    def unlock(self, account: str) -> None:
        """Let others in again."""

    def now(self) -> datetime:
        """Return the time by the clock that all who share the ledger go by, in UTC."""

    def failure(self, error: Exception) -> ClientImportError:
        """Return why the ledger cannot go on after a fault."""

    def close(self) -> None:
        """Close it, and let others into every account."""
