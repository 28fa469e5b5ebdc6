"""Every file that a command writes: never over an input, never over our own, and never half.

The options that write are taken from the table of commands, so that a new one is tried without being named here.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.models import ArgumentInfo, OptionInfo

from clientimport.cli.command_table import program
from clientimport.cli.file_roles import FileRole, file_role
from clientimport.reports.formats import TEXT_FORMATS
from clientimport.settings.folders import folders
from command_line import Answer, clientimport
from connectors.sources.adminpulse_server import adminpulse_server

ROWS = "Naam;Land;E-mail;Voornaam;Familienaam;Taal\nA BV;BE;a@acme.be;An;Peeters;nl-BE\n"
VALIDATE = ("validate", "clients.csv", "-p", "banqup-partner")
ON = ("-c", "sandbox", "-p", "banqup-partner")

RECIPES: Mapping[str, tuple[str, ...]] = {
    "validate": ("clients.csv", "-p", "banqup-partner"),
    "fix": ("clients.csv", "-p", "banqup-partner"),
    "merge": ("clients.csv", "clients.csv", "-p", "banqup-partner"),
    "template": ("-p", "banqup-partner"),
    "plan": ("clients.csv", *ON),
    "clients report": ("clients.csv", *ON),
    "runs export": ("RUN",),
    "profiles export": ("ours",),
    "pull": ("adminpulse",),
    "lookup": ("clients.csv", "--vies"),
    "sandbox": (),
}
"""What each command that writes needs beside the option: a new one has to be added."""
OWN = ("config.toml", "state.db", "state.db-wal", "sandbox.db", "ledger.key", "profiles/ours.toml", "locks/new.lock")


def commands(app: typer.Typer, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every command of the program: its name, and the function that typer calls."""
    for command in app.registered_commands:
        yield f"{before}{command.name}", command.callback
    for group in app.registered_groups:
        name = f"{before}{group.name} " if isinstance(group.name, str) else before
        assert group.typer_instance is not None
        yield from commands(group.typer_instance, name)


def parameters() -> Iterator[tuple[str, inspect.Parameter, OptionInfo | ArgumentInfo]]:
    """Yield every option and argument of every command."""
    for name, function in commands(program(["every"])):
        for parameter in inspect.signature(function).parameters.values():
            marks = getattr(parameter.annotation, "__metadata__", ())
            for mark in marks:
                if isinstance(mark, OptionInfo | ArgumentInfo):
                    yield name, parameter, mark


def names_a_file(parameter: inspect.Parameter, mark: OptionInfo | ArgumentInfo) -> bool:
    shown = mark.metavar or ""
    return "Path" in str(parameter.annotation) or "FILE" in shown or "OUT" in shown or "JSON" in shown


def flag(mark: OptionInfo | ArgumentInfo) -> str:
    """Return the long name of an option: typer takes the first for its default."""
    return next(str(one) for one in (mark.default, *(mark.param_decls or ())) if str(one).startswith("--"))


WRITING = tuple(
    pytest.param(name, flag(mark), file_role(one.annotation), id=f"{name} {flag(mark)}")
    for name, one, mark in parameters()
    if isinstance(mark, OptionInfo) and names_a_file(one, mark) and file_role(one.annotation) is not FileRole.READS
)
"""Whatever is not said to be read is taken for written."""


def needs(writing: Any) -> frozenset[str]:
    """Return what the command of an option needs; without a recipe it fails here."""
    return frozenset(RECIPES[writing.values[0]])


def test_every_option_that_names_a_file_says_what_is_done_with_it() -> None:
    assert len(WRITING) >= 8
    naming = [(name, one) for name, one, mark in parameters() if names_a_file(one, mark)]
    assert [(name, one.name) for name, one in naming if file_role(one.annotation) is None] == []


@pytest.fixture
def folder(tmp_path: Path, home: Path) -> Path:
    """Return a folder with a list of clients, whose home has a push, a profile and everything else of ours in it."""
    (tmp_path / "clients.csv").write_text(ROWS, encoding="utf-8")
    assert clientimport("push", "clients.csv", *ON, "--yes", "--accept-proposals").exit_code == 0
    assert clientimport("map", "clients.csv", "-p", "banqup-partner", "--save", "ours").exit_code == 0
    (home / "config.toml").write_text('language = "en"\n', encoding="utf-8")
    for name in OWN:
        file = home / name
        if not file.exists() and not name.startswith(("locks", "state.db-")):
            file.write_bytes(b"ours")
    os.link(home / "state.db", tmp_path / "second-name.xlsx")
    os.link(tmp_path / "clients.csv", tmp_path / "hard.xlsx")
    (tmp_path / "soft.xlsx").symlink_to("clients.csv")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    """Return what is in every file, links as what they lead to; what SQLite keeps beside its file comes and goes."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.name.endswith("-shm"))
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def run(name: str, option: str, how: FileRole | None, output: str, *more: str) -> Answer:
    value = f"html={output}" if how is FileRole.WRITES_AS else output
    needed = ("-o", "elsewhere.xlsx") if name == "fix" and option != "--output" else ()
    recipe = [last_run() if one == "RUN" else one for one in RECIPES[name]]
    return clientimport(*name.split(), *recipe, option, value, *needed, "--json", *more)


def last_run() -> str:
    return str(clientimport("runs", "list", "--json").json["runs"][0]["run"])


def forced(name: str) -> tuple[str, ...]:
    """Return --force where the command has it."""
    has = any(command == name and one.name == "force" for command, one, _ in parameters())
    return ("--force",) if has else ()


@pytest.mark.parametrize(("name", "option", "how"), WRITING)
def test_what_is_ours_is_never_written_over(
    name: str, option: str, how: FileRole | None, folder: Path, home: Path
) -> None:
    before = contents(folder)
    ours = [str(home / one) for one in OWN if not (name == "sandbox" and one == "sandbox.db")]
    for output in (*ours, str(home / "profiles" / "new.toml"), str(home / "STATE.DB"), "second-name.xlsx"):
        refused = run(name, option, how, output, *forced(name))
        assert (refused.exit_code, refused.json["error"]["code"]) == (2, "usage.our_file"), output
    assert contents(folder) == before


@pytest.mark.parametrize(("name", "option", "how"), [one for one in WRITING if {"clients.csv", "RUN"} & needs(one)])
def test_an_input_is_never_written_over_whatever_it_is_called(
    name: str, option: str, how: FileRole | None, folder: Path
) -> None:
    (folder / "deep").mkdir()
    names = ["hard.xlsx", "soft.xlsx", "deep/../soft.xlsx", str(folder / "hard.xlsx")]
    names += [] if name == "runs export" else ["clients.csv", "./clients.csv", str(folder / "clients.csv")]
    before = contents(folder)
    for output in names:
        refused = run(name, option, how, output, *forced(name))
        assert (refused.exit_code, refused.json["error"]["code"]) == (2, "usage.same_file"), output
    assert contents(folder) == before


@pytest.mark.parametrize(("name", "option", "how"), [one for one in WRITING if one.values[2] is not FileRole.KEEPS])
def test_a_disk_that_fills_up_leaves_what_was_there(
    name: str, option: str, how: FileRole | None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTIMPORT_ADMINPULSE_SECRET", "key")
    with adminpulse_server([]) as (url, _):
        connection = f'[connections.adminpulse]\nplatform = "adminpulse"\nbase_url = "{url}"\nclient_id = "x"\n'
        folders().config.write_text(connection, encoding="utf-8")
        assert run(name, option, how, "out.xlsx", *forced(name)).exit_code in (0, 1)
        written = (folder / "out.xlsx").read_bytes()
        assert written
        before, touched = contents(folder), (folder / "out.xlsx").stat().st_mtime_ns
        monkeypatch.setattr(os, "fsync", full)
        failed = run(name, option, how, "out.xlsx", *forced(name))
    assert (failed.exit_code, failed.json["error"]["code"]) == (2, "file.not_written")
    after = contents(folder)
    assert {one for one in after if not one.startswith("home")} == {one for one in before if not one.startswith("home")}
    assert after["out.xlsx"] == written
    assert (folder / "out.xlsx").stat().st_mtime_ns == touched  # the same was to be written


def full(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("name", sorted(TEXT_FORMATS))
def test_no_report_of_any_format_replaces_its_source_or_another_list(name: str, folder: Path) -> None:
    (folder / "other.csv").write_text(ROWS, encoding="utf-8")
    before = contents(folder)
    for output, code in (("clients.csv", "usage.same_file"), ("other.csv", "report.not_ours")):
        refused = clientimport(
            "validate", "clients.csv", "-p", "banqup-partner", "--report", f"{name}={output}", "--json"
        )
        assert (refused.exit_code, refused.json["error"]["code"]) == (2, code)
    assert contents(folder) == before
    for _ in range(2):  # but the report of last night is replaced
        assert clientimport(*VALIDATE, "--report", f"{name}=report.{'csv' if name == 'csv' else 'txt'}").exit_code == 0


def test_two_outputs_are_never_one_file(folder: Path) -> None:
    asked = (*VALIDATE, "--json", "--report", "html=a.html", "--report")
    assert clientimport(*asked, "json=./a.html").json["error"]["code"] == "usage.same_file"
    (folder / "link.html").symlink_to("a.html")
    assert clientimport(*asked, "json=link.html").json["error"]["code"] == "usage.same_file"
    both = ("fix", "clients.csv", "-p", "banqup-partner", "-o", "up.xlsx", "--rejects", "up.xlsx", "--force", "--json")
    assert clientimport(*both).json["error"]["code"] == "usage.same_file"
    assert not (folder / "up.xlsx").exists()


def test_a_report_keeps_the_mode_that_its_owner_gave_it(folder: Path) -> None:
    asked = (*VALIDATE, "--report", "json=report.json")
    clientimport(*asked)
    report = folder / "report.json"
    assert report.stat().st_mode & 0o777 == 0o600
    report.chmod(0o644)
    clientimport(*asked)
    assert report.stat().st_mode & 0o777 == 0o644
