"""The database of a ledger: what is written together is on the disk together, or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Self

from clientimport.errors import ClientImportError
from clientimport.model.postgres_url import PostgresUrl
from clientimport.push.ledger.connection import LedgerConnection, Row
from clientimport.push.ledger.hash_chain import HashChain
from clientimport.push.ledger.schema import bring_up_to_date

LedgerPlace = Path | PostgresUrl
"""Where a ledger is: a file in the home, or a database that several desks share."""


class Database:
    """The open database.

    All methods raise PlatformUnreachable("io") when it fails, and every later write raises it too: what cannot be
    written down is not sent. They raise SettingsUnusable for one that is damaged.
    """

    def __init__(self, place: LedgerPlace) -> None:
        """Open or create it. Raises SettingsUnusable when it is damaged or newer than this program."""
        self._failed: ClientImportError | None = None
        self._began_transaction = True
        """Whether this `with` began the transaction: no other client had written in it."""
        self._locked: set[str] = set()
        self._connection = _connect(place)
        self._trail = HashChain(self._connection)
        try:
            bring_up_to_date(self._connection)
        except BaseException as error:
            self._connection.close()
            if isinstance(error, self._connection.faults):
                raise self._connection.failure(error) from error
            raise

    @property
    def name(self) -> str:
        """What people call it."""
        return self._connection.name

    def now(self) -> datetime:
        """Return the time by the clock that all who share the ledger go by."""
        return self._connection.now()

    def close(self) -> None:
        """Close it, and let others into every account."""
        self._connection.close()

    def read(self, statement: str, *values: object) -> list[Row]:
        """Return the rows of a query."""
        try:
            return self._connection.query(statement, tuple(map(_plain, values)))
        except self._connection.faults as error:
            raise self._fail_and_roll_back(error) from error

    @contextmanager
    def hash_chain(self) -> Iterator[HashChain]:
        """Return the hash chain, to read or to change it."""
        try:
            yield self._trail
        except self._connection.faults as error:
            raise self._fail_and_roll_back(error) from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read everything within as it stands now, whatever others write meanwhile."""
        if self._connection.in_transaction:  # in which nobody else writes
            yield
            return
        try:
            self._connection.begin_snapshot()
            yield
        except self._connection.faults as error:
            raise self._fail_and_roll_back(error) from error
        finally:
            self._connection.rollback()

    def write(self, statement: str, *values: object) -> list[Row]:
        """Write within a `with` of this database, and return what the statement returns."""
        return self._connection.query(statement, tuple(map(_plain, values)))

    def write_each(self, statement: str, rows: Iterable[Row]) -> None:
        """Write rows, in the same way."""
        written = [tuple(map(_plain, row)) for row in rows]
        if written:
            self._connection.write_each(statement, written)

    def mark_written(self, about: str, record: str | int) -> None:
        """Mark a record for a new line of the hash chain."""
        self._trail.mark_written(about, record)

    @contextmanager
    def lock(self, account: str) -> Iterator[None]:
        """Lock everybody else out of an account. Raises PlatformUnreachable("locked") when another has it."""
        if account in self._locked:
            yield
            return
        try:
            self._connection.lock(account)
        except self._connection.faults as error:
            raise self._fail_and_roll_back(error) from error
        self._locked.add(account)
        try:
            yield
        finally:
            self._locked.discard(account)
            self._connection.unlock(account)

    def has_locked(self, account: str) -> bool:
        """Return whether nobody else can write about this account: what was read of it before still holds."""
        return account in self._locked

    def __enter__(self) -> Self:
        """Begin a transaction, so that nobody else writes until the commit."""
        if self._failed is not None:
            raise self._failed
        try:
            self._began_transaction = not self._connection.in_transaction
            if self._began_transaction:
                self._connection.begin()
        except self._connection.faults as error:
            raise self._fail_and_roll_back(error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        """Roll back what is not on the disk yet when only half of it was written.

        Where others had written too, theirs is gone with it: they must not go on as if it were on the disk.
        """
        if isinstance(error, self._connection.faults):
            raise self._fail_and_roll_back(error) from error
        if error is not None:
            self._roll_back()
        if isinstance(error, Exception) and not self._began_transaction and self._failed is None:
            self._failed = self._connection.failure(error)

    def commit(self) -> None:
        """Commit everything to the disk, with the lines of the hash chain about it."""
        if self._failed is not None:
            raise self._failed
        try:
            self._trail.append_lines()
            self._connection.commit()
        except self._connection.faults as error:
            raise self._fail_and_roll_back(error) from error
        except BaseException:
            self._roll_back()
            raise

    def compact(self) -> None:
        """Remove from the disk what was deleted, as far as that can be done from here."""
        try:
            self._connection.compact()
        except self._connection.faults as error:
            raise self._fail_and_roll_back(error) from error

    def _fail_and_roll_back(self, error: Exception) -> ClientImportError:
        """Take back what is not on the disk, and return the failure, which every later write raises too."""
        self._failed = self._connection.failure(error)
        self._roll_back()
        return self._failed

    def _roll_back(self) -> None:
        self._trail.discard_pending()
        self._connection.rollback()


def _connect(place: LedgerPlace) -> LedgerConnection:
    if isinstance(place, PostgresUrl):
        from clientimport.push.ledger.postgres_connection import PostgresConnection

        return PostgresConnection(place)
    from clientimport.push.ledger.sqlite_connection import SqliteConnection

    return SqliteConnection(place)


def _plain(value: object) -> object:
    r"""Return a value as both databases keep it alike: the hash chain digests what stands there.

    >>> _plain(True), _plain("a\0b")
    (1, 'ab')
    """
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        return (value.value if isinstance(value, StrEnum) else value).replace("\0", "")
    return value


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
