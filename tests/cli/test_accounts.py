"""What was sent to one server says nothing about another, and every spelling of an address is the same one."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clientimport.sandbox import SandboxOptions, running
from clientimport.schema.data_files import data_folder
from clientimport.settings.folders import folders
from command_line import Answer, clientimport
from push_world import clients, mails

CLEAN = data_folder("samples") / "banqup-partner" / "clean.xlsx"
OFFICE = ("-c", "office", "--yes", "--json")
PUSH = ("push", str(CLEAN), *OFFICE, "--accept-proposals")


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")


@pytest.fixture
def test_server(tmp_path: Path) -> Iterator[str]:
    with running(SandboxOptions(database=tmp_path / "test.db")) as url:
        yield url


def copied(database: Path, copy: Path) -> Path:
    """Copy the database of a server that runs, with the ids in it."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def lead_to(base_url: str) -> None:
    """Let the connection lead to another address, as somebody does in config.toml."""
    config = folders().config
    if config.exists():
        config.write_text(re.sub(r'base_url = ".*"', f'base_url = "{base_url}"', config.read_text()))
    else:
        added = ("office", "-p", "banqup-partner", "--base-url", base_url, "--client-id", "demo")
        assert clientimport("connections", "add", *added).exit_code == 0


def ended(answer: Answer) -> tuple[int, str]:
    return answer.exit_code, answer.json["error"]["code"]


def test_a_copy_of_a_server_is_another_account_whose_clients_still_get_their_mail(
    test_server: str, tmp_path: Path
) -> None:
    lead_to(f"{test_server}/banqup-partner")
    run = clientimport(*PUSH).json
    with running(SandboxOptions(database=copied(tmp_path / "test.db", tmp_path / "production.db"))) as production:
        assert clientimport("invite", "--all-drafts", *OFFICE).json["counts"]["invited"] == len(mails(test_server)) == 3
        lead_to(f"{production}/banqup-partner")
        for command in (
            ("invite", "--run", run["run"], *OFFICE),
            ("runs", "undo", run["run"], *OFFICE[2:]),
            ("runs", "resume", run["run"], *OFFICE[2:]),
        ):
            assert ended(clientimport(*command)) == (2, "run.other_account")
        assert {client["status"] for client in clients(production)} == {"draft"}
        assert clientimport("invite", "--all-drafts", *OFFICE).json["counts"]["invited"] == len(mails(production)) == 3


def test_a_run_of_another_account_is_refused_with_both_addresses(test_server: str) -> None:
    lead_to(f"{test_server}/banqup-partner")
    run = clientimport(*PUSH).json["run"]
    with running() as other:
        lead_to(f"{other}/banqup-partner")
        refused = clientimport("runs", "undo", run, "--yes", "--json").json["error"]
    for url in (test_server, other):
        assert f"{url.removeprefix('http://')}/banqup-partner" in refused["message"]
    assert len(clients(test_server)) == 3


def test_a_plan_made_at_one_server_is_not_pushed_to_its_copy(test_server: str, tmp_path: Path) -> None:
    lead_to(f"{test_server}/banqup-partner")
    assert clientimport("plan", str(CLEAN), "-c", "office", "-o", "plan.json", "--json").exit_code == 0
    with running(SandboxOptions(database=copied(tmp_path / "test.db", tmp_path / "production.db"))) as production:
        lead_to(f"{production}/banqup-partner")
        assert ended(clientimport("push", "plan.json", *OFFICE)) == (2, "plan.other_account")
        assert clients(production) == []
    lead_to(f"{test_server}/banqup-partner/")
    assert clientimport("push", "plan.json", *OFFICE).json["counts"]["created"] == 3


@pytest.mark.parametrize("spelled", ["{url}/banqup-partner/", "{localhost}/banqup-partner"])
def test_another_spelling_of_the_same_address_is_the_same_account(test_server: str, spelled: str) -> None:
    lead_to(f"{test_server}/banqup-partner")
    run = clientimport(*PUSH, "--invite").json["run"]
    localhost = test_server.replace("127.0.0.1", "LOCALHOST")
    lead_to(spelled.format(url=test_server, localhost=localhost))
    again = clientimport(*PUSH, "--invite").json
    assert (again["counts"]["created"], again["counts"]["invited"]) == (0, 0)
    assert clientimport("invite", "--run", run, *OFFICE).exit_code == 0
    assert len(mails(test_server)) == 3


def test_the_built_in_platform_is_one_account_whatever_its_port() -> None:
    sandbox = ("-c", "sandbox", "-p", "banqup-partner", "--yes", "--json")
    run = clientimport("push", str(CLEAN), *sandbox, "--accept-proposals").json["run"]
    assert clientimport("invite", "--run", run, *sandbox).json["counts"]["invited"] == 3
    assert clientimport("invite", "--all-drafts", *sandbox).json["counts"]["invited"] == 0
    assert clientimport("runs", "undo", run, *sandbox[4:]).exit_code == 1  # mailed by now
