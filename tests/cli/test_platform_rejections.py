"""What a platform refused is told with its age and the option that asks again; a wrong option before any row goes."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from clientimport.messages.catalog import LANGUAGES, message_catalog
from clientimport.sandbox import running
from command_line import clientimport
from connectors.faulty_proxy import Faults, faulty
from push_world import CONSOLE_LU, Row, clients

SANDBOX = ("-c", "sandbox", "--yes", "--accept-proposals", "--set", "legal_name=legal_name")
UNREGISTERED: Row = {**CONSOLE_LU[0], "rcs_number": "B999991"}


def write(*rows: Row) -> None:
    with Path("clients.csv").open("w", newline="", encoding="utf-8") as file:
        made = csv.DictWriter(file, CONSOLE_LU[0])
        made.writeheader()
        made.writerows(rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_of_before_says_its_day_and_how_to_ask_again(language: str) -> None:
    write(UNREGISTERED)
    push = ("push", "clients.csv", *SANDBOX, "-p", "banqup-console-lu", "--language", language)
    first = clientimport(*push, "--json").json["rows"][0]
    again = clientimport(*push, "--json").json
    (row,) = again["rows"]
    assert "--retry-refused" not in first["reason"]
    for word in (first["reason"], "--retry-refused", message_catalog(language).format_date(date.today())):  # noqa: DTZ011
        assert word in row["reason"]
    assert "--retry-refused" in clientimport(*push).out.replace("\n", "")
    shown = clientimport("runs", "show", again["run"], "--language", language, "--json").json
    assert shown["rows"][0]["reason"] == row["reason"]


@pytest.mark.parametrize("email", ["mine", "me@office", "An <an@office.example>", "a@x.be; b@x.be"])
def test_an_email_that_is_none_is_told_before_any_row_is_sent(email: str) -> None:
    write(CONSOLE_LU[0])
    push = ("push", "clients.csv", *SANDBOX, "-p", "banqup-console-lu", "--share-channel", "Files", "--json")
    refused = clientimport(*push, "--share-documents", email)
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "push.sharing_email")
    assert clientimport("runs", "list", "--json").json["runs"] == []
    assert clientimport(*push, "--share-documents", "An@Office.Example").json["counts"]["created"] == 1


def test_a_channel_of_spaces_is_none() -> None:
    write(CONSOLE_LU[0])
    sharing = ("--share-documents", "me@office.example", "--share-channel", " ")
    refused = clientimport("push", "clients.csv", *SANDBOX, "-p", "banqup-console-lu", *sharing, "--json")
    assert refused.json["error"]["code"] == "push.sharing_incomplete"


def test_one_client_added_by_hand_is_always_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
    with running() as url, faulty(url, Faults(1, "refusal", writes_only=True)) as address:
        where = ("--base-url", f"{address}/banqup-console-lu", "--client-id", "demo")
        clientimport("connections", "add", "office", "-p", "banqup-console-lu", *where)
        fields = [part for name, value in CONSOLE_LU[0].items() for part in ("--field", f"{name}={value}")]
        assert clientimport("clients", "add", "-c", "office", *fields).exit_code == 1
        assert clientimport("clients", "add", "-c", "office", *fields).exit_code == 0
        assert len(clients(url)) == 1
