"""The database of a ledger: one SQLite file; what is written together is on the disk together, or not at all."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from clientimport.errors import ClientImportError, PlatformUnreachable, SettingsUnusable
from clientimport.push.ledger.hash_chain import HashChain
from clientimport.push.ledger.schema import VERSION, create_database, migrate
from clientimport.storage.atomic_write import require_writable

Row = tuple[Any, ...]

_DAMAGE = (sqlite3.Error, UnicodeDecodeError)
"""But for what is a fault of the disk; the latter for a layout with a turned bit."""
_FAULTS = (*_DAMAGE, OSError)
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")


class Database:
    """The open file.

    All methods raise PlatformUnreachable("io") when the disk fails, and every later write raises it too: what
    cannot be written down is not sent. They raise SettingsUnusable for a file that is damaged.
    """

    def __init__(self, path: Path) -> None:
        """Open or create it. Raises SettingsUnusable when it is damaged or newer than this program."""
        self._path = path
        self._failed: ClientImportError | None = None
        self._began_transaction = True
        """Whether this `with` began the transaction: no other client had written in it."""
        try:
            self._sql = _open(path)
        except _FAULTS as error:
            raise self._remember_failure(error) from error
        self._trail = HashChain(self._sql)

    def close(self) -> None:
        """Close it."""
        self._sql.close()

    def read(self, statement: str, *values: object) -> list[Row]:
        """Return the rows of a query."""
        try:
            return self._sql.execute(statement, values).fetchall()
        except _FAULTS as error:
            raise self._fail_and_roll_back(error) from error

    @contextmanager
    def hash_chain(self) -> Iterator[HashChain]:
        """Return the hash chain, to read or to change it."""
        try:
            yield self._trail
        except _FAULTS as error:
            raise self._fail_and_roll_back(error) from error

    def write(self, statement: str, *values: object) -> int:
        """Write one row, within a `with` of this database, and return the number of a new one."""
        return self._sql.execute(statement, values).lastrowid or 0

    def write_each(self, statement: str, rows: Iterable[Row]) -> None:
        """Write rows, in the same way."""
        self._sql.executemany(statement, rows)

    def mark_written(self, about: str, record: str | int) -> None:
        """Mark a record for a new line of the hash chain."""
        self._trail.mark_written(about, record)

    def __enter__(self) -> Self:
        """Begin a transaction, so that no other process writes until the commit."""
        if self._failed is not None:
            raise self._failed
        try:
            self._began_transaction = not self._sql.in_transaction
            if self._began_transaction:
                self._sql.execute("BEGIN IMMEDIATE")
        except _FAULTS as error:
            raise self._fail_and_roll_back(error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        """Roll back what is not on the disk yet when only half of it was written.

        Where others had written too, theirs is gone with it: they must not go on as if it were on the disk.
        """
        if isinstance(error, _FAULTS):
            raise self._fail_and_roll_back(error) from error
        if error is not None:
            self._roll_back()
        if isinstance(error, Exception) and not self._began_transaction and self._failed is None:
            self._remember_failure(error)

    def commit(self) -> None:
        """Commit everything to the disk, with the lines of the hash chain about it."""
        if self._failed is not None:
            raise self._failed
        try:
            self._trail.append_lines()
            self._sql.commit()
        except _FAULTS as error:
            raise self._fail_and_roll_back(error) from error
        except BaseException:
            self._roll_back()
            raise

    def compact(self) -> None:
        """Remove from the file what was deleted."""
        self.read("VACUUM")
        self.read("PRAGMA wal_checkpoint(TRUNCATE)")

    def _fail_and_roll_back(self, error: Exception) -> ClientImportError:
        failure = self._remember_failure(error)
        self._roll_back()
        return failure

    def _roll_back(self) -> None:
        self._trail.discard_pending()
        with suppress(sqlite3.Error):  # what is not committed is gone all the same
            self._sql.rollback()

    def _remember_failure(self, error: Exception) -> ClientImportError:
        """Return the failure as an error of ours, and raise it at every later write."""
        damaged = isinstance(error, _DAMAGE) and not isinstance(error, sqlite3.OperationalError)
        unusable = SettingsUnusable("ledger.damaged", file=self._path) if damaged else None
        self._failed = unusable or PlatformUnreachable("io", file=self._path, reason=error)
        return self._failed


def _open(path: Path) -> sqlite3.Connection:
    """Return the file, created where there is none. Raises SettingsUnusable, and _FAULTS."""
    require_writable(path)
    if not path.exists():
        create_database(path)
    sql = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        _prepare(sql, path)
    except BaseException:
        sql.close()
        raise
    return sql


def _prepare(sql: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size == 0:  # SQLite would take it for a new one, and all that was done be forgotten
        raise SettingsUnusable("ledger.damaged", file=path)
    for pragma in _PRAGMAS:
        sql.execute(f"PRAGMA {pragma}")
    (version,) = sql.execute("PRAGMA user_version").fetchone()
    if version < 1:
        raise SettingsUnusable("ledger.damaged", file=path)
    if version > VERSION:
        raise SettingsUnusable("ledger.newer", file=path)
    (verdict,) = sql.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise SettingsUnusable("ledger.damaged", file=path)
    if version < VERSION:
        migrate(sql, version)


class GroupCommit:
    """Commits once when everybody whose turn it is has written."""

    def __init__(self, commit: Callable[[], None]) -> None:
        self._commit = commit
        self._next: asyncio.Future[None] | None = None

    def next_commit(self) -> asyncio.Future[None]:
        """Return what is done at the next commit, or fails with it."""
        if self._next is None:
            loop = asyncio.get_running_loop()
            self._next = loop.create_future()
            loop.call_soon(self._now)
        return self._next

    def _now(self) -> None:
        assert self._next is not None
        waiting, self._next = self._next, None
        try:
            self._commit()
        except Exception as error:  # noqa: BLE001 -- raised where it is waited for
            waiting.set_exception(error)
            waiting.exception()  # perhaps it is awaited nowhere; the next write raises it too
        else:
            waiting.set_result(None)
