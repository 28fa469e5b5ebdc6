"""The layout of the ledger's database, how an older one is brought up to it, and what of it is forgotten."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from clientimport.model.masking import mask_reason
from clientimport.push.ledger.hash_chain import HASH_CHAIN_TABLE, HashChain

VERSION = 5

LAYOUT = """
CREATE TABLE run (
    id TEXT PRIMARY KEY, command TEXT NOT NULL, connection TEXT NOT NULL, platform TEXT NOT NULL,
    sandbox INTEGER NOT NULL, account TEXT NOT NULL, account_name TEXT NOT NULL, file TEXT NOT NULL,
    file_sha256 TEXT NOT NULL, options TEXT NOT NULL, started TEXT NOT NULL, ended TEXT
) STRICT;
CREATE TABLE row (
    run TEXT NOT NULL REFERENCES run, position INTEGER NOT NULL, row INTEGER, first INTEGER NOT NULL,
    state TEXT NOT NULL, client_id TEXT, reason TEXT, created INTEGER NOT NULL, mailed INTEGER NOT NULL,
    action INTEGER REFERENCES action, name TEXT, email TEXT, language TEXT, at TEXT, findings TEXT,
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE action (
    id INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES run, row INTEGER, account TEXT NOT NULL,
    kind TEXT NOT NULL, subject TEXT NOT NULL, content TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL,
    client_id TEXT, mails_before INTEGER, reason TEXT, intended TEXT NOT NULL, settled TEXT, former TEXT
) STRICT;
CREATE INDEX action_by_client ON action (account, kind, client_id);
CREATE TABLE subject (
    identity TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL, action INTEGER NOT NULL REFERENCES action,
    known_by TEXT NOT NULL, PRIMARY KEY (account, kind, identity, action)
) STRICT, WITHOUT ROWID;
CREATE INDEX subject_by_action ON subject (action);
"""

PEOPLE = """
ALTER TABLE row ADD COLUMN name TEXT; ALTER TABLE row ADD COLUMN email TEXT; ALTER TABLE row ADD COLUMN language TEXT;
ALTER TABLE row ADD COLUMN at TEXT; ALTER TABLE row ADD COLUMN findings TEXT;
UPDATE row SET at = (SELECT max(settled) FROM action WHERE action.run = row.run AND action.client_id = row.client_id)
"""
"""Who a row is about and to whom its mail goes, when and why; not part of the hash chain, and gone with the row."""
ACCOUNTS = """
CREATE TABLE ledger_key (fingerprint TEXT NOT NULL UNIQUE, place TEXT NOT NULL) STRICT;
CREATE TABLE adoption (
    former TEXT NOT NULL, connection TEXT NOT NULL, account TEXT NOT NULL, adopted INTEGER NOT NULL,
    last_action INTEGER NOT NULL, PRIMARY KEY (former, connection, account)
) STRICT, WITHOUT ROWID;
CREATE TABLE former_key (account TEXT NOT NULL, nonce TEXT NOT NULL, wrapped TEXT NOT NULL) STRICT
"""
"""The key in use, decisions about runs without an address, and earlier keys, wrapped: key_records, unowned_runs."""

MIGRATIONS: dict[int, str] = {
    1: "ALTER TABLE action ADD COLUMN former TEXT",
    2: HASH_CHAIN_TABLE,
    3: PEOPLE,
    4: ACCOUNTS,
}
"""What each older layout lacks; statements with a semicolon between them."""

FINISHED_RUNS = """
SELECT id FROM run WHERE coalesce(ended, started) < ? AND id <> ? AND NOT EXISTS (
    SELECT 1 FROM action WHERE action.run = run.id AND state IN ('intent', 'uncertain')
) AND NOT EXISTS (
    SELECT 1 FROM row JOIN action ON action.id = row.action
    WHERE row.run = run.id AND action.state IN ('intent', 'uncertain')
)
"""
"""The runs of before a moment without an unknown outcome."""

FORGET_RUN = (
    "DELETE FROM row WHERE run = ?",
    """INSERT OR IGNORE INTO run
    SELECT '', '', '', platform, sandbox, account, '', '', '', '{}', '', '' FROM run WHERE id = ?""",
    """UPDATE action SET run = '', row = NULL, reason = NULL, former = NULL
    WHERE run = ? AND state = 'acked' AND kind IN ('create', 'contact', 'invite')""",
    "UPDATE row SET action = NULL WHERE action IN (SELECT id FROM action WHERE run = ?)",
    "DELETE FROM subject WHERE action IN (SELECT id FROM action WHERE run = ?)",
    "DELETE FROM action WHERE run = ?",
    "DELETE FROM run WHERE id = ?",
)
"""What is done for each of them: of what was created and mailed the guards stay, under the run GUARDS."""


def create_database(path: Path) -> None:
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
            sql.executescript(
                f"BEGIN IMMEDIATE; {LAYOUT} {HASH_CHAIN_TABLE}; {ACCOUNTS}; PRAGMA user_version = {VERSION}; COMMIT;"
            )
        beside.replace(path)


def migrate(sql: sqlite3.Connection, version: int) -> None:
    """Bring a database of an older layout up to this one, whole or not at all."""
    sql.execute("BEGIN IMMEDIATE")
    for step in range(version, VERSION):
        for statement in filter(str.strip, MIGRATIONS[step].split(";")):  # executescript would commit in between
            sql.execute(statement)
    chain = HashChain(sql)
    if version <= 2:  # noqa: PLR2004 -- the last layout without a trail
        chain.mark_all_written()
    _mask_reasons(sql, chain)
    chain.append_lines()
    sql.execute(f"PRAGMA user_version = {VERSION}")
    sql.commit()


def _mask_reasons(sql: sqlite3.Connection, chain: HashChain) -> None:
    """Mask the numbers of people in platforms' reasons; older versions missed some ways to write one."""
    sql.create_function("masked_reason", 1, lambda text: text and mask_reason(text), deterministic=True)
    for about, table, record in (("action", "action", "id"), ("run", "row", "run")):
        unmasked = "reason IS NOT masked_reason(reason)"
        for (record_id,) in sql.execute(f"SELECT DISTINCT {record} FROM {table} WHERE {unmasked}").fetchall():  # noqa: S608 -- names of ours
            chain.mark_written(about, record_id)
        sql.execute(f"UPDATE {table} SET reason = masked_reason(reason) WHERE {unmasked}")  # noqa: S608 -- names of ours
