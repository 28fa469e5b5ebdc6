"""Reminders of several desks with one ledger: who was mailed from one of them is known at the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from clientimport.sandbox import running
from command_line import clientimport
from ledgers import shared_ledger
from postgres_server import PostgresServer
from push_world import PARTNER, mails

pytestmark = pytest.mark.postgres
REMIND = ("invite", "-c", "office", "--resend", "--invited-before", "14", "--yes", "--json")


def sit_at(desk: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(desk))
    at = ("--base-url", f"{address}/banqup-partner", "--client-id", "demo")
    clientimport("connections", "add", "office", "-p", "banqup-partner", *at)


def test_a_mail_of_one_desk_is_followed_by_one_reminder_from_any(
    postgres_server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = shared_ledger(postgres_server, tmp_path).url
    monkeypatch.setenv("CLIENTIMPORT_LEDGER", url)
    monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
    names = list(PARTNER[0])
    lines = [";".join(names), *(";".join(row[name] or "" for name in names) for row in PARTNER)]
    (tmp_path / "clients.csv").write_text("\n".join((*lines, "")), encoding="utf-8")
    with running() as address:
        sit_at(tmp_path / "first", address, monkeypatch)
        pushed = clientimport("push", "clients.csv", "-c", "office", "--invite", "--yes", "--accept-proposals")
        assert pushed.exit_code == 0
        moment = (datetime.now(UTC) - timedelta(days=15)).isoformat(timespec="seconds")
        with psycopg.connect(url) as sql:
            sql.execute("UPDATE action SET settled = %s, intended = %s", (moment, moment))
        sit_at(tmp_path / "second", address, monkeypatch)
        listed = clientimport("clients", "list", "-c", "office", "--invited-before", "14", "--json").json["clients"]
        assert {client["last_mail"] for client in listed} == {moment}
        counts = clientimport("clients", "report", "-c", "office", "-o", "state.html", "--json").json["counts"]
        assert counts["unanswered"] == len(listed) == len(PARTNER)
        assert clientimport(*REMIND).json["counts"]["invited"] == len(PARTNER)
        sit_at(tmp_path / "first", address, monkeypatch)
        assert clientimport(*REMIND).json["counts"]["invited"] == 0
        assert len(mails(address)) == 2 * len(PARTNER)
