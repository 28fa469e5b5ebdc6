"""The ledger: every operation on a platform and what became of it, in the home or for several desks.

Nothing is sent before its intent is committed, and no intent is forgotten: what has no outcome is looked up on the
platform before anything new is sent. Whom that was about is known by HMACs and client ids; names and addresses stand in
the rows of a run alone, until it is forgotten, and numbers of people nowhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Self

from clientimport.model.clock import Clock
from clientimport.model.masking import mask_reason
from clientimport.model.postgres_url import PostgresUrl
from clientimport.push.ledger.account_keys import AccountKeys
from clientimport.push.ledger.approvals import Approvals
from clientimport.push.ledger.client_history import ConfirmedOperation
from clientimport.push.ledger.columns import (
    ROW_COLUMNS,
    RUN_COLUMNS,
    SELECT_OPERATION,
    SELECT_RUN,
    WRITE_ROW,
    to_operation,
    to_row,
    to_run,
)
from clientimport.push.ledger.database import Database, GroupCommit, LedgerPlace
from clientimport.push.ledger.hash_chain import Mismatch
from clientimport.push.ledger.key_records import KeyRecords
from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.ledger.records import Decision, KnownAddress, RowRecord, RunRecord
from clientimport.push.ledger.schema import FINISHED_RUNS, FORGET_RUN, NEXT_RUN
from clientimport.push.ledger.unowned_runs import Adoptions
from clientimport.push.ledger.who import who

FORGOTTEN_RUN = ""
"""The run that what is left of forgotten ones belongs to."""


_ADDRESSES = """SELECT row.client_id, row.email, row.mailed FROM row JOIN run ON run.id = row.run
    WHERE run.account = ? AND row.client_id IS NOT NULL AND row.email IS NOT NULL ORDER BY run.number, row.position"""

_CONFIRMED = """SELECT kind, client_id, coalesce(settled, intended), mails_before FROM action
    WHERE account = ? AND state = 'acked' AND client_id IS NOT NULL AND kind IN ('create', 'invite') ORDER BY id"""


class Ledger:
    """The open ledger. Every method that writes has committed to disk when it returns, unless commits are `grouped`.

    All methods raise PlatformUnreachable("io") when the disk fails, and every later write raises it too: what
    cannot be written down is not sent.
    """

    def __init__(self, place: LedgerPlace) -> None:
        """Open or create it. Raises SettingsUnusable when it is damaged or newer than this program."""
        self.database = Database(place)
        self.key_records = KeyRecords(self.database)
        self.adoptions = Adoptions(self.database)
        self.account_keys = AccountKeys(self.database)
        self.approvals = Approvals(self.database)
        self.is_shared = isinstance(place, PostgresUrl)
        """Whether several desks write to it."""
        self._group: GroupCommit | None = None
        self.who: str | None = who()
        """By whom what is written now is done."""

    @property
    def name(self) -> str:
        """What people call it: its file, or its server and database."""
        return self.database.name

    def accounts(self) -> tuple[str, ...]:
        """Return the accounts that something is known about."""
        rows = self.database.read("SELECT account FROM run UNION SELECT account FROM action ORDER BY account")
        return tuple(account for (account,) in rows)

    def account_label(self, account: str) -> str:
        """Return what people call an account: its name and where it is, or its key where no run remembers the name."""
        rows = self.database.read(
            "SELECT account_name FROM run WHERE account = ? ORDER BY number DESC LIMIT 1", account
        )
        return next((f"{name} ({account.partition(' ')[0]})" for (name,) in rows if name), account)

    def close(self) -> None:
        """Close it."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def clock(self) -> Clock:
        """The clock that all who share the ledger go by."""
        return Clock(now=self.database.now)

    def moved_to(self) -> str | None:
        """Return where the ledger of this home was moved to; None while it is in use."""
        rows = () if self.is_shared else self.database.read("SELECT place FROM moved")
        return str(rows[0][0]) if rows else None

    @contextmanager
    def locked_account(self, account: str) -> Iterator[None]:
        """Lock everybody else out of an account. Raises PlatformUnreachable("locked") when another process has it."""
        with self.database.lock(account):
            yield

    @contextmanager
    def group_commits(self) -> Iterator[None]:
        """Commit what is written within together with what others write in the same turn of the event loop."""
        self._group = GroupCommit(self.database.commit)
        try:
            yield
        finally:
            self._group = None
            self.database.commit()

    async def wait_for_commit(self) -> None:
        """Wait until everything that was written is on the disk."""
        if self._group is not None:
            await asyncio.shield(self._group.next_commit())

    def _commit_or_group(self) -> None:
        """Commit now, or with the group."""
        if self._group is None:
            self.database.commit()
        else:
            self._group.next_commit()

    # Runs and their rows

    def begin_run(self, run: RunRecord, rows: Iterable[RowRecord]) -> None:
        """Remember a run and all its rows before anything is sent."""
        file = run.file.encode(errors="replace").decode()  # a name may hold bytes that are no text
        marks = ", ".join("?" * len(RUN_COLUMNS))
        head = f"INSERT INTO run ({', '.join(RUN_COLUMNS)}, number) VALUES ({marks}, {NEXT_RUN})"  # noqa: S608 -- names of ours
        values = (
            *(run.id, run.command, run.connection, run.platform, run.sandbox, run.account, run.account_name),
            *(file, run.file_sha256, run.options, run.started, run.ended, run.by or self.who, run.approved_by),
        )
        with self.database:
            self.database.write(head, *values)
            self._write_rows(run.id, rows)
            self.database.mark_written("run", run.id)
        self._commit_or_group()

    def save_rows(self, run: str, rows: Iterable[RowRecord]) -> None:
        """Remember what became of rows."""
        with self.database:
            self._write_rows(run, rows)
        self._commit_or_group()

    def amend_rows(self, run: str, rows: Iterable[RowRecord]) -> None:
        """Save what a person decided about rows of a run that is over, with a new line of the hash chain."""
        with self.database:
            self._write_rows(run, rows)
            self.database.mark_written("run", run)
        self._commit_or_group()

    def end_run(self, run: str, moment: str) -> str:
        """Save that a run has ended, and return the head hash."""
        with self.database:
            self.database.write("UPDATE run SET ended = ? WHERE id = ?", moment, run)
            self.database.mark_written("run", run)
        self._commit_or_group()
        return self.head_hash()

    def mismatches(self, kept: tuple[int, str] | None = None) -> tuple[Mismatch, ...]:
        """Return every place where this is not what was written; `kept` is a line and the hash it had."""
        with self.database.snapshot(), self.database.hash_chain() as trail:
            return trail.mismatches(kept)

    def head_hash(self) -> str:
        """Return the head hash of everything written so far."""
        with self.database.hash_chain() as trail:
            return trail.head_hash()

    def runs(self) -> tuple[RunRecord, ...]:
        """Return the heads of all runs, the latest first."""
        rows = self.database.read(f"{SELECT_RUN} WHERE id <> ? ORDER BY number DESC", FORGOTTEN_RUN)
        return tuple(map(to_run, rows))

    def run(self, run: str) -> RunRecord | None:
        """Return the head of one run."""
        return next(map(to_run, self.database.read(f"{SELECT_RUN} WHERE id = ?", run)), None)

    def rows(self, run: str) -> tuple[RowRecord, ...]:
        """Return the rows of a run, in the order of the file."""
        names = ", ".join(ROW_COLUMNS)
        rows = self.database.read(f"SELECT {names} FROM row WHERE run = ? ORDER BY position", run)  # noqa: S608 -- names of ours
        return tuple(map(to_row, rows))

    def addresses(self, account: str) -> dict[str, KnownAddress]:
        """Return what is remembered of the address of each client of an account, by client id."""
        addresses: dict[str, KnownAddress] = {}
        for client_id, email, mailed in self.database.read(_ADDRESSES, account):
            before = addresses.get(client_id)
            addresses[client_id] = KnownAddress(email, email if mailed else before.mailed if before else None)
        return addresses

    def confirmed_operations(self, account: str) -> tuple[ConfirmedOperation, ...]:
        """Return each creation and mail that an account confirmed, the earliest first."""
        return tuple(
            ConfirmedOperation(kind, client_id, datetime.fromisoformat(moment), mails_before)
            for kind, client_id, moment, mails_before in self.database.read(_CONFIRMED, account)
        )

    def forget(self, before: str) -> int:
        """Forget the runs of before this moment without an unknown outcome, and return their number.

        Of what was created and mailed only the HMACs and client ids stay, so that it never happens twice.
        """
        with self.database:
            old = self.database.read(FINISHED_RUNS, before, FORGOTTEN_RUN)
            for (run,) in old:
                self._forget(run)
        self._commit_or_group()
        self.database.compact()
        return len(old)

    def _forget(self, run: str) -> None:
        actions = self.database.read("SELECT id FROM action WHERE run = ?", run)
        for statement in FORGET_RUN:
            self.database.write(statement, run)
        with self.database.hash_chain() as trail:
            for about in (FORGOTTEN_RUN, run):
                trail.remove_salt("run", about)
            for (number,) in actions:
                trail.remove_salt("action", number)

    # Operations

    def begin_operation(
        self, operation: Operation, account: str, identities: Mapping[str, str], moment: str
    ) -> Operation:
        """Write that `action` is about to be sent, and return it with its id; `identities` are HMACs by kind."""
        statement = (
            "INSERT INTO action (id, run, row, account, kind, subject, content, key, client_id, mails_before, former,"
            " intended, state) VALUES ((SELECT coalesce(max(id), 0) + 1 FROM action), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
            " 'intent') RETURNING id"
        )
        values = (
            *(
                operation.run,
                operation.row,
                account,
                operation.kind,
                operation.subject,
                operation.content,
                operation.key,
            ),
            *(operation.client_id, operation.mails_before, operation.previous_values, moment),
        )
        assert self.database.has_locked(account)  # what the intent rests on was read before, and others may not write
        with self.database:
            ((number,),) = self.database.write(statement, *values)
            subjects = ((key, account, operation.kind, number, known_by) for known_by, key in identities.items())
            self.database.write_each("INSERT INTO subject VALUES (?, ?, ?, ?, ?)", subjects)
            self.database.mark_written("action", number)
        self._commit_or_group()
        return replace(operation, id=number)

    def record_outcome(
        self,
        operation: Operation,
        state: OperationState,
        moment: str,
        client_id: str | None = None,
        reason: str | None = None,
        resolved_by: str | None = None,
    ) -> None:
        """Write what became of `action`; `resolved_by` is the person who decided it."""
        statement = (
            "UPDATE action SET state = ?, client_id = coalesce(?, client_id), reason = ?, settled = ?,"
            " resolved_by = coalesce(?, resolved_by) WHERE id = ?"
        )
        with self.database:
            self.database.write(statement, state, client_id, _masked_reason(reason), moment, resolved_by, operation.id)
            self.database.mark_written("action", operation.id)
        self._commit_or_group()

    def operations_about(self, account: str, kind: str, identities: Iterable[str]) -> tuple[Operation, ...]:
        """Return every operation of this kind for a client with one of these identities, the latest last."""
        keys = tuple(identities)
        if not keys:
            return ()
        marks = ", ".join("?" * len(keys))
        which = f"SELECT action FROM subject WHERE account = ? AND kind = ? AND identity IN ({marks})"  # noqa: S608 -- marks only
        return self._operations(f"{SELECT_OPERATION} WHERE id IN ({which}) ORDER BY id", account, kind, *keys)

    def operations_of_run(self, run: str) -> tuple[Operation, ...]:
        """Return the operations of a run, in their order."""
        return self._operations(f"{SELECT_OPERATION} WHERE run = ? ORDER BY id", run)

    def additions(self, run: str | None = None) -> dict[str, dict[str, int]]:
        """Return by run how many contacts (`contact`) it added, and how many clients it shared the documents of."""
        which, values = ("run = ? AND ", (run,)) if run is not None else ("", ())
        where = f"{which}state = 'acked' AND kind IN ('contact', 'share')"
        counted = f"SELECT run, kind, count(*) FROM action WHERE {where} GROUP BY run, kind"  # noqa: S608 -- ours
        by_run: dict[str, dict[str, int]] = {}
        for name, kind, number in self.database.read(counted, *values):
            by_run.setdefault(name, {})[kind] = number
        return by_run

    def decisions(self, run: str) -> tuple[Decision, ...]:
        """Return what persons decided about operations of a run, in the order of the operations."""
        statement = "SELECT row, resolved_by, settled FROM action WHERE run = ? AND resolved_by IS NOT NULL ORDER BY id"
        return tuple(Decision(*row) for row in self.database.read(statement, run))

    def identity_hmacs(self, operation: Operation) -> dict[str, str]:
        """Return the HMACs of the client that an operation is about, by the kind of identity."""
        statement = "SELECT known_by, identity FROM subject WHERE action = ?"
        return dict(self.database.read(statement, operation.id))

    def operations_for_client(self, account: str, kind: str, client_id: str) -> tuple[Operation, ...]:
        """Return every operation of this kind for the client with this id on the platform, the latest last."""
        where = "WHERE account = ? AND kind = ? AND client_id = ? ORDER BY id"
        return self._operations(f"{SELECT_OPERATION} {where}", account, kind, client_id)

    def operation(self, number: int) -> Operation | None:
        """Return the operation with this id."""
        return next(iter(self._operations(f"{SELECT_OPERATION} WHERE id = ?", number)), None)

    def _operations(self, statement: str, *values: object) -> tuple[Operation, ...]:
        return tuple(map(to_operation, self.database.read(statement, *values)))

    def _write_rows(self, run: str, rows: Iterable[RowRecord]) -> None:
        masked = (replace(record, reason=_masked_reason(record.reason)) for record in rows)
        values = ((run, *(getattr(record, name) for name in ROW_COLUMNS)) for record in masked)
        self.database.write_each(WRITE_ROW, values)


def _masked_reason(reason: str | None) -> str | None:
    """Return a reason with numbers of people masked: every reason that is stored goes through here."""
    return None if reason is None else mask_reason(reason)
