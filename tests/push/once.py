"""The promise of a push, seen from the platform: everybody is there once and got one mail."""

from __future__ import annotations

from collections.abc import Sequence

from clientimport.sandbox import SandboxOptions
from push_world import Row, clients, mails

HELPLESS = SandboxOptions(idempotency=False, allow_duplicates=True)
"""A platform that neither honours keys nor refuses a second client."""


def everybody_once(url: str, rows: Sequence[Row], *, mailed: bool = True) -> None:
    """Assert it."""
    wanted = sorted(str(row["contact_email"]) for row in rows)
    assert sorted(str(client["fields"].get("contact_email")) for client in clients(url)) == wanted
    assert sorted(mail["to"] for mail in mails(url)) == (wanted if mailed else [])
