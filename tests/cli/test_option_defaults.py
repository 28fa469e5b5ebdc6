"""Options that were not given are taken from the settings, and what was taken from where is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clientimport.schema.data_files import data_folder
from command_line import clientimport

CLEAN = data_folder("samples") / "banqup-partner" / "clean.xlsx"
OFFICE = '[connections.office]\nplatform = "banqup-partner"\nbase_url = "https://127.0.0.1:9"\nclient_id = "x"\n'


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Return a folder with a list of clients, and one with another below it."""
    folder = tmp_path / "work of 2026"
    (folder / "below").mkdir(parents=True)
    shutil.copy(CLEAN, folder / "clients.xlsx")
    shutil.copy(CLEAN, folder / "below" / "clients.xlsx")
    return folder


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_projects_platform_holds_for_the_files_beside_and_below_it(work: Path) -> None:
    project = written(work / "clientimport.toml", 'platform = "banqup-partner"\nlanguage = "nl"\n')
    for file in (work / "clients.xlsx", work / "below" / "clients.xlsx"):
        answer = clientimport("validate", file)
        assert answer.exit_code == 0
        assert f"Overgenomen uit {project}: platform banqup-partner, language nl." in answer.err
    assert clientimport("validate", CLEAN).exit_code == 2


def test_nothing_is_said_of_defaults_when_it_shall_be_quiet(work: Path) -> None:
    written(work / "clientimport.toml", 'platform = "banqup-partner"\n')
    assert clientimport("validate", work / "clients.xlsx", "--quiet").err == ""


def test_with_several_files_the_folder_of_the_first_counts(work: Path) -> None:
    written(work / "below" / "clientimport.toml", 'platform = "accounton"\n')
    written(work / "clientimport.toml", 'platform = "banqup-partner"\n')
    files = (work / "clients.xlsx", work / "below" / "clients.xlsx")
    assert clientimport("validate", *files).exit_code == 0
    assert clientimport("validate", *reversed(files)).exit_code == 1


def test_without_a_file_the_folder_counts_that_one_is_in(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(work / "clientimport.toml", 'platform = "billit"\n')
    monkeypatch.chdir(work / "below")
    assert clientimport("clients", "list", "-c", "sandbox", "--json").json["platform"] == "billit"


def test_an_option_beats_the_environment_and_that_the_project(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(work / "clientimport.toml", 'platform = "accounton"\nlanguage = "de"\n')
    monkeypatch.setenv("CLIENTIMPORT_PLATFORM", "billit")
    file = work / "clients.xlsx"
    assert clientimport("map", file, "--json").json["platform"] == "billit"
    assert clientimport("map", file, "-p", "banqup-partner", "--json").json["platform"] == "banqup-partner"
    assert "Vereist" not in clientimport("map", file, "-p", "banqup-partner", "--language", "en").err
    assert "CLIENTIMPORT_PLATFORM" not in clientimport("map", file, "-p", "banqup-partner").err


def test_a_default_platform_gives_way_to_a_connection_that_is_named(home: Path, work: Path) -> None:
    written(home / "config.toml", OFFICE + '[defaults]\nplatform = "accounton"\n')
    answer = clientimport("map", work / "clients.xlsx", "-c", "office", "--json")
    assert answer.json["platform"] == "banqup-partner"
    assert "accounton" not in answer.err


def test_a_default_connection_is_the_account_where_one_is_needed(home: Path, work: Path) -> None:
    written(home / "config.toml", OFFICE + '[defaults]\nconnection = "office"\n')
    assert clientimport("clients", "list", "--no-input", "--json").json["connection"] == "office"
    assert clientimport("map", work / "clients.xlsx", "--json").json["platform"] == "banqup-partner"
    assert clientimport("template", "-o", work / "t.xlsx").exit_code == 0  # no account is asked for its lists


def test_a_project_of_another_platform_than_the_default_connection_asks_for_the_account(home: Path, work: Path) -> None:
    written(home / "config.toml", OFFICE + '[defaults]\nconnection = "office"\n')
    written(work / "clientimport.toml", 'platform = "accounton"\n')
    answer = clientimport("plan", work / "clients.xlsx", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "usage.default_elsewhere")
    assert clientimport("map", work / "clients.xlsx", "--json").json["platform"] == "accounton"


def test_an_account_that_is_named_nowhere_is_wrong_usage() -> None:
    answer = clientimport("clients", "list", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "usage.no_connection")


def test_the_runs_of_all_connections_are_listed_whatever_the_default(home: Path) -> None:
    written(home / "config.toml", OFFICE + '[defaults]\nconnection = "office"\nplatform = "billit"\n')
    on = ("-c", "sandbox", "-p", "banqup-partner")
    assert clientimport("push", CLEAN, *on, "--yes", "--accept-proposals").exit_code == 0
    assert len(clientimport("runs", "list", "--json").json["runs"]) == 1


def test_a_default_profile_is_used_unless_none_is_wanted(work: Path) -> None:
    on = ("-p", "banqup-partner")
    clientimport("map", work / "clients.xlsx", *on, "--save", "ours")
    written(work / "clientimport.toml", 'profile = "ours"\n')
    assert clientimport("map", work / "clients.xlsx", *on, "--json").json["profile"] == "ours"
    assert clientimport("map", work / "clients.xlsx", *on, "--no-profile", "--json").json["profile"] is None


def test_a_default_country_fills_the_rows_without_one_and_is_reported(work: Path) -> None:
    file = work / "clients.csv"
    file.write_text("Naam;E-mail;Voornaam;Achternaam;Taal\nBakkerij Een BV;an@bakkerijeen.be;An;Claes;nl\n")
    written(work / "clientimport.toml", 'platform = "banqup-partner"\ncountry = "BE"\n')
    filled = clientimport("fix", file, "-o", work / "u.xlsx", "--json")
    assert filled.exit_code == 0
    assert "country BE" in filled.err
    other = clientimport("validate", file, "--default", "country=LU", "--language", "en")
    assert "country BE" not in other.err


def test_the_next_step_names_what_the_project_says_only_where_it_would_not_hold(work: Path) -> None:
    written(work / "clientimport.toml", 'platform = "banqup-partner"\n')
    file = work / "clients.xlsx"
    assert "-p banqup-partner" not in clientimport("validate", file).out
    pushed = clientimport("push", file, "-c", "sandbox", "--yes", "--accept-proposals").out
    assert "clientimport invite -p banqup-partner -c sandbox --run" in pushed


def test_a_project_that_cannot_be_used_stops_the_command_and_is_named(work: Path) -> None:
    project = written(work / "clientimport.toml", "yes = true\n")
    answer = clientimport("validate", work / "clients.xlsx", "-p", "banqup-partner")
    assert answer.exit_code == 2
    assert str(project) in answer.err


def test_the_demo_is_the_same_whatever_the_office_has_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("PROFILE", "none"), ("PLATFORM", "accounton"), ("LEDGER", "postgresql://127.0.0.1:9/l")):
        monkeypatch.setenv(f"CLIENTIMPORT_{name}", value)
    steps = clientimport("demo", "--json").json["steps"]
    assert {step["exit_code"] for step in steps} <= {0, 1}
    assert len(steps) == 8
