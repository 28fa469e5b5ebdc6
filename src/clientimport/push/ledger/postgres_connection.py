"""The ledger that several desks share: a PostgreSQL database, with locks of the very session that writes.

A desk that loses its session loses its lock on the account, and with it the only way to write. What cannot be written
down is not sent: so the next desk may have the account at once.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from clientimport.errors import ClientImportError, PlatformUnreachable, SettingsUnusable
from clientimport.model.postgres_url import PostgresUrl
from clientimport.push.ledger.connection import Row
from clientimport.push.ledger.postgres_failure import postgres_failure
from clientimport.push.ledger.postgres_session import open_session
from clientimport.push.ledger.sql_dialect import POSTGRESQL

_BEGIN = (
    "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_backend_pid() FROM (SELECT pg_advisory_xact_lock({key})) AS wait"
)
_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITERS = "SELECT hashtextextended(current_schema() || ' writers', 0), pg_backend_pid(), now()"
_LOCK = "SELECT pg_try_advisory_lock(hashtextextended(current_schema() || ' account ' || %s, 0))"
_UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(current_schema() || ' account ' || %s, 0))"
_HAS_LAYOUT = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'ledger_layout'"
"""Read as other tables are: `to_regclass` may answer from before we waited for another desk, which laid it out."""
_SET_LAYOUT_VERSION = (
    "CREATE TABLE IF NOT EXISTS ledger_layout (version INTEGER NOT NULL)",
    "DELETE FROM ledger_layout",
    "INSERT INTO ledger_layout VALUES ({version})",
)


class PostgresConnection:
    """The open session."""

    dialect = POSTGRESQL

    def __init__(self, url: PostgresUrl) -> None:
        """Open it. Raises SettingsUnusable without the driver, or for a server that is not safe for a ledger."""
        try:
            import psycopg
        except ImportError as error:
            raise SettingsUnusable("ledger.no_driver") from error
        self.name = url.shown
        self.faults: tuple[type[Exception], ...] = (psycopg.Error, OSError)
        self._url = url
        try:
            self._session = open_session(url)
            ((self._writers, self._process, self._opened_at),) = self._session.execute(_WRITERS).fetchall()
        except self.faults as error:
            raise self.failure(error) from error
        self._opened = time.monotonic()

    @property
    def in_transaction(self) -> bool:
        """Whether something is written that is not committed."""
        return self._session.info.transaction_status != 0  # IDLE: https://www.psycopg.org/psycopg3/docs/api/pq.html

    def query(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Return the rows of a statement; none for one that returns none."""
        cursor = self._session.execute(self.dialect.statement(statement), values)
        return cursor.fetchall() if cursor.description is not None else []

    def write_each(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Write rows with one statement."""
        with self._session.cursor() as cursor:
            cursor.executemany(self.dialect.statement(statement), rows)

    def begin(self) -> None:
        """Begin a transaction in which no other desk writes: one after the other they add to the hash chain."""
        cursor = self._session.execute(_BEGIN.format(key=self._writers))
        cursor.nextset()
        if cursor.fetchall() != [(self._process,)]:
            raise SettingsUnusable("ledger.pooler", file=self.name)

    def begin_snapshot(self) -> None:
        """Begin a transaction that reads everything as it stands now."""
        self._session.execute(_SNAPSHOT)

    def commit(self) -> None:
        """Commit to the server's disk, where something is written. Raises what the server did not say yes to."""
        if self.in_transaction and self._session.execute("COMMIT").statusmessage != "COMMIT":
            raise OSError("not committed")

    def rollback(self) -> None:
        """Take back what is not committed, as far as there is a connection."""
        with suppress(*self.faults):  # without one the server does it
            if self.in_transaction:
                self._session.execute("ROLLBACK")

    def layout_version(self) -> int:
        """Return the version of the layout; 0 where there is none yet."""
        rows = self.query("SELECT version FROM ledger_layout") if self.query(_HAS_LAYOUT) else []
        return int(rows[0][0]) if rows else 0

    def set_layout_version(self, version: int) -> None:
        """Write the version of the layout."""
        for statement in _SET_LAYOUT_VERSION:
            self.query(statement.format(version=version))

    def compact(self) -> None:
        """Leave that to the server, whose autovacuum frees what was deleted; backups and its log keep it longer."""

    def lock(self, account: str) -> None:
        """Lock every other desk out of an account. Raises PlatformUnreachable("locked")."""
        if self._session.execute(_LOCK, (account,)).fetchall() != [(True,)]:
            raise PlatformUnreachable("locked", file=self.name)

    def unlock(self, account: str) -> None:
        """Let others in again, as far as there is a connection: without one the server has done it."""
        with suppress(*self.faults):
            self._session.execute(_UNLOCK, (account,))

    def now(self) -> datetime:
        """Return the time by the server's clock, which all desks go by."""
        opened: datetime = self._opened_at
        return (opened + timedelta(seconds=time.monotonic() - self._opened)).astimezone(UTC)

    def failure(self, error: Exception) -> ClientImportError:
        """Return what is wrong with the server or the line to it, without a password."""
        return postgres_failure(self._url, error)

    def close(self) -> None:
        """End the session, and with it its locks."""
        self._session.close()
