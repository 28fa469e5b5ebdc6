"""Loading extracts into the index: a full one makes a new index, an update changes the one there is.

A stop at any moment leaves the index as it was: a new one takes the old one's place when it is complete, and an update
is one transaction.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clientimport.errors import SettingsUnusable, UsageError
from clientimport.registers.kbo.extract import Extract, read_extract
from clientimport.registers.kbo.index import KboIndex
from clientimport.registers.kbo.index_schema import CATEGORIES, CODES, LAYOUT, TABLES, index_statements, statements

if TYPE_CHECKING:
    import pyarrow as pa

_PRIVATE = 0o600
"""For its owner's eyes only: the licence of the data is theirs, too."""

Progress = Callable[[str, str], object]
"""Gets the file's name and the table that is being read."""


def load_extracts(paths: Iterable[Path], index: Path, progress: Progress) -> tuple[Extract, ...]:
    """Load the zips into the index at `index`, in the order of their extracts, and return those that were needed.

    An update that the index holds already is left out. Raises FileUnreadable, and UsageError before anything is
    changed when an extract between them is missing or a full one is older than the index.
    """
    extracts = sorted(map(read_extract, paths), key=lambda extract: (extract.number, not extract.full))
    last_full = max((at for at, extract in enumerate(extracts) if extract.full), default=0)
    needed = _chain(extracts[last_full:], _held(index))  # what comes before a full extract is in it
    for extract in needed:
        if extract.full:
            _build(extract, index, progress)
        else:
            _update(extract, index, progress)
    return needed


def _held(index: Path) -> int | None:
    """Return the number of the extract that the index holds; None without an index, or with one that is unusable."""
    try:
        with closing(KboIndex(index)) as opened:
            return opened.extract.number
    except (UsageError, SettingsUnusable):
        return None


def _chain(extracts: Iterable[Extract], index_number: int | None) -> tuple[Extract, ...]:
    needed = []
    for extract in extracts:
        if extract.full and index_number is not None and extract.number < index_number:
            raise UsageError("kbo.older", file=extract.path.name, number=extract.number, held=index_number)
        if not extract.full:
            if index_number is None:
                raise UsageError("kbo.update_alone", file=extract.path.name)
            if extract.number <= index_number:
                continue
            if extract.number > index_number + 1:
                raise _gap(extract, index_number)
        index_number = extract.number
        needed.append(extract)
    return tuple(needed)


def _gap(extract: Extract, index_number: int) -> UsageError:
    """Return that an extract is missing between the index and this one."""
    facts = {"held": index_number, "next": index_number + 1}
    return UsageError("kbo.gap", file=extract.path.name, number=extract.number, **facts)


def _build(extract: Extract, index: Path, progress: Progress) -> None:
    """Make a new index beside the old one, and put it in its place."""
    unfinished = index.with_name(f"{index.name}.new")
    with _writable(index):
        try:
            unfinished.unlink(missing_ok=True)
            unfinished.touch(mode=_PRIVATE)
            _fill(extract, unfinished, progress)
            _flush(unfinished)
            unfinished.replace(index)
        finally:
            unfinished.unlink(missing_ok=True)


def _fill(extract: Extract, unfinished: Path, progress: Progress) -> None:
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as database:
        # Nothing of a half index is ever used, so nothing need be undone.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536", f"user_version = {LAYOUT}"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("BEGIN")
        for statement in statements():
            database.execute(statement)
        for table in TABLES:
            progress(extract.path.name, table)
            _insert(database, extract, table, table)
        for statement in index_statements():
            database.execute(statement)
        _remember(database, extract)
        database.execute("COMMIT")


def _update(extract: Extract, index: Path, progress: Progress) -> None:
    """Carry out what changed since the extract before: first all deletions of a table, then its insertions."""
    with _writable(index), closing(sqlite3.connect(index, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        (index_number,) = database.execute("SELECT number FROM extract").fetchone()
        if index_number != extract.number - 1:  # somebody else has loaded meanwhile
            raise UsageError(
                "kbo.gap", file=extract.path.name, number=extract.number, held=index_number, next=index_number + 1
            )
        for table, layout in TABLES.items():
            progress(extract.path.name, table)
            key = next(iter(layout.columns))
            for batch in extract.enterprise_rows(f"{table}_delete", (key,)):
                numbers = [(number,) for number in batch[key].to_pylist()]
                database.executemany(f"DELETE FROM {table} WHERE number = ?", numbers)  # noqa: S608 -- our own name
            _insert(database, extract, table, f"{table}_insert")
        _remember(database, extract)
        database.execute("COMMIT")


def _insert(database: sqlite3.Connection, extract: Extract, table: str, file: str) -> None:
    layout = TABLES[table]
    places = ", ".join("?" * len(layout.columns))
    for batch in extract.enterprise_rows(file, layout.read):
        rows = _kept(batch, layout.keep)
        columns = (rows[name].to_pylist() for name in layout.columns)
        database.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({places})", zip(*columns, strict=True))  # noqa: S608


def _kept(batch: pa.RecordBatch, keep: Any) -> pa.RecordBatch:
    import pyarrow.compute as pc

    for column, value in keep.items():
        batch = batch.filter(pc.equal(batch[column], value))
    return batch


def _remember(database: sqlite3.Connection, extract: Extract) -> None:
    """Take over the texts of codes, which every extract has whole, and which extract this is."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for batch in extract.rows("code", CODES):
        shown = batch.filter(pc.is_in(batch["Category"], pa.array(CATEGORIES)))
        rows = zip(*(pc.utf8_trim_whitespace(shown[name]).to_pylist() for name in CODES), strict=True)
        database.executemany("INSERT OR REPLACE INTO code VALUES (?, ?, ?, ?)", rows)
    database.execute("DELETE FROM extract")
    values = (extract.number, extract.snapshot.isoformat(), datetime.now(UTC).isoformat(timespec="seconds"))
    database.execute("INSERT INTO extract VALUES (?, ?, ?)", values)


@contextmanager
def _writable(index: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise SettingsUnusable("kbo.index_not_written", file=index, reason=error) from error


def _flush(file: Path) -> None:
    """Have the disk hold all of a file before it takes the place of another."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
