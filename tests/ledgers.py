"""The ledgers of tests: each home has one, in the dialect that the test runs in."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from clientimport.model.postgres_url import PostgresUrl, parse_postgres_url
from clientimport.push.ledger.connection import LedgerConnection
from clientimport.push.ledger.database import LedgerPlace, _connect
from clientimport.push.ledger.ledger import Ledger
from postgres_server import PostgresServer

TABLES = (
    *("run", "action", "row", "subject", "trail", "adoption", "former_key"),
    *("account_key", "desk", "approval", "ledger_layout"),
)


@dataclass
class Dialects:
    """In what dialect the ledgers of this test are."""

    server: PostgresServer | None = None
    """None: each is a file in its home."""
    made: set[str] = field(default_factory=set)
    """The schemas that are there; each home has its own."""


DIALECTS = Dialects()


def ledger_of(home: Path) -> LedgerPlace:
    """Return where the ledger of a home is."""
    return home / "state.db" if DIALECTS.server is None else shared_ledger(DIALECTS.server, home)


def shared_ledger(server: PostgresServer, home: Path) -> PostgresUrl:
    """Return the ledger that a server has for a home."""
    return parse_postgres_url(server.url(settings={"options": f"-csearch_path%3D{schema_of(server, home)}"}))


def schema_of(server: PostgresServer, home: Path) -> str:
    """Return the schema of a home on a server, made where there is none."""
    schema = "home_" + hashlib.sha256(str(home).encode()).hexdigest()[:16]
    if schema not in DIALECTS.made:
        server.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        DIALECTS.made.add(schema)
    return schema


@contextmanager
def around_the_program(home: Path) -> Iterator[LedgerConnection]:
    """Open the database of a home without the program's care, to look at it or to change it."""
    with closing(_connect(ledger_of(home))) as connection:
        yield connection


def stored(home: Path) -> bytes:
    """Return all that the ledger of a home has written, as far as somebody who has the disk or the server reads it."""
    if DIALECTS.server is None:
        return b"".join(path.read_bytes() for path in home.glob("state.db*"))
    with around_the_program(home) as sql:
        return "".join(repr(sql.query(f"SELECT * FROM {table}")) for table in TABLES).encode()


def hold(ledger: Ledger, account: str) -> None:
    """Lock an account until the ledger is closed."""
    database = ledger.database
    if not database.has_locked(account):
        database._connection.lock(account)
        database._locked.add(account)


def copied(home: Path, to: Path) -> Path:
    """Copy the ledger of a home into another home, and return that."""
    server = DIALECTS.server
    if server is None:
        with closing(sqlite3.connect(home / "state.db")) as sql:
            sql.execute("PRAGMA journal_mode = DELETE")  # all of it in one file, to be copied
        shutil.copy(home / "state.db", to / "state.db")
        return to
    old, new = schema_of(server, home), schema_of(server, to)
    for table in TABLES:
        server.execute(f"CREATE TABLE {new}.{table} (LIKE {old}.{table} INCLUDING ALL)")
        server.execute(f"INSERT INTO {new}.{table} SELECT * FROM {old}.{table}")
    return to
