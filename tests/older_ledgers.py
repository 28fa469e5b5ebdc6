"""Ledgers as earlier versions of the program left them, made by taking away what was added since."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

ADDED = {
    4: tuple(f"ALTER TABLE row DROP COLUMN {name}" for name in ("name", "email", "language", "at", "findings")),
    3: ("DROP TABLE trail",),
    2: ("ALTER TABLE action DROP COLUMN former",),
}
"""What takes a ledger back from each layout to the one before."""
VERSIONS = tuple(version - 1 for version in ADDED)


def take_back(path: Path, version: int) -> None:
    """Make of a ledger one of this earlier layout."""
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        for layout, statements in ADDED.items():
            for statement in statements if layout > version else ():
                sql.execute(statement)
        sql.execute(f"PRAGMA user_version = {version}")
