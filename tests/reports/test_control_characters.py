"""Control characters of a stranger's file and of file names: shown, escaped, and obeyed by no terminal."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from pathlib import Path

import pytest

from clientimport.reports.formats import TEXT_FORMATS
from command_line import Answer, clientimport

HOSTILE = "acme\x1b[31m\x9b2J\x7f\u202e\x07"
NAME = "lijst\x1b[2J\x9b2J\u202e.csv"
PARTNER = ("-p", "banqup-partner")
ON = ("-c", "sandbox", *PARTNER)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "C")


def written(name: str) -> str:
    rows = (
        f"Naam;Land;E-mail;Voornaam;Familienaam;Taal;Opm{HOSTILE}\nA {HOSTILE} BV;BE;a@{HOSTILE};An;Peeters;nl-BE;x\n"
    )
    Path(name).write_text(rows, encoding="utf-8")
    return name


def obeyed(text: str) -> set[str]:
    """Return what a terminal may obey."""
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return {hex(ord(c)) for c in text.removeprefix("\ufeff") if c != "\n" and unicodedata.category(c) in hidden}


def shown(answer: Answer) -> set[str]:
    return obeyed(answer.out) | obeyed(answer.err)


@pytest.mark.parametrize("name", sorted(TEXT_FORMATS))
def test_no_format_holds_what_a_terminal_obeys(name: str, tmp_path: Path) -> None:
    answer = clientimport("validate", written(NAME), *PARTNER, "--format", name, "--report", f"{name}=report.txt")
    assert answer.exit_code == 1
    assert shown(answer) == set()
    text = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert obeyed(text) == set()
    assert "acme" in text


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_json_gives_the_value_back_as_it_was_typed(name: str) -> None:
    out = clientimport("validate", written("clients.csv"), *PARTNER, "--format", name).out
    lines = (
        [json.loads(line) for line in out.splitlines()] if name == "jsonl" else json.loads(out)["files"][0]["findings"]
    )
    assert any(HOSTILE.replace("\x9b", "") in (one.get("value") or "").replace("\x9b", "") for one in lines)


def test_no_command_shows_a_files_name_so_that_a_terminal_obeys_it() -> None:
    written(NAME)
    for arguments in (
        ("map", NAME, *PARTNER),
        ("fix", NAME, *PARTNER, "-o", f"{NAME}.xlsx"),
        ("plan", NAME, *ON, "-o", f"{NAME}.json"),
        ("push", NAME, *ON, "--yes", "--accept-proposals"),
        ("runs", "list"),
        ("validate", f"no-{NAME}", *PARTNER),
        ("validate", NAME, "-p", NAME),
        ("validate", NAME, f"--{NAME}"),
        (NAME,),
    ):
        assert shown(clientimport(*arguments)) == set(), arguments


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_a_name_that_is_no_text_is_no_defect() -> None:
    name = os.fsdecode(b"caf\xe9.csv")
    written(name)
    for kind in TEXT_FORMATS:
        assert clientimport("validate", name, *PARTNER, "--format", kind).exit_code == 1
    assert clientimport("plan", name, *ON, "-o", "plan.json").exit_code == 1
    assert clientimport("push", "plan.json", *ON, "--yes").exit_code == 1
    assert clientimport("push", name, *ON, "--yes", "--accept-proposals").exit_code == 1
    assert "caf" in clientimport("runs", "list", "--json").json["runs"][0]["file"]
