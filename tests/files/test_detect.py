"""A file format is one module and one line: each command reads it then, and its tests run over it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clientimport.files import detect
from clientimport.files.detect import FORMATS, FileFormat, detect_format
from command_line import clientimport
from files.written import examples
from spreadsheets import CLIENT, HEADER, column, read

MADE_UP = FileFormat("made-up", re.compile(rb"MADEUP1\n"), "files.made_up_reader")
HEADERS = (*HEADER, "Voornaam", "Achternaam")
TEXT = "MADEUP1\n" + "".join("|".join(row) + "\n" for row in (HEADERS, (*CLIENT, "An", "Peeters")))
ON = ("-p", "banqup-partner", "--default", "country=BE", "--default", "contact_locale=nl-BE")
SANDBOX = (*ON, "-c", "sandbox")


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return a file of a format that was registered by one line."""
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(detect, "FORMATS", (MADE_UP, *FORMATS))
    file = tmp_path / "clients.made"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.mark.usefixtures("made_up")
def test_a_format_is_read_as_soon_as_its_line_is_there() -> None:
    assert column(read(TEXT.encode()), "BTW-nummer") == [CLIENT[1]]
    assert detect_format(TEXT.encode()) is MADE_UP


def test_without_its_line_it_is_what_it_looks_like() -> None:
    assert detect_format(TEXT.encode()).name == "delimited"


def test_each_command_that_reads_a_file_reads_it(made_up: Path, tmp_path: Path) -> None:
    plan, marked, upload, exported = (tmp_path / name for name in ("plan.json", "marked.xlsx", "up.xlsx", "run.xlsx"))
    mapped = clientimport("map", made_up, *ON, "--json").json
    assert [found["header"] for found in mapped["columns"]] == list(HEADERS)
    assert clientimport("validate", made_up, *ON, "--report", f"xlsx={marked}", "--json").json["files"][0]["rows"] == 1
    assert clientimport("fix", made_up, *ON, "-o", upload).exit_code == 0
    assert clientimport("plan", made_up, *SANDBOX, "-o", plan).exit_code == 0
    pushed = clientimport("push", made_up, *SANDBOX, "--accept-proposals", "--yes", "--json").json
    assert pushed["counts"]["created"] == 1
    assert clientimport("runs", "export", pushed["run"], "-o", exported).exit_code == 0
    for file in (marked, exported):
        assert column(read(file.read_bytes()), "Naam") == [CLIENT[0]]
    assert plan.exists()
    assert column(read(upload.read_bytes()), "VAT") == [CLIENT[1]]


@pytest.mark.parametrize("file_format", FORMATS, ids=lambda file_format: file_format.name)
def test_each_format_is_known_by_its_content(file_format: FileFormat) -> None:
    files = examples([HEADER, CLIENT])[file_format.name]
    assert files
    for data in files.values():
        assert detect_format(data) is file_format
