"""The ledger: what was ever asked of a platform and what became of it, in one SQLite database per home.

Nothing is sent before its intent is committed, and no intent is forgotten: what has no outcome is looked up on the
platform before anything new is sent. Whom that was about is known by HMACs and client ids; names and addresses stand in
the rows of a run alone, until it is forgotten, and numbers of people nowhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from clientimport.model.masking import mask_reason
from clientimport.push.ledger.adoption import Adoptions
from clientimport.push.ledger.database import Database, GroupCommit
from clientimport.push.ledger.hash_chain import Mismatch
from clientimport.push.ledger.key_records import KeyRecords
from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.ledger.schema import FINISHED_RUNS, FORGET_RUN

FORGOTTEN_RUN = ""
"""The run that what is left of forgotten ones belongs to."""


_ACTION = "SELECT id, run, row, kind, subject, content, key, state, client_id, mails_before, reason,"
_ACTION += " former, settled FROM action"
_ADDRESSES = """SELECT row.client_id, row.email, row.mailed FROM row JOIN run ON run.id = row.run
    WHERE run.account = ? AND row.client_id IS NOT NULL AND row.email IS NOT NULL ORDER BY run.rowid, row.position"""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """The head of a run."""

    id: str
    command: str
    connection: str
    platform: str
    sandbox: bool
    account: str
    account_name: str
    file: str
    file_sha256: str
    options: str
    """JSON of what the same command needs to be given again."""
    started: str
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class RowRecord:
    """What became of one row of a run; `position` keeps the order of the file."""

    position: int
    row: int | None
    first: bool
    state: str
    client_id: str | None = None
    reason: str | None = None
    created: bool = False
    mailed: bool = False
    action: int | None = None
    """For an uncertain one: what nobody knows the outcome of; it may be from an earlier run."""
    name: str | None = None
    """What a person calls the client."""
    email: str | None = None
    """Where its mail goes, or would go."""
    language: str | None = None
    """Of the mail."""
    at: str | None = None
    """When this was reached; UTC, ISO 8601."""
    findings: str | None = None
    """JSON of what was noticed (row_findings.py)."""


_ROW = (
    *("position", "row", "first", "state", "client_id", "reason", "created", "mailed", "action"),
    *("name", "email", "language", "at", "findings"),
)
"""The columns of a row, in the order of RowRecord."""


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """What the runs of an account remember of one client's address."""

    email: str
    """The last one that a file or a mail had."""
    mailed: str | None
    """The last one that a mail went to."""


class Ledger:
    """The open ledger. Every method that writes has committed to disk when it returns, unless commits are `grouped`.

    All methods raise PlatformUnreachable("io") when the disk fails, and whatever is written after that does too: what
    cannot be written down is not sent.
    """

    def __init__(self, path: Path) -> None:
        """Open or create it. Raises SettingsUnusable when it is damaged or newer than this program."""
        self._database = Database(path)
        self.key_records = KeyRecords(self._database)
        self.adoptions = Adoptions(self._database)
        self._group: GroupCommit | None = None

    def close(self) -> None:
        """Close it."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def group_commits(self) -> Iterator[None]:
        """Commit what is written within together with what others write in the same turn of the event loop."""
        self._group = GroupCommit(self._database.commit)
        try:
            yield
        finally:
            self._group = None
            self._database.commit()

    async def wait_for_commit(self) -> None:
        """Wait until everything that was written is on the disk."""
        if self._group is not None:
            await asyncio.shield(self._group.wanted())

    def _commit_or_group(self) -> None:
        """Commit, or let the group do so."""
        if self._group is None:
            self._database.commit()
        else:
            self._group.wanted()

    # Runs and their rows

    def begin_run(self, run: RunRecord, rows: Iterable[RowRecord]) -> None:
        """Remember a run and all its rows before anything is sent."""
        file = run.file.encode(errors="replace").decode()  # a name may hold bytes that are no text
        head = "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        values = (
            *(run.id, run.command, run.connection, run.platform, run.sandbox, run.account, run.account_name),
            *(file, run.file_sha256, run.options, run.started, run.ended),
        )
        with self._database:
            self._database.write(head, *values)
            self._write_rows(run.id, rows)
            self._database.mark_written("run", run.id)
        self._commit_or_group()

    def save_rows(self, run: str, rows: Iterable[RowRecord]) -> None:
        """Remember what became of rows."""
        with self._database:
            self._write_rows(run, rows)
        self._commit_or_group()

    def amend_rows(self, run: str, rows: Iterable[RowRecord]) -> None:
        """Remember what a person says of rows of a run that is over, and seal it anew."""
        with self._database:
            self._write_rows(run, rows)
            self._database.mark_written("run", run)
        self._commit_or_group()

    def end_run(self, run: str, moment: str) -> str:
        """Remember that a run came to its end, whatever it reached, and return the seal of everything until then."""
        with self._database:
            self._database.write("UPDATE run SET ended = ? WHERE id = ?", moment, run)
            self._database.mark_written("run", run)
        self._commit_or_group()
        return self.head_hash()

    def mismatches(self, kept: tuple[int, str] | None = None) -> tuple[Mismatch, ...]:
        """Return every place where this is not what was written; `kept` is a line and the seal it had."""
        with self._database.hash_chain() as trail:
            return trail.mismatches(kept)

    def head_hash(self) -> str:
        """Return the seal of everything until now."""
        with self._database.hash_chain() as trail:
            return trail.head_hash()

    def runs(self) -> tuple[RunRecord, ...]:
        """Return the heads of all runs, the latest first."""
        return tuple(
            map(_run, self._database.read("SELECT * FROM run WHERE id <> ? ORDER BY rowid DESC", FORGOTTEN_RUN))
        )

    def run(self, run: str) -> RunRecord | None:
        """Return the head of one run."""
        return next(map(_run, self._database.read("SELECT * FROM run WHERE id = ?", run)), None)

    def rows(self, run: str) -> tuple[RowRecord, ...]:
        """Return the rows of a run, in the order of the file."""
        names = ", ".join(_ROW)
        rows = self._database.read(f"SELECT {names} FROM row WHERE run = ? ORDER BY position", run)  # noqa: S608 -- names of ours
        return tuple(map(_row, rows))

    def addresses(self, account: str) -> dict[str, KnownAddress]:
        """Return what is remembered of the address of each client of an account, by client id."""
        addresses: dict[str, KnownAddress] = {}
        for client_id, email, mailed in self._database.read(_ADDRESSES, account):
            before = addresses.get(client_id)
            addresses[client_id] = KnownAddress(email, email if mailed else before.mailed if before else None)
        return addresses

    def forget(self, before: str) -> int:
        """Forget the runs of before this moment that have nothing open, and return how many there were.

        Of what was created and mailed only the HMACs and client ids stay, so that it never happens twice.
        """
        with self._database:
            old = self._database.read(FINISHED_RUNS, before, FORGOTTEN_RUN)
            for (run,) in old:
                self._forget(run)
        self._commit_or_group()
        self._database.compact()
        return len(old)

    def _forget(self, run: str) -> None:
        actions = self._database.read("SELECT id FROM action WHERE run = ?", run)
        for statement in FORGET_RUN:
            self._database.write(statement, run)
        with self._database.hash_chain() as trail:
            for about in (FORGOTTEN_RUN, run):
                trail.remove_salt("run", about)
            for (number,) in actions:
                trail.remove_salt("action", number)

    # Actions

    def begin_operation(self, action: Operation, account: str, identities: Mapping[str, str], moment: str) -> Operation:
        """Write that `action` is about to be sent, and return it with its number; `identities` are HMACs by kind."""
        statement = (
            "INSERT INTO action (run, row, account, kind, subject, content, key, client_id, mails_before, former,"
            " intended, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'intent')"
        )
        values = (
            *(action.run, action.row, account, action.kind, action.subject, action.content, action.key),
            *(action.client_id, action.mails_before, action.previous_values, moment),
        )
        with self._database:
            number = self._database.write(statement, *values)
            subjects = ((key, account, action.kind, number, known_by) for known_by, key in identities.items())
            self._database.write_each("INSERT INTO subject VALUES (?, ?, ?, ?, ?)", subjects)
            self._database.mark_written("action", number)
        self._commit_or_group()
        return replace(action, id=number)

    def record_outcome(
        self,
        action: Operation,
        state: OperationState,
        moment: str,
        client_id: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Write what became of `action`."""
        statement = (
            "UPDATE action SET state = ?, client_id = coalesce(?, client_id), reason = ?, settled = ? WHERE id = ?"
        )
        with self._database:
            self._database.write(statement, state, client_id, _masked_reason(reason), moment, action.id)
            self._database.mark_written("action", action.id)
        self._commit_or_group()

    def operations_about(self, account: str, kind: str, identities: Iterable[str]) -> tuple[Operation, ...]:
        """Return every action of this kind for a client with one of these identities, the latest last."""
        keys = tuple(identities)
        marks = ", ".join("?" * len(keys))
        which = f"SELECT action FROM subject WHERE account = ? AND kind = ? AND identity IN ({marks})"  # noqa: S608 -- marks only
        return self._operations(f"{_ACTION} WHERE id IN ({which}) ORDER BY id", account, kind, *keys)

    def operations_of_run(self, run: str) -> tuple[Operation, ...]:
        """Return everything that a run asked for, in the order in which it was asked."""
        return self._operations(f"{_ACTION} WHERE run = ? ORDER BY id", run)

    def additions(self, run: str | None = None) -> dict[str, dict[str, int]]:
        """Return by run how many contacts (`contact`) it added, and how many clients it shared the documents of."""
        which, values = ("run = ? AND ", (run,)) if run is not None else ("", ())
        where = f"{which}state = 'acked' AND kind IN ('contact', 'share')"
        counted = f"SELECT run, kind, count(*) FROM action WHERE {where} GROUP BY run, kind"  # noqa: S608 -- ours
        by_run: dict[str, dict[str, int]] = {}
        for name, kind, number in self._database.read(counted, *values):
            by_run.setdefault(name, {})[kind] = number
        return by_run

    def identity_hmacs(self, action: Operation) -> dict[str, str]:
        """Return the HMACs of whom an action is about, by the kind of identity."""
        statement = "SELECT known_by, identity FROM subject WHERE action = ?"
        return dict(self._database.read(statement, action.id))

    def operations_for_client(self, account: str, kind: str, client_id: str) -> tuple[Operation, ...]:
        """Return every action of this kind for the client that the platform calls `client_id`, the latest last."""
        where = "WHERE account = ? AND kind = ? AND client_id = ? ORDER BY id"
        return self._operations(f"{_ACTION} {where}", account, kind, client_id)

    def operation(self, number: int) -> Operation | None:
        """Return the action with this number."""
        return next(iter(self._operations(f"{_ACTION} WHERE id = ?", number)), None)

    def _operations(self, statement: str, *values: object) -> tuple[Operation, ...]:
        return tuple(map(_operation, self._database.read(statement, *values)))

    def _write_rows(self, run: str, rows: Iterable[RowRecord]) -> None:
        values = (
            (
                *(
                    run,
                    record.position,
                    record.row,
                    record.first,
                    record.state,
                    record.client_id,
                    _masked_reason(record.reason),
                ),
                *(
                    record.created,
                    record.mailed,
                    record.action,
                    record.name,
                    record.email,
                    record.language,
                    record.at,
                    record.findings,
                ),
            )
            for record in rows
        )
        marks = ", ".join("?" * (len(_ROW) + 1))
        self._database.write_each(f"INSERT OR REPLACE INTO row (run, {', '.join(_ROW)}) VALUES ({marks})", values)  # noqa: S608 -- names of ours


def _masked_reason(reason: str | None) -> str | None:
    """Return a reason as it may be kept, whoever gave it: the one place that everything stored goes through."""
    return None if reason is None else mask_reason(reason)


def _operation(columns: tuple[object, ...]) -> Operation:
    number, run, row, kind, subject, content, key, state, *others = columns
    return Operation(number, run, row, kind, subject, content, key, OperationState(str(state)), *others)  # type: ignore[arg-type]


def _row(columns: tuple[object, ...]) -> RowRecord:
    position, row, first, state, client_id, reason, created, mailed, *others = columns
    return RowRecord(position, row, bool(first), state, client_id, reason, bool(created), bool(mailed), *others)  # type: ignore[arg-type]


def _run(columns: tuple[object, ...]) -> RunRecord:
    number, command, connection, platform, sandbox, *others = columns
    return RunRecord(number, command, connection, platform, bool(sandbox), *others)  # type: ignore[arg-type]
