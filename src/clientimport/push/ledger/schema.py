"""The layout of the ledger's database, how an older one is brought up to it, and what of it is forgotten."""

from __future__ import annotations

from clientimport.errors import SettingsUnusable
from clientimport.model.masking import mask_reason
from clientimport.push.ledger.connection import LedgerConnection
from clientimport.push.ledger.hash_chain import HASH_CHAIN_TABLE, HashChain
from clientimport.push.ledger.sql_dialect import SqlDialect

VERSION = 6

_TABLES = """
CREATE TABLE run (
    id TEXT PRIMARY KEY, command TEXT NOT NULL, connection TEXT NOT NULL, platform TEXT NOT NULL,
    sandbox INTEGER NOT NULL, account TEXT NOT NULL, account_name TEXT NOT NULL, file TEXT NOT NULL,
    file_sha256 TEXT NOT NULL, options TEXT NOT NULL, started TEXT NOT NULL, ended TEXT, number INTEGER,
    started_by TEXT, approved_by TEXT
){table};
CREATE UNIQUE INDEX run_by_number ON run (number);
CREATE TABLE action (
    id INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES run, row INTEGER, account TEXT NOT NULL,
    kind TEXT NOT NULL, subject TEXT NOT NULL, content TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL,
    client_id TEXT, mails_before INTEGER, reason TEXT, intended TEXT NOT NULL, settled TEXT, former TEXT,
    resolved_by TEXT
){table};
CREATE INDEX action_by_client ON action (account, kind, client_id);
CREATE INDEX action_by_run ON action (run);
CREATE TABLE row (
    run TEXT NOT NULL REFERENCES run, position INTEGER NOT NULL, row INTEGER, first INTEGER NOT NULL,
    state TEXT NOT NULL, client_id TEXT, reason TEXT, created INTEGER NOT NULL, mailed INTEGER NOT NULL,
    action INTEGER REFERENCES action, name TEXT, email TEXT, language TEXT, at TEXT, findings TEXT,
    PRIMARY KEY (run, position)
){keyed};
CREATE TABLE subject (
    identity TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL, action INTEGER NOT NULL REFERENCES action,
    known_by TEXT NOT NULL, PRIMARY KEY (account, kind, identity, action)
){keyed};
CREATE INDEX subject_by_action ON subject (action)
"""

ADOPTIONS = """
CREATE TABLE adoption (
    former TEXT NOT NULL, connection TEXT NOT NULL, account TEXT NOT NULL, adopted INTEGER NOT NULL,
    last_action INTEGER NOT NULL, PRIMARY KEY (former, connection, account)
){keyed};
CREATE TABLE former_key (account TEXT NOT NULL, nonce TEXT NOT NULL, wrapped TEXT NOT NULL){table}
"""
"""Decisions about runs without an address, and earlier keys, wrapped: unowned_runs."""
ACCOUNT_KEYS = """
CREATE TABLE account_key (account TEXT PRIMARY KEY, fingerprint TEXT NOT NULL){table};
CREATE TABLE desk (
    account TEXT NOT NULL, public_key TEXT NOT NULL, name TEXT NOT NULL, wrapped TEXT, since TEXT NOT NULL,
    admitted_by TEXT, PRIMARY KEY (account, public_key)
){keyed};
CREATE TABLE approval (
    id TEXT PRIMARY KEY, planned_by TEXT NOT NULL, planned TEXT NOT NULL, approved_by TEXT, approved TEXT
){table}
"""
"""The keys of the accounts of a shared ledger, for whom they are wrapped (account_keys), and plans (approvals)."""
HOME_KEYS = "CREATE TABLE ledger_key (fingerprint TEXT NOT NULL UNIQUE, place TEXT NOT NULL) STRICT"
"""The key of the ledger of one home: key_records."""
HOME_TABLES = f"{HOME_KEYS}; CREATE TABLE moved (place TEXT NOT NULL) STRICT"
"""The same, and where the ledger of a home was moved to: moved_ledger."""
_LAYOUT = f"{_TABLES};{HASH_CHAIN_TABLE};{ADOPTIONS};{ACCOUNT_KEYS}"

PEOPLE = """
ALTER TABLE row ADD COLUMN name TEXT; ALTER TABLE row ADD COLUMN email TEXT; ALTER TABLE row ADD COLUMN language TEXT;
ALTER TABLE row ADD COLUMN at TEXT; ALTER TABLE row ADD COLUMN findings TEXT;
UPDATE row SET at = (SELECT max(settled) FROM action WHERE action.run = row.run AND action.client_id = row.client_id)
"""
"""Who a row is about and to whom its mail goes, when and why; not part of the hash chain, and gone with the row."""
_DESKS = """
ALTER TABLE run ADD COLUMN number INTEGER; ALTER TABLE run ADD COLUMN started_by TEXT;
ALTER TABLE run ADD COLUMN approved_by TEXT; ALTER TABLE action ADD COLUMN resolved_by TEXT;
UPDATE run SET number = rowid;
CREATE UNIQUE INDEX run_by_number ON run (number); CREATE INDEX action_by_run ON action (run);
CREATE TABLE moved (place TEXT NOT NULL) STRICT
"""
"""In which order the runs began, and by whom; where the ledger was moved to."""

MIGRATIONS: dict[int, str] = {
    1: "ALTER TABLE action ADD COLUMN former TEXT",
    2: HASH_CHAIN_TABLE,
    3: PEOPLE,
    4: f"{HOME_KEYS}; {ADOPTIONS}",
    5: f"{_DESKS}; {ACCOUNT_KEYS}",
}
"""What each older layout lacks; those of before 6 are of SQLite alone."""

FINISHED_RUNS = """
SELECT id FROM run WHERE coalesce(ended, started) < ? AND id <> ? AND NOT EXISTS (
    SELECT 1 FROM action WHERE action.run = run.id AND state IN ('intent', 'uncertain')
) AND NOT EXISTS (
    SELECT 1 FROM row JOIN action ON action.id = row.action
    WHERE row.run = run.id AND action.state IN ('intent', 'uncertain')
)
"""
"""The runs of before a moment without an unknown outcome."""

NEXT_RUN = "(SELECT coalesce(max(number), 0) + 1 FROM run)"
"""The number of a new run: not one of a sequence, which would leave a gap after a rollback."""

FORGET_RUN = (
    "DELETE FROM row WHERE run = ?",
    f"""INSERT INTO run (id, command, connection, platform, sandbox, account, account_name, file, file_sha256, options,
    started, ended, number)
    SELECT '', '', '', platform, sandbox, account, '', '', '', '{{}}', '', '', {NEXT_RUN} FROM run WHERE id = ?
    ON CONFLICT (id) DO NOTHING""",  # noqa: S608 -- a statement of ours
    """UPDATE action SET run = '', row = NULL, reason = NULL, former = NULL, resolved_by = NULL
    WHERE run = ? AND state = 'acked' AND kind IN ('create', 'contact', 'invite')""",
    "UPDATE row SET action = NULL WHERE action IN (SELECT id FROM action WHERE run = ?)",
    "DELETE FROM subject WHERE action IN (SELECT id FROM action WHERE run = ?)",
    "DELETE FROM action WHERE run = ?",
    "DELETE FROM run WHERE id = ?",
)
"""What is done for each of them: of what was created and mailed the guards stay, under the run GUARDS."""


def layout(dialect: SqlDialect) -> tuple[str, ...]:
    """Return the statements that make an empty ledger."""
    return _statements(_LAYOUT, dialect)


def bring_up_to_date(connection: LedgerConnection) -> None:
    """Lay out an empty ledger, or bring one of an older layout up to this one, whole or not at all.

    Raises SettingsUnusable for a newer one.
    """
    version = connection.layout_version()
    if version > VERSION:
        raise SettingsUnusable("ledger.newer", file=connection.name)
    if version < VERSION:
        connection.begin()
        version = connection.layout_version()  # perhaps another process was first
        if version:
            _migrate(connection, version)
        else:
            _create(connection)
        connection.commit()


def _create(connection: LedgerConnection) -> None:
    for statement in layout(connection.dialect):
        connection.query(statement)
    connection.set_layout_version(VERSION)


def _migrate(connection: LedgerConnection, version: int) -> None:
    for step in range(version, VERSION):
        for statement in _statements(MIGRATIONS[step], connection.dialect):
            connection.query(statement)
    chain = HashChain(connection)
    if version <= 2:  # noqa: PLR2004 -- the last layout without a trail
        chain.mark_all_written()
    _mask_reasons(connection, chain)
    chain.append_lines()
    connection.set_layout_version(VERSION)


def _statements(script: str, dialect: SqlDialect) -> tuple[str, ...]:
    filled = script.replace("{table}", dialect.table_options).replace("{keyed}", dialect.keyed_table_options)
    return tuple(filter(str.strip, filled.split(";")))


def _mask_reasons(connection: LedgerConnection, chain: HashChain) -> None:
    """Mask the numbers of people in platforms' reasons; older versions missed some ways to write one."""
    for about, table, record, place in (("action", "action", "id", "id"), ("run", "row", "run", "position")):
        reasons = f"SELECT {record}, {place}, reason FROM {table} WHERE reason IS NOT NULL"  # noqa: S608 -- names of ours
        masked = [(mask_reason(reason), key, at) for key, at, reason in connection.query(reasons)
                  if mask_reason(reason) != reason]  # fmt: skip
        connection.write_each(f"UPDATE {table} SET reason = ? WHERE {record} = ? AND {place} = ?", masked)  # noqa: S608 -- names of ours
        for _, key, _ in masked:
            chain.mark_written(about, key)
