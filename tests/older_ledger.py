"""A ledger as an older version of the program left it, with what that version wrote."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from clientimport.model.remote import Account
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.identity_hmac import IdentityHmac, key_from_secret, legacy_account_key
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.run_result import RunResult
from ledgers import hold
from push_world import World

LATER_PARTS = {
    5: (
        *("DROP INDEX run_by_number", "DROP INDEX action_by_run"),
        *(f"ALTER TABLE run DROP COLUMN {name}" for name in ("number", "started_by", "approved_by")),
        "ALTER TABLE action DROP COLUMN resolved_by",
        *(f"DROP TABLE {name}" for name in ("moved", "account_key", "desk", "approval")),
    ),
    4: ("DROP TABLE ledger_key", "DROP TABLE adoption", "DROP TABLE former_key"),
    3: tuple(f"ALTER TABLE row DROP COLUMN {name}" for name in ("name", "email", "language", "at", "findings")),
    2: ("DROP TABLE trail",),
    1: ("ALTER TABLE action DROP COLUMN former",),
}
"""By layout: what came after it, the latest first."""


def brought_back(path: Path, layout: int) -> None:
    """Take away what the ledger at `path` has beyond an older layout."""
    later = [statement for version, parts in LATER_PARTS.items() if version >= layout for statement in parts]
    with closing(sqlite3.connect(path)) as sql:
        sql.executescript("; ".join((*later, f"PRAGMA user_version = {layout}")))


class NamelessWorld(World):
    """An office that pushed with a version of before the ledger said by whom."""

    def ledger(self) -> Ledger:
        ledger = super().ledger()
        ledger.who = None
        return ledger


class OlderWorld(NamelessWorld):
    """An office that pushed with a version of before the ledger had a key and knew addresses."""

    def journal(self, ledger: Ledger, account: str) -> AccountLedger:
        hold(ledger, legacy_account_key(self.platform, Account(account, "")))
        keys = IdentityHmac.for_account(
            legacy_account_key(self.platform, Account(account, "")), key_from_secret(self.secret)
        )
        return AccountLedger(ledger, keys, self.clock)

    def pushed(self, **request: Any) -> RunResult:
        """Push, and leave the ledger as that version laid it out."""
        run = self.push(**request)
        brought_back(self.home / "state.db", 3)
        return run
