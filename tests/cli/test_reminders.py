"""Reminders: who was mailed long enough ago and has not answered is mailed again, once, whoever asks how often."""

from __future__ import annotations

import json
import shutil
import sqlite3
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clientimport.messages.catalog import LANGUAGES
from clientimport.sandbox import running
from clientimport.settings.folders import folders
from command_line import Answer, clientimport
from push_world import DRAFTING, ROWS, clients, mails

OFFICE = ("-c", "office")
REMIND = ("invite", *OFFICE, "--resend", "--invited-before", "14", "--yes", "--json")


@pytest.fixture(params=DRAFTING)
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Yield the address of a platform where three clients have had their mail."""
    with running() as address:
        monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
        at = ("--base-url", f"{address}/{request.param}", "--client-id", "demo")
        clientimport("connections", "add", "office", "-p", request.param, *at)
        given = ("--invite", "--yes", "--accept-proposals", "--questionnaire", "PIT")
        file = file_of(request.param, tmp_path)
        columns = [part for name in ROWS[request.param][0] for part in ("--set", f"{name}={name}")]
        pushed = clientimport("push", file, *OFFICE, *columns, *given[: None if request.param == "accounton" else -2])
        assert pushed.exit_code == 0, pushed.out
        yield address


def file_of(platform: str, folder: Path) -> Path:
    """Write the rows of a platform under the names of the fields."""
    rows = ROWS[platform]
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [";".join(names), *(";".join(row.get(name) or "" for name in names) for row in rows)]
    (folder / "clients.csv").write_text("\n".join((*lines, "")), encoding="utf-8")
    return folder / "clients.csv"


def mailed_days_ago(days: float, client_id: str = "%") -> None:
    """Let the record say that mails went out so long ago."""
    moment = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    with sqlite3.connect(folders().ledger) as sql:
        sql.execute("UPDATE action SET settled = ?, intended = ? WHERE client_id LIKE ?", (moment, moment, client_id))
    sql.close()


def set_status(url: str, client_id: str, status: str) -> None:
    request = urllib.request.Request(
        f"{url}/_sandbox/clients/{client_id}/status", json.dumps({"status": status}).encode(), method="POST"
    )
    urllib.request.urlopen(request).close()


def mailed(answer: Answer) -> int:
    return int(answer.json["counts"]["invited"])


def test_a_mail_of_two_weeks_ago_is_followed_by_one_reminder(url: str) -> None:
    mailed_days_ago(14.01)
    first, again = clientimport(*REMIND), clientimport(*REMIND)
    assert (first.exit_code, mailed(first)) == (0, 3)
    assert (again.exit_code, mailed(again), len(mails(url))) == (0, 0, 6)


def test_a_younger_mail_gets_no_reminder_and_an_older_one_of_another_client_does(url: str) -> None:
    old = clients(url)[1]["id"]
    mailed_days_ago(13.99)
    assert mailed(clientimport(*REMIND)) == 0
    mailed_days_ago(15, old)
    reminded = clientimport(*REMIND)
    assert [row["client_id"] for row in reminded.json["rows"]] == [old]
    assert (mailed(reminded), len(mails(url))) == (1, 4)


def test_who_is_active_or_has_left_is_not_reminded(url: str) -> None:
    mailed_days_ago(30)
    active, archived, waiting = (client["id"] for client in clients(url))
    set_status(url, active, "active")
    set_status(url, archived, "archived")
    assert [row["client_id"] for row in clientimport(*REMIND).json["rows"]] == [waiting]
    listed = clientimport("clients", "list", *OFFICE, "--invited-before", "0", "--json").json["clients"]
    assert [client["client_id"] for client in listed] == [waiting]


def test_the_receivers_are_shown_before_and_the_dry_run_mails_nobody(url: str) -> None:
    mailed_days_ago(20)
    shown = clientimport("invite", *OFFICE, "--resend", "--invited-before", "14", "--dry-run", "--json").json
    assert sorted(mail["email"] for mail in shown["mails"]) == sorted(mail["to"] for mail in mails(url))
    assert len(mails(url)) == 3


def test_of_a_run_and_of_a_file_only_those_of_long_ago_are_reminded(url: str) -> None:
    old = clients(url)[0]["id"]
    mailed_days_ago(3)
    mailed_days_ago(14.5, old)
    rows = clientimport(*REMIND, "--run", "last").json["rows"]
    assert {row["client_id"]: row["state"] for row in rows}[old] == "invited"
    assert [row["state"] for row in rows].count("unchanged") == 2


def test_who_was_mailed_by_somebody_else_is_named_and_left_out(url: str) -> None:
    folders().ledger.unlink()
    for language in LANGUAGES:
        answer = clientimport(*REMIND, "--language", language)
        assert mailed(answer) == 0
        assert "\n3 " in answer.err
    assert len(mails(url)) == 3


def test_who_was_reminded_from_another_computer_meanwhile_is_not_reminded_again(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailed_days_ago(20)
    home = folders().state
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "other"))
    shutil.copytree(home, tmp_path / "other")
    assert mailed(clientimport(*REMIND)) == 3
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(home))
    answer = clientimport(*REMIND)
    assert (mailed(answer), len(mails(url))) == (0, 6)
    assert "\n3 " in answer.err


def test_a_reminder_that_was_stopped_goes_on_with_those_who_are_left(url: str) -> None:
    mailed_days_ago(20)
    assert mailed(clientimport(*REMIND, "--invite-limit", "1")) == 1
    assert mailed(clientimport(*REMIND)) == 2


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("--invited-before", "14", "--all-drafts"), "invite.reminder"),
        (("--resend",), "invite.whom"),
        (("--resend", "--invited-before", "14", "--run", "last", "--all-drafts"), "invite.whom"),
    ],
)
def test_what_is_not_said_is_asked_for(given: tuple[str, ...], code: str) -> None:
    answer = clientimport("invite", "-c", "sandbox", "-p", "accounton", *given, "--yes", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, code)
