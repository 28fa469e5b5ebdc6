"""Unowned runs: runs of before the ledger knew where an account is get its address, once a person has confirmed it.

Their clients were written down under a key derived from the connection's secret. That key is kept, wrapped in the
ledger's own, so that they are known again after the secret is renewed, too.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from clientimport.push.ledger.database import Database
from clientimport.push.ledger.identity_hmac import IdentityHmac

FORGOTTEN = ""
"""Stands for the connection of what is left of forgotten runs: it is not known any more."""

LOOKED_AT = 200
"""The latest operations by which it is recognised with which secret they were written. Chosen, not measured."""
_TRIED_KEYS = 3
"""The attempts under one identity whose keys are tried: hardly any was sent more often. Chosen, not measured."""


@dataclass(frozen=True, slots=True)
class UnownedRuns:
    """The runs of one connection to an account whose address is not known."""

    connection: str
    runs: int
    first: str
    last: str
    """When the first and the last began; empty for forgotten ones."""


class Adoptions:
    """A person's decisions about runs without an address, and the keys that these were written with."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unowned_runs(self, former: str, *, sandbox: bool) -> tuple[UnownedRuns, ...]:
        """Return the runs under the `former` name of an account, of the built-in platform or of others."""
        statement = """SELECT connection, count(*), min(started), max(started) FROM run
            WHERE account = ? AND sandbox = ? AND id <> '' GROUP BY connection ORDER BY max(started)"""
        groups = tuple(UnownedRuns(*row) for row in self._database.read(statement, former, sandbox))
        left = "SELECT 1 FROM action WHERE account = ? AND run = '' LIMIT 1"
        guards = self._database.read(left, former)
        return (*groups, UnownedRuns(FORGOTTEN, 0, "", "")) if guards else groups

    def declined_connections(self, former: str, account: str) -> frozenset[str]:
        """Return the connections whose runs did not go to `account`, as a person decided."""
        statement = "SELECT connection FROM adoption WHERE former = ? AND account = ? AND adopted = 0"
        return frozenset(name for (name,) in self._database.read(statement, former, account))

    def decline(self, former: str, account: str, connections: Iterable[str]) -> None:
        """Remember that the runs of these connections did not go to `account`."""
        with self._database:
            self._remember(former, account, connections, adopted=False)
        self._database.commit()

    def adopt(self, former: str, account: str, connections: Iterable[str], *, sandbox: bool) -> int:
        """Assign the runs of these connections to `account` and return the number of their operations."""
        names = tuple(connections)
        statement = """SELECT id FROM run WHERE account = ? AND sandbox = ? AND id <> ''
            AND connection = ?"""
        with self._database:
            every = (self._database.read(statement, former, sandbox, name) for name in names)
            runs = [run for rows in every for (run,) in rows]
            moved = self._move(former, account, [*runs, FORGOTTEN] if FORGOTTEN in names else runs)
            self._remember(former, account, names, adopted=True)
        self._database.commit()
        return moved

    def previous_keys(self, account: str, former: str, secret_key: bytes, ledger_key: bytes) -> tuple[bytes, ...]:
        """Return the keys that what was adopted was written with; `secret_key`, once it is seen to be one, is kept."""
        statement = "SELECT max(last_action) FROM adoption WHERE former = ? AND account = ? AND adopted = 1"
        ((last,),) = self._database.read(statement, former, account)
        if last is None:
            return ()
        kept = self.kept_previous_keys(account, ledger_key)
        if secret_key in kept or not self._written_with(IdentityHmac.for_account(former, secret_key), account, last):
            return kept
        nonce = secrets.token_hex(16)
        wrapped = _wrap(secret_key, account, nonce, ledger_key).hex()
        with self._database:
            self._database.write("INSERT INTO former_key VALUES (?, ?, ?)", account, nonce, wrapped)
        self._database.commit()
        return (*kept, secret_key)

    def kept_previous_keys(self, account: str, ledger_key: bytes) -> tuple[bytes, ...]:
        """Return the keys that are known to be those that what was adopted was written with."""
        rows = self._database.read("SELECT nonce, wrapped FROM former_key WHERE account = ?", account)
        return tuple(_wrap(bytes.fromhex(wrapped), account, nonce, ledger_key) for nonce, wrapped in rows)

    def _written_with(self, identity_hmac: IdentityHmac, account: str, last: int) -> bool:
        """Return whether one of the latest earlier operations has an idempotency key that these keys make.

        They are read from the latest back: `|| ''` keeps an index out that has them in no order.
        """
        statement = "SELECT kind, subject, key FROM action WHERE account || '' = ? AND id <= ? ORDER BY id DESC LIMIT ?"
        return any(
            key in {identity_hmac.idempotency_key(kind, subject, attempt) for attempt in range(_TRIED_KEYS)}
            for kind, subject, key in self._database.read(statement, account, last, LOOKED_AT)
        )

    def _move(self, former: str, account: str, runs: list[str]) -> int:
        of_run = "SELECT id FROM action WHERE account = ? AND run = ?"
        actions = [number for run in runs for (number,) in self._database.read(of_run, former, run)]
        for statement, whom in (
            ("UPDATE run SET account = ? WHERE id = ?", filter(None, runs)),
            ("UPDATE action SET account = ? WHERE id = ?", actions),
            ("UPDATE subject SET account = ? WHERE action = ?", actions),
        ):
            self._database.write_each(statement, [(account, key) for key in whom])
        for run in filter(None, runs):
            self._database.mark_written("run", run)
        for number in actions:
            self._database.mark_written("action", number)
        return len(actions)

    def _remember(self, former: str, account: str, connections: Iterable[str], *, adopted: bool) -> None:
        ((last,),) = self._database.read("SELECT coalesce(max(id), 0) FROM action")
        rows = ((former, connection, account, int(adopted), last) for connection in connections)
        statement = """INSERT INTO adoption VALUES (?, ?, ?, ?, ?) ON CONFLICT (former, connection, account)
            DO UPDATE SET adopted = excluded.adopted, last_action = excluded.last_action"""
        self._database.write_each(statement, rows)


def _wrap(key: bytes, account: str, nonce: str, ledger_key: bytes) -> bytes:
    """Return a key wrapped in the ledger's, or unwrapped: a pad that is used once, the same there and back."""
    pad = hmac.digest(ledger_key, f"former key {nonce} {account}".encode(), hashlib.sha256)
    return bytes(byte ^ other for byte, other in zip(key, pad, strict=True))
