"""The page about a server in the office, followed to the letter: its roles, rights and dump do what it says."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from clientimport.sandbox import running
from command_line import clientimport
from postgres_server import PostgresServer, running_postgres
from push.once import HELPLESS, everybody_once
from push_world import PARTNER, Row, clients

pytestmark = pytest.mark.postgres
PAGE = (Path(__file__).parents[2] / "docs" / "shared-ledger.md").read_text(encoding="utf-8")
PUSH = ("push", "clients.csv", "-c", "office", "--yes", "--json", "--accept-proposals", "--invite")


def statements(first_words: str) -> list[str]:
    """Return the statements of the block of the page that begins with these words."""
    (block,) = re.findall(rf"^({first_words}.*?)^(?:SQL|```)$", PAGE, re.MULTILINE | re.DOTALL)
    return [statement for statement in block.split(";\n") if statement and "listen_addresses" not in statement]


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server as the page sets it up."""
    with running_postgres() as made:
        for statement in statements("CREATE ROLE clientimport"):
            made.execute(statement)
        yield made


@pytest.fixture
def platform(server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A platform, and a home that has pushed nothing."""
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
    with running(HELPLESS) as url:
        added = ("office", "-p", "banqup-partner", "--base-url", f"{url}/banqup-partner", "--client-id", "demo")
        assert clientimport("connections", "add", *added).exit_code == 0
        sign_in(server, "an", monkeypatch)
        yield url


def write_list(rows: tuple[Row, ...]) -> None:
    with Path("clients.csv").open("w", newline="", encoding="utf-8") as file:
        made = csv.DictWriter(file, PARTNER[0])
        made.writeheader()
        made.writerows(rows)


def sign_in(server: PostgresServer, user: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_LEDGER", server.url("clientimport").replace("postgres@", f"{user}@"))


def add_person(server: PostgresServer, name: str) -> None:
    """Give the lines with `an` again for somebody else."""
    for statement in statements("CREATE ROLE clientimport"):
        if re.search(r"ROLE an\b", statement):
            server.execute(re.sub(r"\ban\b", name, statement))


def test_everybody_with_the_two_lines_works_on_one_record_and_may_leave(
    server: PostgresServer, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_person(server, "bo")
    sign_in(server, "bo", monkeypatch)  # the second to be made, and the first to push
    write_list(PARTNER[:2])
    assert clientimport(*PUSH).json["counts"]["created"] == 2
    server.execute("DROP ROLE bo")
    sign_in(server, "an", monkeypatch)
    write_list(PARTNER)
    counts = clientimport(*PUSH).json["counts"]
    assert (counts["created"], counts["unchanged"]) == (1, 2)
    everybody_once(platform, PARTNER)
    assert clientimport("runs", "forget", "--before", "2999-01-01", "--yes", "--json").json["forgotten"] == 2


def test_a_desk_with_less_rights_does_everything_but_forget(
    server: PostgresServer, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_list(PARTNER[:2])
    assert clientimport(*PUSH).exit_code == 0
    for statement in statements("CREATE ROLE temp"):
        server.execute(statement, database="clientimport")
    sign_in(server, "temp", monkeypatch)
    write_list(PARTNER)
    assert clientimport(*PUSH[:-1]).json["counts"]["created"] == 1  # without --invite, so that it can be undone
    for command in (("list",), ("show", "last"), ("verify",), ("undo", "last", "--yes")):
        assert clientimport("runs", *command).exit_code == 0, command
    assert len(clients(platform)) == 2
    refused = clientimport("runs", "forget", "--before", "2999-01-01", "--yes", "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "ledger.rights")
    assert len(clientimport("runs", "list", "--json").json["runs"]) == 3


def test_a_role_that_only_looks_sees_the_record_and_pushes_nothing(
    server: PostgresServer, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_list(PARTNER[:2])
    assert clientimport(*PUSH).exit_code == 0
    (auditor,) = re.findall(r"CREATE ROLE auditor [^;]*", PAGE)
    server.execute(auditor)
    sign_in(server, "auditor", monkeypatch)
    for command in (("list",), ("show", "last"), ("verify",)):
        assert clientimport("runs", *command).exit_code == 0, command
    write_list(PARTNER)
    refused = clientimport(*PUSH)
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "ledger.rights")
    everybody_once(platform, PARTNER[:2])


def test_an_older_dump_is_put_back_and_nobody_is_created_or_mailed_twice(
    server: PostgresServer, platform: str, tmp_path: Path
) -> None:
    write_list(PARTNER[:1])
    assert clientimport(*PUSH).exit_code == 0
    dump = str(server.folder / "clientimport.dump")
    place = ("-h", "127.0.0.1", "-p", str(server.port), "-U", "postgres")
    server.run("pg_dump", *place, "-Fc", "-f", dump, "clientimport")
    write_list(PARTNER[:2])
    later = clientimport(*PUSH).json["seal"]
    server.execute("DROP DATABASE clientimport")
    server.run("pg_restore", *place, "-C", "-d", "postgres", dump)
    assert clientimport("runs", "verify").exit_code == 0
    assert clientimport("runs", "verify", later).exit_code == 1
    write_list(PARTNER)
    counts = clientimport(*PUSH).json["counts"]
    assert (counts["created"], counts["unchanged"]) == (1, 2)
    everybody_once(platform, PARTNER)
