"""The ledger of one home: a SQLite file, and a lock file for each account beside it."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from clientimport.errors import ClientImportError, PlatformUnreachable, SettingsUnusable
from clientimport.push.ledger.connection import Row
from clientimport.push.ledger.schema import HOME_TABLES, VERSION, layout
from clientimport.push.ledger.sql_dialect import SQLITE
from clientimport.storage.atomic_write import require_writable

if TYPE_CHECKING:
    from filelock import FileLock

_DAMAGE = (sqlite3.Error, UnicodeDecodeError)
"""But for what is a fault of the disk; the latter for a layout with a turned bit."""
_FAULTS = (*_DAMAGE, OSError)
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")


class SqliteConnection:
    """The open file."""

    dialect = SQLITE
    faults = _FAULTS

    def __init__(self, path: Path) -> None:
        """Open or create it. Raises SettingsUnusable when it is damaged, PlatformUnreachable when the disk fails."""
        self.name = str(path)
        self._locks_folder = path.parent / "locks"
        self._locks: dict[str, FileLock] = {}
        try:
            self._sql = _open(path)
        except _FAULTS as error:
            raise self.failure(error) from error

    @property
    def in_transaction(self) -> bool:
        """Whether something is written that is not committed."""
        return self._sql.in_transaction

    def query(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Return the rows of a statement; none for one that returns none."""
        return self._sql.execute(statement, values).fetchall()

    def write_each(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Write rows with one statement."""
        self._sql.executemany(statement, rows)

    def begin(self) -> None:
        """Begin a transaction in which no other process writes."""
        self._sql.execute("BEGIN IMMEDIATE")

    def begin_snapshot(self) -> None:
        """Begin a transaction that reads everything as it stands now."""
        self._sql.execute("BEGIN")

    def commit(self) -> None:
        """Commit to the disk."""
        self._sql.commit()

    def rollback(self) -> None:
        """Take back what is not committed."""
        with suppress(sqlite3.Error):  # what is not committed is gone all the same
            self._sql.rollback()

    def layout_version(self) -> int:
        """Return the version of the layout."""
        ((version,),) = self.query("PRAGMA user_version")
        return int(version)

    def set_layout_version(self, version: int) -> None:
        """Write the version of the layout."""
        self.query(f"PRAGMA user_version = {version}")

    def compact(self) -> None:
        """Remove from the file what was deleted."""
        self.query("VACUUM")
        self.query("PRAGMA wal_checkpoint(TRUNCATE)")

    def lock(self, account: str) -> None:
        """Lock every other process out of an account. Raises PlatformUnreachable("locked")."""
        from filelock import FileLock, Timeout

        file = self._locks_folder / f"{hashlib.sha256(account.encode()).hexdigest()[:16]}.lock"
        require_writable(file)
        lock = FileLock(file, timeout=0, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            raise PlatformUnreachable("locked", file=file) from None
        except OSError as error:
            raise PlatformUnreachable("io", file=file, reason=error) from error
        self._locks[account] = lock

    def unlock(self, account: str) -> None:
        """Let others in again."""
        self._locks.pop(account).release()

    def now(self) -> datetime:
        """Return the time by the computer's clock."""
        return datetime.now(UTC)

    def failure(self, error: Exception) -> ClientImportError:
        """Return that the file is damaged, or what is wrong with the disk."""
        if isinstance(error, _DAMAGE) and not isinstance(error, sqlite3.OperationalError):
            return SettingsUnusable("ledger.damaged", file=self.name)
        return PlatformUnreachable("io", file=self.name, reason=error)

    def close(self) -> None:
        """Close it, and let others into every account."""
        self._sql.close()
        for account in tuple(self._locks):
            self.unlock(account)


def _open(path: Path) -> sqlite3.Connection:
    """Return the file, created where there is none. Raises SettingsUnusable, and _FAULTS."""
    require_writable(path)
    if not path.exists():
        _create(path)
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
    (verdict,) = sql.execute("PRAGMA quick_check(1)").fetchone() if version <= VERSION else ("ok",)
    if version < 1 or verdict != "ok":
        raise SettingsUnusable("ledger.damaged", file=path)


def _create(path: Path) -> None:
    """Create the database whole or not at all, for its owner only; so an empty file is a damaged one, never a new one.

    Raises OSError, sqlite3.OperationalError and filelock.Timeout, which is an OSError.
    """
    from filelock import FileLock

    beside = path.with_name(f"{path.name}.new")
    with FileLock(path.with_name(f"{path.name}.lock"), timeout=10, mode=0o600):
        if path.exists():  # another process was first
            return
        beside.unlink(missing_ok=True)
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(beside, isolation_level=None)) as sql:
            statements = "; ".join((*layout(SQLITE), HOME_TABLES))
            sql.executescript(f"BEGIN IMMEDIATE; {statements}; PRAGMA user_version = {VERSION}; COMMIT;")
        beside.replace(path)
