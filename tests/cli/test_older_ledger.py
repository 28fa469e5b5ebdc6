"""A ledger of before it knew addresses: somebody says once where its runs went, and then nothing is done twice."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clientimport.api.open_ledger import open_account_ledger
from clientimport.api.platform_account import LedgerAccount
from clientimport.cli.console import Console, QuestionDeclined
from clientimport.cli.open_account import AccountSession
from clientimport.messages.catalog import message_catalog
from clientimport.model.connection import Connection
from clientimport.model.remote import Account, PushOptions
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.run_result import RunResult
from clientimport.sandbox import SandboxOptions, running
from clientimport.schema.loader import load_schema
from clientimport.settings.config_file import SANDBOX, load_settings
from clientimport.settings.folders import folders
from command_line import Answer, clientimport
from connectors.faulty_proxy import Faults, faulty
from older_ledger import OlderWorld
from push_world import PARTNER, Row, clients, mails

ROWS = PARTNER[:2]
FURTHER: Row = {**ROWS[0], "contact_email": "cis@albak.be", "contact_first_name": "Cis"}
OFFICE = ("-c", "office", "--yes", "--json", "--no-input")
PUSH = ("push", "clients.csv", *OFFICE, "--accept-proposals", "--invite")


class OlderSandbox(OlderWorld):
    """An office that used the built-in platform."""

    def connection(self) -> Connection:
        return replace(super().connection(), name=SANDBOX, sandbox=True)


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with running(SandboxOptions(idempotency=False, allow_duplicates=True)) as address:
        yield address


@pytest.fixture
def run(url: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> RunResult:
    """What an older version pushed: two clients, one with a further contact, all mailed."""
    monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
    home.mkdir()
    write((*ROWS, FURTHER))
    connect(url)
    return OlderWorld(url, home, rows=(*ROWS, FURTHER)).pushed(invite=True)


def write(rows: tuple[Row, ...]) -> None:
    with Path("clients.csv").open("w", newline="", encoding="utf-8") as file:
        made = csv.DictWriter(file, PARTNER[0])
        made.writeheader()
        made.writerows(rows)


def connect(url: str, name: str = "office") -> None:
    config = folders().config
    if config.exists():
        clientimport("connections", "remove", name, "--yes")
    added = (name, "-p", "banqup-partner", "--base-url", f"{url}/banqup-partner", "--client-id", "demo")
    assert clientimport("connections", "add", *added).exit_code == 0


def ended(answer: Answer) -> tuple[int, str]:
    return answer.exit_code, answer.json["error"]["code"]


def test_without_anybody_to_ask_nothing_is_sent_and_the_option_is_named(run: RunResult, url: str) -> None:
    write((*ROWS, PARTNER[2]))
    refused = clientimport(*PUSH)
    assert ended(refused) == (2, "ledger.adopt")
    for word in ("--adopt-ledger", f"{url.removeprefix('http://')}/banqup-partner", "office"):
        assert word in refused.json["error"]["message"]
    assert len(clients(url)) == len(ROWS)
    assert clientimport("runs", "show", run.id, "--json").exit_code == 0
    assert clientimport(*PUSH, "--dry-run").exit_code == 0


def test_once_adopted_everything_of_before_is_known_again(run: RunResult, url: str, home: Path) -> None:
    adopted = clientimport(*PUSH, "--adopt-ledger")
    assert {row["state"] for row in adopted.json["rows"]} == {"unchanged"}
    again = clientimport(*PUSH)  # asked once
    assert again.exit_code == 0
    assert (len(clients(url)), len(mails(url))) == (len(ROWS), len(ROWS))
    assert clientimport("runs", "verify", str(run.head_hash), "--json").exit_code == 0
    assert clientimport("invite", "--run", run.id, *OFFICE).json["counts"]["invited"] == 0


def test_a_dry_run_knows_what_was_refused_before_as_the_push_does(
    url: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
    home.mkdir()
    write(ROWS[:1])
    connect(url)
    with faulty(url, Faults(1, "refusal", writes_only=True)) as address:
        OlderWorld(address, home, rows=ROWS[:1]).pushed(invite=True, options=PushOptions())
    assert clientimport(*PUSH, "--adopt-ledger").json["counts"]["refused"] == 1
    assert clientimport(*PUSH, "--dry-run").json["mails"] == []
    assert len(clientimport(*PUSH, "--dry-run", "--retry-refused").json["mails"]) == 1


def test_what_an_older_run_made_can_be_taken_back(run: RunResult, url: str) -> None:
    assert ended(clientimport("runs", "undo", run.id, *OFFICE[2:])) == (2, "ledger.adopt")
    undone = clientimport("runs", "undo", run.id, "--adopt-ledger", *OFFICE[2:])
    assert {row["state"] for row in undone.json["rows"]} == {"kept"}  # they were mailed


def test_runs_that_went_elsewhere_stay_of_another_account(run: RunResult, url: str) -> None:
    with running() as production:
        connect(production)
        pushed = clientimport(*PUSH, "--no-adopt-ledger").json
        assert (pushed["counts"]["created"], pushed["counts"]["invited"]) == (len(ROWS), len(ROWS))
        assert clientimport(*PUSH).exit_code == 0  # asked once
        assert ended(clientimport("runs", "undo", run.id, *OFFICE[2:])) == (2, "run.older_account")
        assert len(clients(production)) == len(ROWS)


def test_who_was_wrong_may_still_say_so(run: RunResult, url: str) -> None:
    assert clientimport(*PUSH, "--no-adopt-ledger").exit_code == 0
    assert ended(clientimport("invite", "--run", run.id, *OFFICE)) == (2, "run.older_account")
    assert clientimport("invite", "--run", run.id, "--adopt-ledger", *OFFICE).exit_code == 0


def test_runs_of_a_connection_that_leads_elsewhere_are_not_asked_about(
    run: RunResult, url: str, tmp_path: Path
) -> None:
    with sqlite3.connect(folders().ledger) as sql:
        sql.execute("UPDATE run SET connection = 'test'")
    with running() as other:
        connect(other, "test")
        assert clientimport(*PUSH).exit_code == 0
    clientimport("connections", "remove", "test", "--yes")
    write((*ROWS, PARTNER[2]))
    assert ended(clientimport(*PUSH)) == (2, "ledger.adopt")


def test_what_is_left_of_forgotten_runs_goes_with_the_others(run: RunResult, url: str) -> None:
    clientimport("runs", "forget", "--before", "2999-01-01", "--yes")
    assert ended(clientimport(*PUSH)) == (2, "ledger.adopt")
    assert {row["state"] for row in clientimport(*PUSH, "--adopt-ledger").json["rows"]} == {"unchanged"}
    assert len(mails(url)) == len(ROWS)
    assert clientimport("runs", "verify", "--json").exit_code == 0


def test_a_further_contact_is_not_added_again_when_the_secret_is_renewed_later(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written by an older version, known again after the upgrade, and after the secret has changed.

    The platform tells nothing of contacts, so that the ledger alone knows.
    """

    def without_contacts(_path: str, said: Any) -> Any:
        clients = [{**one, "contacts": None} for one in said.get("clients", ())]
        return {**said, "clients": clients} if clients else {**said, "contacts": None}

    faults = Faults(secret="first-secret", rewrite=without_contacts)
    with running() as url, faulty(url, faults) as address:
        home.mkdir()
        write((*ROWS, FURTHER))
        connect(address)
        OlderWorld(address, home, rows=(*ROWS, FURTHER), secret="first-secret").pushed()
        for secret in ("first-secret", "second-secret", "third-secret"):
            faults.secret = secret
            monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", secret)
            assert clientimport(*PUSH, "--adopt-ledger").exit_code == 0
        assert len(mails(url)) == len(ROWS)
    assert len([one for one in faults.log if one.startswith("POST") and one.endswith("/contacts")]) == 1


def test_that_the_secret_was_changed_before_the_upgrade_is_told(
    url: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir()
    write(ROWS)
    faults = Faults(secret="first-secret")
    with faulty(url, faults) as address:
        connect(address)
        OlderWorld(address, home, rows=ROWS, secret="first-secret").pushed()
        faults.secret = "second-secret"
        monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "second-secret")
        told = clientimport(*PUSH, "--adopt-ledger")
    assert "under another API key" in told.err
    assert told.json["counts"]["created"] == 0


def test_runs_in_the_built_in_platform_need_no_word(home: Path) -> None:
    home.mkdir()
    write(ROWS)
    with running(SandboxOptions(database=home / "sandbox.db")) as url:
        OlderSandbox(url, home, rows=ROWS).pushed(invite=True)
    pushed = clientimport("push", "clients.csv", "-c", "sandbox", "-p", "banqup-partner", *PUSH[4:])
    assert (pushed.json["counts"]["created"], pushed.json["counts"]["invited"]) == (0, 0)
    with Ledger(folders().ledger) as book:
        assert len({run.account for run in book.runs()}) == 1


def test_a_person_is_asked_once_and_what_is_neither_yes_nor_no_sends_nothing(
    run: RunResult, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(folders().ledger) as book:
        account_id = book.runs()[0].account.removeprefix("banqup-partner ")
    account = Account(account_id, "Office", f"{url.removeprefix('http://')}/banqup-partner")
    connection = load_settings(folders().config).connection("office")
    person = AccountSession(
        connection,
        load_schema("banqup-partner"),
        "demo",
        Console(message_catalog("nl"), is_interactive=True),
        LedgerAccount(),
    )
    with Ledger(folders().ledger) as book:
        monkeypatch.setattr("sys.stdin", io.StringIO("misschien\n"))
        with pytest.raises(QuestionDeclined):
            open_account_ledger(book, person.account, account)
        monkeypatch.setattr("sys.stdin", io.StringIO("ja\n"))
        open_account_ledger(book, person.account, account)
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        assert open_account_ledger(book, person.account, account).has_invited(str(run.rows[0].result.client_id))
