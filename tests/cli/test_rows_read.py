"""A list without rows, and rows that a condition leaves out, are said by every command, and no list is "in order"."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import clientimport

HEADER = "Naam;Land;E-mail;Voornaam;Familienaam;Taal;Ondernemingsnummer;Status\n"
ROWS = (
    "Peeters BV;BE;an@peeters.be;An;Peeters;nl-BE;0403019261;actief\n"
    "Claes BV;BE;jo@claes.be;Jo;Claes;nl-BE;0419618535;gestopt\n"
)
PARTNER = ("-p", "banqup-partner", "--language", "en")
SANDBOX = ("-c", "sandbox", *PARTNER)
COMMANDS = (
    ("fix", *PARTNER, "-o", "upload.xlsx"),
    ("plan", *SANDBOX),
    ("push", *SANDBOX, "--yes", "--accept-proposals"),
    ("push", *SANDBOX, "--dry-run", "--accept-proposals"),
    ("invite", *SANDBOX, "--yes", "--accept-proposals"),
    ("map", *PARTNER),
)


@pytest.fixture(autouse=True)
def files() -> None:
    Path("clients.csv").write_text(HEADER + ROWS, encoding="utf-8")
    Path("empty.csv").write_text(HEADER, encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_how_many_rows_were_left_out_is_said(command: tuple[str, ...]) -> None:
    name, *options = command
    assert (
        "left out by --where: 1; read: 1" in clientimport(name, "clients.csv", *options, "--where", "Status=actief").err
    )
    assert "--where" not in clientimport(name, "clients.csv", *options).err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_condition_that_no_row_meets_is_said_and_no_failure(command: tuple[str, ...]) -> None:
    name, *options = command
    answer = clientimport(name, "clients.csv", *options, "--where", "Status=aktief")
    assert (answer.exit_code, "leaves out all rows (2)" in answer.err) == (0, True)
    assert "“aktief” is in no row of the column Status. It contains: actief, gestopt" in answer.err
    quiet = clientimport(name, "clients.csv", *options, "--where", "Status=aktief", "--quiet", "--no-profile")
    assert "--where" not in quiet.err


def test_validate_says_that_nothing_was_read_and_how_all_rows_are() -> None:
    answer = clientimport("validate", "clients.csv", *PARTNER, "--where", "Status!=actief,gestopt")
    assert (answer.exit_code, answer.out.count("in order")) == (0, 0)
    assert "no row was read" in answer.out
    assert answer.out.rstrip().endswith("  clientimport validate clients.csv -p banqup-partner --language en")
    strict = ("--where", "Status=x", "--fail-on", "warning", "--json")
    assert clientimport("validate", "clients.csv", *PARTNER, *strict).exit_code == 1


def test_a_list_without_rows_is_a_warning_that_asks_for_the_right_sheet() -> None:
    answer = clientimport("validate", "empty.csv", *PARTNER, "--json")
    (file,) = answer.json["files"]
    assert [(finding["code"], finding["severity"]) for finding in file["findings"]] == [("rows.none", "warning")]
    assert (answer.exit_code, file["rows"]) == (0, 0)
    text = clientimport("validate", "empty.csv", *PARTNER).out
    assert "clientimport map empty.csv -p banqup-partner" in text
    assert "fix" not in text


def test_of_several_files_those_with_rows_are_what_comes_next() -> None:
    text = clientimport("validate", "empty.csv", "clients.csv", *PARTNER).out
    assert "clientimport fix clients.csv" in text


def test_the_other_lists_of_a_merge_are_told_of_too() -> None:
    Path("crm.csv").write_text(HEADER + ROWS, encoding="utf-8")
    lists = ("merge", "clients.csv", "crm.csv", *PARTNER, "-o", "merged.xlsx", "--where", "crm:Status=x")
    assert "crm.csv: --where leaves out all rows (2)" in clientimport(*lists).err
