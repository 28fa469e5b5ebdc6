"""A list of commands: as text, one JSON object, CSV or JSON Lines; the same records in each."""

from __future__ import annotations

import csv
import io
import json

import pytest

from clientimport.schema.data_files import data_folder
from command_line import clientimport

CLEAN = data_folder("samples") / "banqup-partner" / "clean.xlsx"
SANDBOX = ("-c", "sandbox", "-p", "banqup-partner")
LISTS = {
    ("platforms",): "platforms",
    ("profiles", "list"): "profiles",
    ("connections", "list"): "connections",
    ("configurations", "list", *SANDBOX): "configurations",
    ("clients", "list", *SANDBOX): "clients",
    ("runs", "list"): "runs",
    ("runs", "show", "last"): "rows",
}
FIRST = {"platforms": "id", "clients": "client_id", "runs": "run", "rows": "row"}


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


@pytest.fixture
def history() -> None:
    """Push a list, save a connection and a profile, so that no list is empty."""
    assert clientimport("push", CLEAN, *SANDBOX, "--yes", "--accept-proposals").exit_code == 0
    assert clientimport("map", CLEAN, "-p", "banqup-partner", "--save", "office").exit_code == 0
    add = ("connections", "add", "office", "-p", "banqup-partner", "--base-url", "https://x.be", "--client-id", "=1+1")
    assert clientimport(*add).exit_code == 0


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("command", LISTS)
def test_a_list_has_the_same_records_in_every_format(command: tuple[str, ...]) -> None:
    records = clientimport(*command, "--format", "json").json[LISTS[command]]
    assert records
    lines = clientimport(*command, "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == records
    rows = rows_of(clientimport(*command, "--format", "csv").out)
    first = FIRST.get(LISTS[command], "name")
    assert [row[first] for row in rows] == [str(record[first]) for record in records]


@pytest.mark.parametrize("command", [command for command in LISTS if command != ("runs", "show", "last")])
def test_an_empty_list_has_the_heading_of_its_first_column(command: tuple[str, ...]) -> None:
    header = clientimport(*command, "--format", "csv").out.splitlines()[0].removeprefix("\ufeff")
    assert header.split(";")[0] == FIRST.get(LISTS[command], "name")


@pytest.mark.usefixtures("history")
def test_no_cell_of_a_list_becomes_a_formula() -> None:
    (row,) = rows_of(clientimport("connections", "list", "--format", "csv").out)
    assert row["client_id"] == "'=1+1"


def test_national_numbers_are_masked_in_every_format_unless_they_are_asked_for() -> None:
    number = "85073003328"
    add = ("clients", "add", "-c", "sandbox", "-p", "accounton", "--questionnaire", "PIT", "--yes")
    fields = {"contact_first_name": "An", "contact_last_name": "Peeters", "contact_email": "an@peeters.be"}
    fields |= {"language": "nl", "national_register_number": number}
    given = [part for name, value in fields.items() for part in ("--field", f"{name}={value}")]
    assert clientimport(*add, *given).exit_code == 0
    for format_ in ("csv", "jsonl"):
        shown = ("clients", "list", "-c", "sandbox", "-p", "accounton", "--format", format_)
        assert number not in clientimport(*shown).out
        assert "***.28" in clientimport(*shown).out
        assert number in clientimport(*shown, "--show-personal-data").out


def test_another_format_is_wrong_usage() -> None:
    assert clientimport("platforms", "--format", "xml").exit_code == 2


def test_the_exit_code_does_not_depend_on_the_format() -> None:
    assert {clientimport("runs", "show", "none", "--format", name).exit_code for name in ("text", "json", "csv")} == {2}
