"""doctor: what would stop work is found, said, and ends with exit code 1."""

from __future__ import annotations

import re
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clientimport.cli.health_checks import OLDEST_PYTHON
from clientimport.connectors.http.server_clock import clock_offset
from clientimport.sandbox import SandboxOptions, running
from clientimport.schema.data_files import data_folder
from command_line import Answer, clientimport

CLEAN = data_folder("samples") / "banqup-partner" / "clean.xlsx"


def states(answer: Answer) -> dict[str, str]:
    return {check["check"]: check["state"] for check in answer.json["checks"]}


def test_a_new_computer_is_told_what_is_absent_and_nothing_stops() -> None:
    answer = clientimport("doctor", "--json")
    assert answer.exit_code == 0
    assert set(states(answer).values()) <= {"ok", "info"}
    assert states(answer)["python"] == "ok"


def test_a_record_that_was_changed_stops_work(home: Path) -> None:
    clientimport("push", CLEAN, "-c", "sandbox", "-p", "banqup-partner", "--yes", "--accept-proposals")
    assert states(clientimport("doctor", "--json"))["record"] == "ok"
    with sqlite3.connect(home / "state.db") as ledger:
        ledger.execute("UPDATE action SET client_id = 'x'")
    ledger.close()
    answer = clientimport("doctor", "--json")
    assert (answer.exit_code, states(answer)["record"]) == (1, "error")


@pytest.mark.parametrize("text", ["[", 'platfrm = "x"', '[defaults]\nplatform = "bilit"'])
def test_settings_that_cannot_be_used_are_a_line_and_not_the_end(text: str, home: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text(text)
    answer = clientimport("doctor", "--json")
    assert (answer.exit_code, states(answer)["settings"]) == (1, "error")
    assert states(answer)["python"] == "ok"


def test_a_home_that_others_can_open_is_a_warning(home: Path) -> None:
    home.mkdir()
    home.chmod(0o755)
    answer = clientimport("doctor", "--json")
    assert (answer.exit_code, states(answer)["home"]) == (0, "warning")


def test_a_home_that_is_no_folder_stops_work(home: Path) -> None:
    home.write_text("")
    answer = clientimport("doctor", "--json")
    assert (answer.exit_code, states(answer)["home"]) == (1, "error")


def test_an_account_and_its_clock_are_asked_for_by_name_alone(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(SandboxOptions(database=tmp_path / "sandbox.db")) as url:
        home.mkdir(mode=0o700)
        connection = f'[connections.office]\nplatform = "billit"\nbase_url = "{url}/billit"\nclient_id = "demo"\n'
        (home / "config.toml").write_text(f'{connection}[defaults]\nconnection = "office"\n')
        assert "connection" not in states(clientimport("doctor", "--json"))
        monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "wrong")
        refused = clientimport("doctor", "-c", "office", "--json")
        assert (refused.exit_code, states(refused)["connection"]) == (1, "error")
        monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
        answer = clientimport("doctor", "-c", "office", "--json")
    assert answer.exit_code == 0
    assert (states(answer)["connection"], states(answer)["clock"]) == ("ok", "ok")


class Answered:
    """A connector that was answered at one time by a platform that says another."""

    server_date: str | None = "Sun, 22 Nov 2026 10:00:00 GMT"
    answered_at: datetime | None = datetime(2026, 11, 22, 10, 5, 0, tzinfo=UTC)

    @property
    def http(self) -> Answered:
        """Return itself."""
        return self


def test_the_clocks_are_compared_by_the_date_of_the_answer() -> None:
    assert clock_offset(Answered()) == timedelta(minutes=5)
    assert clock_offset(object()) is None
    silent = Answered()
    silent.server_date = None
    assert clock_offset(silent) is None


def test_the_oldest_python_is_that_of_the_package() -> None:
    wanted = re.search(
        r'requires-python = ">=(\d+)\.(\d+)"', (Path(__file__).parents[3] / "pyproject.toml").read_text()
    )
    assert wanted is not None
    assert (int(wanted[1]), int(wanted[2])) == OLDEST_PYTHON
    assert sys.version_info >= OLDEST_PYTHON


def test_a_shared_record_is_on_the_network_and_looked_at_with_an_account_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLIENTIMPORT_LEDGER", "postgresql://nobody@127.0.0.1:9/ledger")
    assert states(clientimport("doctor", "--json"))["record"] == "info"
    asked = clientimport("doctor", "-c", "sandbox", "-p", "billit", "--json")
    assert (asked.exit_code, states(asked)["shared record"]) == (1, "error")


@pytest.mark.parametrize(("language", "record"), [("nl", "logboek"), ("fr", "journal"), ("de", "Protokoll")])
def test_what_was_looked_at_is_named_in_the_language_and_in_json_as_ever(language: str, record: str) -> None:
    shown = clientimport("doctor", "--language", language).out
    assert re.search(rf"^.*  {record}  ", shown, re.MULTILINE)
    assert not re.search(r"  (home|settings|record|keyring)  ", shown)
    assert "record" in states(clientimport("doctor", "--json", "--language", language))
