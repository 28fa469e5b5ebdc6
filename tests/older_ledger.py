"""A ledger as an older version of the program left it, with what that version wrote."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

LATER_PARTS = {
    3: ("DROP TABLE ledger_key", "DROP TABLE adoption", "DROP TABLE former_key"),
    2: ("DROP TABLE trail",),
    1: ("ALTER TABLE action DROP COLUMN former",),
}
"""By layout: what came after it, the latest first."""


def brought_back(path: Path, layout: int) -> None:
    """Take away what the ledger at `path` has beyond an older layout."""
    later = [statement for version, parts in LATER_PARTS.items() if version >= layout for statement in parts]
    with closing(sqlite3.connect(path)) as sql:
        sql.executescript("; ".join((*later, f"PRAGMA user_version = {layout}")))
