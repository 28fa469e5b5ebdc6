"""The hash chain: a line for every record the ledger wrote, hashed with the line before, so that a change shows.

A line holds no content, only a digest of the record as it was written; so no content is kept twice, and what is
forgotten is gone. A person who changes the database can also compute new hashes: the proof against that is the head
hash that a run printed when it ended and that stands somewhere else, in the log of a cron job or a mail.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from clientimport.errors import UsageError
from clientimport.push.ledger.connection import LedgerConnection, Row

HASH_CHAIN_TABLE = """CREATE TABLE trail (
    number INTEGER PRIMARY KEY, about TEXT NOT NULL, record TEXT NOT NULL, salt TEXT NOT NULL, digest TEXT NOT NULL,
    seal TEXT NOT NULL
){table}"""

_RECORDS = {
    "action": """SELECT id, run, row, account, kind, subject, content, key, state, client_id, mails_before, reason,
        intended, settled, former FROM action""",
    "run": """SELECT id, command, connection, platform, sandbox, account, account_name, file, file_sha256, options,
        started, ended FROM run""",
    "approval": "SELECT id, planned_by, planned, approved_by, approved FROM approval",
}
"""What a line about a record is made of, before its later columns; an operation with the HMACs of its client."""
_LATER_COLUMNS = {"action": ("resolved_by",), "run": ("started_by", "approved_by"), "approval": ()}
"""Columns of layout 6: they count where something stands in them, so that every older line fits as it is."""

_ROWS = """SELECT position, row.row, first, state, client_id, reason, created, mailed FROM row
    JOIN run ON run.id = row.run AND run.ended IS NOT NULL WHERE run = ? ORDER BY position"""
"""The line of a run covers its rows once it has ended."""

_HEAD_HASH = re.compile(r"(\d{1,18})-([0-9a-fA-F]{32})")
_LINES = "SELECT number, about, record, digest, seal FROM trail ORDER BY number"
_LAST_LINES = """SELECT number, about, record, salt, digest FROM trail
    WHERE number IN (SELECT max(number) FROM trail GROUP BY about, record) ORDER BY number"""
_AT_ONCE = 500
"""Records that one statement asks for. Chosen, not measured; SQLite takes 32766 values, PostgreSQL 65535."""


_Content = tuple[tuple[Any, ...] | None, list[tuple[Any, ...]] | None]
"""A record, and the rows of a run."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A place where the ledger is not what was written."""

    code: Literal["line", "missing_line", "changed", "gone", "added", "seal"]
    line: int | None = None
    run: str | None = None
    row: int | None = None
    """Of what a changed or added record says that it is."""

    def to_document(self) -> dict[str, str | int | None]:
        """Return it under the keys of the JSON."""
        return {"code": self.code, "line": self.line, "run": self.run, "row": self.row}


class HashChain:
    """The lines in the ledger's database, written in the transaction that writes the records."""

    def __init__(self, connection: LedgerConnection) -> None:
        self._connection = connection
        self._pending: dict[tuple[str, str | int], None] = {}

    def mark_written(self, about: str, record: str | int) -> None:
        """Add a record to those that get a new line: it was written, changed or deleted."""
        self._pending[about, record] = None

    def remove_salt(self, about: str, record: str | int) -> None:
        """Delete the salt of a record that is gone or reduced, so that its content cannot be guessed from its lines."""
        self._connection.query("UPDATE trail SET salt = '' WHERE about = ? AND record = ?", (about, str(record)))
        self.mark_written(about, record)

    def mark_all_written(self) -> None:
        """Add every record: the ledger was written without a hash chain."""
        for about, order in (("run", "number"), ("action", "id")):
            for (record,) in self._connection.query(f"SELECT id FROM {about} ORDER BY {order}"):  # noqa: S608 -- names of ours
                self.mark_written(about, record)

    def append_lines(self) -> None:
        """Append a line for each pending record, as it stands now or that it is gone; called before the commit."""
        touched, self._pending = self._pending, {}
        if touched:
            self._connection.write_each("INSERT INTO trail VALUES (?, ?, ?, ?, ?, ?)", list(self._new_lines(touched)))

    def discard_pending(self) -> None:
        """Discard pending records after a rollback."""
        self._pending = {}

    def _new_lines(self, touched: Collection[tuple[str, str | int]]) -> Iterator[tuple[int, str, str, str, str, str]]:
        (number, line_hash), salt = self._last_line(), secrets.token_hex(16)
        records = {about: [record for of, record in touched if of == about] for about in _RECORDS}
        contents = {about: self._contents(about, ids) for about, ids in records.items()}
        for about, record in touched:
            number += 1
            digest = _digest(salt, contents[about][str(record)])
            line_hash = _line_hash(line_hash, number, about, str(record), digest)
            yield number, about, str(record), salt, digest, line_hash

    def head_hash(self) -> str:
        """Return number and hash of the last line, to be kept elsewhere."""
        number, line_hash = self._last_line()
        return f"{number}-{line_hash}"

    def mismatches(self, kept: tuple[int, str] | None = None) -> tuple[Mismatch, ...]:
        """Return every place where the ledger is not what was written; `kept` is a line and the hash it had."""
        return (*self._broken_lines(), *self._changed_records(), *self._added_records(), *self._missing_head_hash(kept))

    def _last_line(self) -> tuple[int, str]:
        rows = self._connection.query("SELECT number, seal FROM trail ORDER BY number DESC LIMIT 1")
        return rows[0] if rows else (0, "")

    def _contents(self, about: str, records: Sequence[str | int]) -> dict[str, _Content]:
        """Return what stands in these records now, None for one that is gone."""
        found = {str(row[0]): row for row in self._select(_RECORDS[about], "id", records)}
        subjects = self._subjects(records) if about == "action" else {}
        columns = _LATER_COLUMNS[about]
        for number, *values in self._select(f"SELECT {', '.join(('id', *columns))} FROM {about}", "id", records):  # noqa: S608 -- names of ours
            of_client = (subjects.get(number),) if about == "action" else ()
            later = [pair for pair in zip(columns, values, strict=True) if pair[1] is not None]
            found[str(number)] = (*found[str(number)], *of_client, *later)
        rows = {str(run): self._connection.query(_ROWS, (run,)) for run in records if about == "run"}
        return {str(record): (found.get(str(record)), rows.get(str(record))) for record in records}

    def _subjects(self, numbers: Sequence[str | int]) -> dict[int, str]:
        """Return the HMACs of each operation, in the order of their letters whatever the database's own order is."""
        subjects: dict[int, list[str]] = defaultdict(list)
        rows = self._select("SELECT action, known_by, identity FROM subject", "action", numbers)
        for number, known_by, identity in sorted(rows, key=lambda row: row[2]):
            subjects[number].append(f"{known_by} {identity}")
        return {number: " ".join(hmacs) for number, hmacs in subjects.items()}

    def _select(self, statement: str, column: str, records: Sequence[str | int]) -> Iterator[Row]:
        """Yield the rows of a statement for these records."""
        for at in range(0, len(records), _AT_ONCE):
            some = records[at : at + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            yield from self._connection.query(f"{statement} WHERE {column} IN ({marks})", some)

    def _broken_lines(self) -> Iterator[Mismatch]:
        """Yield each line that does not follow from the one before; the next is checked against the hash it states."""
        expected, before = 1, ""
        for number, about, record, digest, line_hash in self._connection.query(_LINES):
            if number != expected:
                yield Mismatch("missing_line", expected)
            elif line_hash != _line_hash(before, number, about, record, digest):
                yield Mismatch("line", number)
            expected, before = number + 1, line_hash

    def _changed_records(self) -> Iterator[Mismatch]:
        """Yield each record that is not what its last line was made of."""
        last = self._connection.query(_LAST_LINES)
        contents = {
            about: self._contents(about, [_key(about, line[2]) for line in last if line[1] == about])
            for about in _RECORDS
        }
        for number, about, record, salt, digest in last:
            content = contents[about].get(record, (None, None)) if about in _RECORDS else None
            if content is not None and digest != _digest(salt, content):
                yield Mismatch("changed" if content[0] else "gone", number, *self._run_and_row(about, record))

    def _added_records(self) -> Iterator[Mismatch]:
        """Yield each record without a line."""
        for about in _RECORDS:
            lines = "SELECT record FROM trail WHERE about = ?"
            unsealed = f"SELECT id FROM {about} WHERE CAST(id AS TEXT) NOT IN ({lines})"  # noqa: S608 -- names of ours
            for (record,) in self._connection.query(unsealed, (about,)):
                yield Mismatch("added", None, *self._run_and_row(about, record))

    def _missing_head_hash(self, kept: tuple[int, str] | None) -> Iterator[Mismatch]:
        """Yield that a line which was there once is not there, or another."""
        if kept and not self._connection.query("SELECT 1 FROM trail WHERE number = ? AND seal = ?", kept):
            yield Mismatch("seal", kept[0])

    def _run_and_row(self, about: str, record: str | int) -> tuple[str | None, int | None]:
        if about == "run":
            return str(record), None
        rows = self._connection.query("SELECT run, row FROM action WHERE id = ?", (_key(about, record),))
        return rows[0] if rows else (None, None)


def is_run_id(typed: str) -> bool:
    """Return whether a text is the name of a run, or the beginning of one, and not a head hash.

    >>> is_run_id("last"), is_run_id("20261122-101500-1f3a"), is_run_id("20261122-10"), is_run_id("2026")
    (True, True, True, True)
    >>> is_run_id("12-00112233445566778899aabbccddeeff"), is_run_id("x")
    (False, False)
    """
    return typed == "last" or re.fullmatch(r"\d{1,8}|\d{8}-(\d{0,6}|\d{6}-[0-9a-f]{0,4})", typed) is not None


def parse_head_hash(seal: str) -> tuple[int, str]:
    """Return the line and hash of a head hash as it was typed. Raises UsageError.

    >>> parse_head_hash("12-00112233445566778899aabbccddeeff")
    (12, '00112233445566778899aabbccddeeff')
    """
    match = _HEAD_HASH.fullmatch(seal.strip())
    if match is None:
        raise UsageError("verify.seal_form", seal=seal)
    return int(match[1]), match[2].lower()


def _key(about: str, record: str | int) -> str | int:
    """Return what a record is called in its table; -1 for what a changed line calls an operation and is no number.

    >>> _key("action", "12"), _key("run", "12"), _key("action", "x")
    (12, '12', -1)
    """
    if about != "action":
        return record
    return int(record) if str(record).isdecimal() else -1


def _digest(salt: str, content: _Content) -> str:
    return hashlib.sha256(repr((salt, *content)).encode()).hexdigest()


def _line_hash(before: str, number: int, about: str, record: str, digest: str) -> str:
    """Return 128 bits that follow from the line and from everything before it."""
    return hashlib.sha256(f"{before} {number} {about} {record!r} {digest}".encode()).hexdigest()[:32]
