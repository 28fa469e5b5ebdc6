"""The move of a home's ledger into a shared one: every record and every line of the hash chain, as they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from clientimport.errors import SettingsUnusable, UsageError
from clientimport.push.ledger.columns import ROW_COLUMNS, RUN_COLUMNS
from clientimport.push.ledger.database import Database
from clientimport.push.ledger.desk_key import DeskKey
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.who import who

_TABLES: Mapping[str, tuple[str, ...]] = {
    "run": (*RUN_COLUMNS, "number"),
    "action": (
        *("id", "run", "row", "account", "kind", "subject", "content", "key", "state", "client_id", "mails_before"),
        *("reason", "intended", "settled", "former", "resolved_by"),
    ),
    "row": ("run", *ROW_COLUMNS),
    "subject": ("identity", "account", "kind", "action", "known_by"),
    "trail": ("number", "about", "record", "salt", "digest", "seal"),
    "adoption": ("former", "connection", "account", "adopted", "last_action"),
    "former_key": ("account", "nonce", "wrapped"),
    "approval": ("id", "planned_by", "planned", "approved_by", "approved"),
}
"""Every table that is moved and its columns, those first to which others refer."""


@dataclass(frozen=True, slots=True)
class LedgerMove:
    """A ledger and where it goes."""

    source: Ledger
    target: Ledger
    key: bytes
    """What clients are known under in the source: in the target it is the key of each of its accounts."""
    address: str
    """The target's, with the user and without a password: what a settings file says."""
    desk_keys: Callable[[str], Sequence[DeskKey]]
    """Returns the keys of this desk to an account."""

    def carry_out(self) -> str:
        """Copy everything, compare both sides, and return the head hash. Nothing is written to the source again.

        Raises UsageError for a target that is in use, SettingsUnusable for a source that is not as it was written, and
        PlatformUnreachable where a push is going on.
        """
        if self.source.mismatches():
            raise SettingsUnusable("move.broken", file=self.source.name)
        with ExitStack() as locks:
            for account in self.source.accounts():
                locks.enter_context(self.source.locked_account(account))
            with self.source.database as source:
                self._copy(source, self.target.database)
                source.write("INSERT INTO moved VALUES (?)", self.address)
            source.commit()
        return self.target.head_hash()

    def _copy(self, source: Database, target: Database) -> None:
        with target:
            if self.target.head_hash() != self.source.head_hash():  # a move that was interrupted at its very end
                self._require_empty(target)
                for table, columns in _TABLES.items():
                    marks = ", ".join("?" * len(columns))
                    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 -- names of ours
                    target.write_each(insert, _rows(source, table))
                for account in self.source.accounts():
                    moment = self.target.clock.timestamp()
                    self.target.account_keys.take(account, self.key, self.desk_keys(account), who(), moment)
            if self.target.mismatches() or any(_rows(source, table) != _rows(target, table) for table in _TABLES):
                raise UsageError("move.differs", url=self.target.name, file=self.source.name)
        target.commit()

    def _require_empty(self, target: Database) -> None:
        if any(target.read(f"SELECT 1 FROM {table} LIMIT 1") for table in (*_TABLES, "account_key")):  # noqa: S608 -- names of ours
            facts = {"url": self.target.name, "address": self.address, "file": self.source.name}
            raise UsageError("move.not_empty", **facts)


def _rows(database: Database, table: str) -> list[tuple[object, ...]]:
    """Return a table as it stands, in an order that is the same everywhere."""
    rows = database.read(f"SELECT {', '.join(_TABLES[table])} FROM {table}")  # noqa: S608 -- names of ours
    return sorted(rows, key=lambda row: [str(value) for value in row])
