"""The store: clients, mails, configuration templates and answers in one SQLite database.

An answer is on disk before it is sent: write-ahead logging survives the death of the process at any moment.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clientimport.errors import SettingsUnusable

_LAYOUT = """
CREATE TABLE IF NOT EXISTS client (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL, status TEXT NOT NULL,
    invitations INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS client_of_account ON client (account, seq);
CREATE TABLE IF NOT EXISTS key (
    account TEXT, kind TEXT, value TEXT, seq INTEGER REFERENCES client ON DELETE CASCADE,
    PRIMARY KEY (account, kind, value, seq)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS key_of_client ON key (seq);
CREATE TABLE IF NOT EXISTS mail (account TEXT, client TEXT, recipient TEXT, kind TEXT, number INTEGER);
CREATE TABLE IF NOT EXISTS configuration (account TEXT, name TEXT, body TEXT, UNIQUE (account, name));
CREATE TABLE IF NOT EXISTS answer (
    account TEXT, path TEXT, key TEXT, digest TEXT, status INTEGER, body TEXT, PRIMARY KEY (account, path, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS birth (id TEXT);
INSERT INTO birth SELECT lower(hex(randomblob(16))) WHERE NOT EXISTS (SELECT 1 FROM birth);
PRAGMA user_version = 1;
"""
_CLIENT = "SELECT id, account, status, invitations, body FROM client"


@dataclass(frozen=True, slots=True)
class StoredClient:
    """A client as the store has it."""

    id: str
    account: str
    status: str
    invitations: int
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredMail:
    """A mail that a real platform would have sent; `number` counts those to the same client."""

    account: str
    client_id: str
    to: str
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The answer to a request, sent again when the request is repeated."""

    status: int
    body: dict[str, Any]


class Store:
    """The open database. All requests share it: the event loop runs one at a time between BEGIN and COMMIT."""

    def __init__(self, path: Path | None) -> None:
        """Open or create it, readable by its owner only. Raises SettingsUnusable."""
        try:
            if path:
                path.touch(mode=0o600, exist_ok=True)
            self._sql = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            raise SettingsUnusable("sandbox.database_unusable", file=path, reason=error) from error
        try:
            self._require_sandbox_database(path)
            self.is_new = self._create_tables()
            """Whether the database was created now."""
            (self.database_id,) = self._sql.execute("SELECT id FROM birth").fetchone()
            """A random id of this database: an office in another database is another account."""
        except SettingsUnusable:
            self._sql.close()
            raise
        except sqlite3.Error as error:
            self._sql.close()
            raise SettingsUnusable("sandbox.database_unusable", file=path, reason=error) from error

    def _require_sandbox_database(self, path: Path | None) -> None:
        """Raise SettingsUnusable when this is another program's database, before anything is changed in it."""
        tables = {name for (name,) in self._sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables and "birth" not in tables:
            raise SettingsUnusable("sandbox.database_other", file=path)

    def _create_tables(self) -> bool:
        for pragma in ("busy_timeout = 5000", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            self._sql.execute(f"PRAGMA {pragma}")
        (version,) = self._sql.execute("PRAGMA user_version").fetchone()
        if version == 0:
            self._sql.executescript(f"BEGIN IMMEDIATE; {_LAYOUT} COMMIT;")
        return bool(version == 0)

    def close(self) -> None:
        """Close the database."""
        self._sql.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what is written inside the context, or roll it back after an exception."""
        self._sql.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._sql.execute("ROLLBACK")
            raise
        self._sql.execute("COMMIT")

    def add(self, client: StoredClient, keys: Iterable[tuple[str, str]]) -> None:
        """Add a new client, which is found by `keys` (kind, value)."""
        row = (client.id, client.account, client.status, client.invitations, _text(client.body))
        self._sql.execute("INSERT INTO client (id, account, status, invitations, body) VALUES (?, ?, ?, ?, ?)", row)
        self._add_keys(client, keys)

    def replace(self, client: StoredClient, keys: Iterable[tuple[str, str]]) -> None:
        """Overwrite a client."""
        row = (client.status, client.invitations, _text(client.body), client.id)
        self._sql.execute("UPDATE client SET status = ?, invitations = ?, body = ? WHERE id = ?", row)
        self._sql.execute("DELETE FROM key WHERE seq = (SELECT seq FROM client WHERE id = ?)", (client.id,))
        self._add_keys(client, keys)

    def _add_keys(self, client: StoredClient, keys: Iterable[tuple[str, str]]) -> None:
        (seq,) = self._sql.execute("SELECT seq FROM client WHERE id = ?", (client.id,)).fetchone()
        rows = [(client.account, kind, value, seq) for kind, value in keys]
        self._sql.executemany("INSERT OR IGNORE INTO key VALUES (?, ?, ?, ?)", rows)

    def set_status(self, client_id: str, status: str, invitations: int) -> None:
        """Set a client's status and its number of invitations."""
        self._sql.execute(
            "UPDATE client SET status = ?, invitations = ? WHERE id = ?", (status, invitations, client_id)
        )

    def delete(self, client_id: str) -> None:
        """Delete a client; its mails stay in the outbox."""
        self._sql.execute("DELETE FROM client WHERE id = ?", (client_id,))

    def client(self, client_id: str) -> StoredClient | None:
        """Return one client of any account."""
        return next(self._clients(f"{_CLIENT} WHERE id = ?", client_id), None)

    def find(self, account: str, kind: str, value: str) -> Iterator[StoredClient]:
        """Yield the clients with this key."""
        where = "WHERE seq IN (SELECT seq FROM key WHERE account = ? AND kind = ? AND value = ?) ORDER BY seq"
        return self._clients(f"{_CLIENT} {where}", account, kind, value)

    def page(self, account: str, start: int, size: int) -> Iterator[StoredClient]:
        """Yield `size` clients of an account from the `start`-th on, the oldest first."""
        return self._clients(f"{_CLIENT} WHERE account = ? ORDER BY seq LIMIT ? OFFSET ?", account, size, start)

    def count(self, account: str) -> int:
        """Return how many clients an account has."""
        (count,) = self._sql.execute("SELECT count(*) FROM client WHERE account = ?", (account,)).fetchone()
        return int(count)

    def all_clients(self) -> Iterator[StoredClient]:
        """Yield the clients of all accounts."""
        return self._clients(f"{_CLIENT} ORDER BY seq")

    def _clients(self, sql: str, *parameters: object) -> Iterator[StoredClient]:
        for client_id, account, status, invitations, body in self._sql.execute(sql, parameters):
            yield StoredClient(client_id, account, status, invitations, json.loads(body))

    def add_mail(self, mail: StoredMail) -> None:
        """Add a mail to the outbox."""
        row = (mail.account, mail.client_id, mail.to, mail.kind, mail.number)
        self._sql.execute("INSERT INTO mail VALUES (?, ?, ?, ?, ?)", row)

    def mails(self) -> Iterator[StoredMail]:
        """Yield the outbox, the oldest first."""
        return (StoredMail(*row) for row in self._sql.execute("SELECT * FROM mail ORDER BY rowid"))

    def configurations(self, account: str) -> dict[str, dict[str, Any]]:
        """Return an account's configuration templates by name."""
        rows = self._sql.execute("SELECT name, body FROM configuration WHERE account = ? ORDER BY rowid", (account,))
        return {name: json.loads(body) for name, body in rows}

    def replace_configurations(self, account: str, configurations: dict[str, dict[str, Any]]) -> None:
        """Replace an account's configuration templates."""
        self._sql.execute("DELETE FROM configuration WHERE account = ?", (account,))
        rows = [(account, name, _text(body)) for name, body in configurations.items()]
        self._sql.executemany("INSERT INTO configuration VALUES (?, ?, ?)", rows)

    def answer(self, account: str, path: str, key: str) -> tuple[str, StoredAnswer] | None:
        """Return the digest of the request that had this key, and the stored answer."""
        row = self._sql.execute(
            "SELECT digest, status, body FROM answer WHERE account = ? AND path = ? AND key = ?", (account, path, key)
        ).fetchone()
        return row and (row[0], StoredAnswer(row[1], json.loads(row[2])))

    def add_answer(self, account: str, path: str, key: str, digest: str, answer: StoredAnswer) -> None:
        """Store the answer to a request."""
        row = (account, path, key, digest, answer.status, _text(answer.body))
        self._sql.execute("INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?)", row)


def _text(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False)
