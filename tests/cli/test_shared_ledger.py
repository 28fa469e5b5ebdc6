"""Several desks with one ledger: each knows the clients of the others, or says what it waits for."""

from __future__ import annotations

import csv
import os
import pwd
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from clientimport.push.ledger import who as who_module
from clientimport.sandbox import running
from clientimport.settings.folders import folders
from command_line import Answer, clientimport
from connectors.faulty_proxy import Faults, faulty
from ledgers import shared_ledger
from postgres_server import PostgresServer
from push.once import HELPLESS, everybody_once
from push_world import PARTNER, Row, clients, mails

pytestmark = pytest.mark.postgres
ROWS = PARTNER[:2]
PUSH = ("push", "clients.csv", "-c", "office", "--yes", "--json", "--accept-proposals", "--invite")


class Desks:
    """The desks of one office: each has a home, a name and a secret, and all have one ledger."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.environment = monkeypatch
        self.faults = Faults()
        self.address = self.url = ""

    def sit_at(self, desk: str, secret: str = "demo", person: str = "an") -> None:
        """Go on at another desk, as somebody."""
        self.environment.setenv("CLIENTIMPORT_HOME", str(self.folder / desk))
        self.environment.setenv("CLIENTIMPORT_OFFICE_SECRET", secret)
        self.faults.secret = secret
        self.environment.setattr(pwd, "getpwuid", lambda _number: SimpleNamespace(pw_name=person))
        who_module.who.cache_clear()
        if not (self.folder / desk / "config.toml").exists():
            added = ("office", "-p", "banqup-partner", "--base-url", self.address, "--client-id", "demo")
            assert clientimport("connections", "add", *added).exit_code == 0


@pytest.fixture
def desks(postgres_server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desks]:
    office = Desks(tmp_path, monkeypatch)
    monkeypatch.setenv("CLIENTIMPORT_LEDGER", shared_ledger(postgres_server, tmp_path).url)
    write(ROWS)
    with running(HELPLESS) as url, faulty(url, office.faults) as address:
        office.address = f"{address}/banqup-partner"
        office.url = url
        yield office
    who_module.who.cache_clear()


def write(rows: tuple[Row, ...]) -> None:
    with Path("clients.csv").open("w", newline="", encoding="utf-8") as file:
        made = csv.DictWriter(file, PARTNER[0])
        made.writeheader()
        made.writerows(rows)


def refusal(answer: Answer) -> tuple[int, str]:
    return answer.exit_code, answer.json["error"]["code"]


def test_a_desk_with_the_same_secret_needs_no_step(desks: Desks) -> None:
    desks.sit_at("first")
    assert clientimport(*PUSH).json["counts"]["created"] == len(ROWS)
    desks.sit_at("second")
    again = clientimport(*PUSH)
    assert (again.exit_code, again.json["counts"]["unchanged"]) == (0, len(ROWS))
    everybody_once(desks.url, ROWS)


def test_a_desk_with_another_secret_sends_nothing_until_one_that_is_in_admits_it(desks: Desks) -> None:
    desks.sit_at("first", person="an")
    assert clientimport(*PUSH).exit_code == 0
    desks.sit_at("second", "another-secret", "bo")
    write(PARTNER)
    for command in (PUSH, (*PUSH, "--dry-run")):
        refused = clientimport(*command)
        assert refusal(refused) == (2, "ledger.not_admitted")
        line = refused.json["error"]["message"].rpartition("  ")[2]
        assert line.startswith("clientimport connections admit bo@")
    assert len(clients(desks.url)) == len(ROWS)
    admit = line.split()[1:]
    itself = clientimport(*admit, "--json")
    assert refusal(itself) == (2, "desk.not_in")
    assert "the clients of Demo Office (" in itself.json["error"]["message"]
    desks.sit_at("first", person="an")
    wrong = clientimport("connections", "admit", f"{admit[-1][:-1]}x", "--json")
    assert refusal(wrong) == (2, "desk.unknown")
    assert admit[-1] in wrong.json["error"]["message"]
    assert "is admitted to Demo Office (" in clientimport(*admit).out
    assert refusal(clientimport(*admit, "--json")) == (2, "desk.is_in")
    desks.sit_at("second", "another-secret", "bo")
    pushed = clientimport(*PUSH).json["counts"]
    assert (pushed["unchanged"], pushed["created"]) == (len(ROWS), 1)
    everybody_once(desks.url, PARTNER)


def test_a_desk_stays_in_when_its_secret_is_renewed(desks: Desks) -> None:
    desks.sit_at("first", "old-secret")
    assert clientimport(*PUSH).exit_code == 0
    desks.sit_at("first", "new-secret")
    assert clientimport(*PUSH).json["counts"]["unchanged"] == len(ROWS)
    desks.sit_at("third", "new-secret")
    assert clientimport(*PUSH).json["counts"]["unchanged"] == len(ROWS)
    everybody_once(desks.url, ROWS)


def test_what_opens_the_keys_is_for_its_owner_alone_and_no_secret_is_in_the_ledger(
    desks: Desks, postgres_server: PostgresServer, tmp_path: Path
) -> None:
    desks.sit_at("first", "old-secret")
    assert clientimport(*PUSH).exit_code == 0
    assert (tmp_path / "first" / "desk.key").stat().st_mode & 0o777 == 0o600
    schema = shared_ledger(postgres_server, tmp_path).url.rpartition("%3D")[2]
    kept = repr(postgres_server.execute(f"SELECT * FROM {schema}.desk, {schema}.account_key"))
    assert "old-secret" not in kept
    assert not (tmp_path / "first" / "state.db").exists()


def test_runs_are_listed_across_desks_with_who_gave_the_command(desks: Desks) -> None:
    desks.sit_at("first", person="an")
    clientimport(*PUSH)
    desks.sit_at("second", person="bo")
    clientimport(*PUSH)
    runs = clientimport("runs", "list", "--json").json["runs"]
    assert [run["by"].partition("@")[0] for run in runs] == ["bo", "an"]
    assert "bo@" in clientimport("runs", "list").out
    shown = clientimport("runs", "show", runs[1]["run"], "--json").json
    assert shown["by"] == runs[1]["by"]
    assert f"Started by {shown['by']}" in clientimport("runs", "show", runs[1]["run"]).out
    assert clientimport("runs", "verify", "--json").exit_code == 0
    desks.sit_at("third", person="ces")
    asked = clientimport("runs", "forget", "--before", "2999-01-01", "--json")
    assert asked.exit_code == 2
    assert "for every desk?" in asked.json["error"]["message"]
    assert clientimport("runs", "forget", "--before", "2999-01-01", "--yes", "--json").json["forgotten"] == 2
    assert clientimport("runs", "list", "--json").json["runs"] == []


@pytest.mark.parametrize("change", ["started_by = 'eve@desk'", "approved_by = 'eve@desk'", "started_by = NULL"])
def test_who_gave_a_command_cannot_be_changed_unseen(
    desks: Desks, postgres_server: PostgresServer, tmp_path: Path, change: str
) -> None:
    desks.sit_at("first")
    clientimport(*PUSH)
    schema = shared_ledger(postgres_server, tmp_path).url.rpartition("%3D")[2]
    postgres_server.execute(f"UPDATE {schema}.run SET {change}")
    verified = clientimport("runs", "verify", "--json")
    assert (verified.exit_code, [line["code"] for line in verified.json["breaks"]]) == (1, ["changed"])


def approving(desks: Desks) -> None:
    config = desks.folder / "first" / "config.toml"
    config.write_text(f"[ledger]\napprove = true\n{config.read_text()}")


def test_a_plan_that_needs_a_second_person_is_pushed_once_one_approved_it(desks: Desks) -> None:
    desks.sit_at("first", person="an")
    approving(desks)
    assert refusal(clientimport(*PUSH)) == (2, "plan.needed")
    assert clientimport("plan", "clients.csv", "-c", "office", "-o", "plan.json").exit_code == 0
    push = ("push", "plan.json", "-c", "office", "--yes", "--json")
    assert refusal(clientimport(*push)) == (2, "plan.not_approved")
    assert clientimport(*push, "--dry-run").exit_code == 0
    assert refusal(clientimport("plan", "approve", "plan.json", "--json")) == (2, "plan.same_person")
    assert clients(desks.url) == []
    desks.sit_at("second", person="Bo")
    approved = clientimport("plan", "approve", "plan.json", "--json").json
    assert approved["approved_by"].startswith("Bo@")
    assert "Albak" in clientimport("plan", "approve", "plan.json").out
    desks.sit_at("first", person="an")
    pushed = clientimport(*push).json
    assert pushed["counts"]["created"] == len(ROWS)
    assert clientimport("runs", "show", pushed["run"], "--json").json["approved_by"] == approved["approved_by"]
    assert clientimport("runs", "verify", "--json").exit_code == 0


def test_a_plan_that_was_changed_after_its_approval_is_not_the_approved_one(desks: Desks) -> None:
    desks.sit_at("first", person="an")
    approving(desks)
    clientimport("plan", "clients.csv", "-c", "office", "-o", "plan.json")
    desks.sit_at("second", person="bo")
    assert clientimport("plan", "approve", "plan.json").exit_code == 0
    desks.sit_at("third", person="an")  # where nothing is remembered of who plans
    write(PARTNER)
    clientimport("plan", "clients.csv", "-c", "office", "-o", "plan.json", "--force")
    desks.sit_at("first", person="an")
    refused = refusal(clientimport("push", "plan.json", "-c", "office", "--yes", "--json"))
    assert refused == (2, "plan.not_remembered")
    assert mails(desks.url) == clients(desks.url) == []


def test_a_password_stands_in_no_file_and_in_no_message(
    desks: Desks, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desks.sit_at("first")
    config = tmp_path / "first" / "config.toml"
    written = config.read_text()
    config.write_text(f'[ledger]\nurl = "postgresql://an:geheim123@db/ledger"\n{written}')
    refused = clientimport("runs", "list", "--json")
    assert refusal(refused) == (2, "ledger.password_in_file")
    config.write_text(written)
    monkeypatch.setenv("CLIENTIMPORT_LEDGER", "postgresql://an:geheim123@127.0.0.1:1/ledger")
    stopped = clientimport(*PUSH, "--debug")
    assert refusal(stopped) == (3, "io")
    assert "geheim123" not in refused.out + refused.err + stopped.out + stopped.err


def test_without_the_driver_the_extra_is_named(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    desks.sit_at("first")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    refused = clientimport(*PUSH)
    assert refusal(refused) == (2, "ledger.no_driver")
    assert "clientimport[postgres]" in refused.json["error"]["message"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('urll = "postgresql://db/ledger"', "settings.unknown_key"),
        ("url = 5", "settings.not_text"),
        ('approve = "yes"', "settings.not_yes_or_no"),
        ('url = "mysql://db/ledger"', "ledger.url"),
    ],
)
def test_a_setting_that_is_none_is_told(desks: Desks, tmp_path: Path, text: str, code: str) -> None:
    desks.sit_at("first")
    config = tmp_path / "first" / "config.toml"
    config.write_text(f"[ledger]\n{text}\n{config.read_text()}")
    assert refusal(clientimport("runs", "list", "--json")) == (2, code)


def test_a_record_is_moved_with_its_chain_and_the_same_command_goes_on(
    desks: Desks, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = os.environ["CLIENTIMPORT_LEDGER"]
    monkeypatch.delenv("CLIENTIMPORT_LEDGER")
    desks.sit_at("first", person="an")
    before = clientimport(*PUSH).json
    shown = clientimport("runs", "show", before["run"], "--json").json
    moved = clientimport("runs", "move", "--to", url, "--json").json
    assert (moved["runs"], moved["seal"]) == (1, before["seal"])
    assert clientimport("runs", "show", before["run"], "--json").json == shown
    assert clientimport("runs", "verify", before["seal"], "--json").json["breaks"] == []
    again = clientimport(*PUSH)
    assert (again.exit_code, again.json["counts"]["unchanged"]) == (0, len(ROWS))
    monkeypatch.setenv("CLIENTIMPORT_LEDGER", url)
    desks.sit_at("second")  # with the same secret
    assert clientimport(*PUSH).json["counts"]["unchanged"] == len(ROWS)
    everybody_once(desks.url, ROWS)
    assert [run["run"] for run in clientimport("runs", "list", "--json").json["runs"]][-1] == before["run"]


def test_what_was_moved_is_not_used_again_by_mistake(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    url = os.environ["CLIENTIMPORT_LEDGER"]
    monkeypatch.delenv("CLIENTIMPORT_LEDGER")
    desks.sit_at("first")
    clientimport(*PUSH)
    assert clientimport("runs", "move", "--to", url).exit_code == 0
    config = folders().config
    config.write_text(config.read_text().partition("[ledger]")[0])
    refused = clientimport(*PUSH)
    assert refusal(refused) == (2, "ledger.moved")
    assert f'url = "{url}"' in refused.json["error"]["message"]
    assert refusal(clientimport("runs", "move", "--to", url, "--json")) == (2, "ledger.moved")


def test_two_records_do_not_become_one_and_a_broken_one_stays(
    desks: Desks, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = os.environ["CLIENTIMPORT_LEDGER"]
    desks.sit_at("first")
    clientimport(*PUSH)
    monkeypatch.delenv("CLIENTIMPORT_LEDGER")
    desks.sit_at("second")
    clientimport(*PUSH)
    kept = (tmp_path / "second" / "state.db").read_bytes()
    not_empty = clientimport("runs", "move", "--to", url, "--json")
    assert refusal(not_empty) == (2, "move.not_empty")
    assert f'url = "{url}"' in not_empty.json["error"]["message"]
    assert str(tmp_path / "second" / "state.db") in not_empty.json["error"]["message"]
    with_password = url.replace("postgres@", "postgres:geheim@")
    refused = clientimport("runs", "move", "--to", with_password, "--json")
    assert refusal(refused) == (2, "ledger.password_on_command_line")
    assert "geheim" not in refused.out + refused.err
    assert (tmp_path / "second" / "state.db").read_bytes() == kept
    with closing(sqlite3.connect(folders().ledger)) as sql, sql:
        sql.execute("UPDATE run SET file = 'other.csv'")
    assert refusal(clientimport("runs", "move", "--to", url, "--json")) == (2, "move.broken")
