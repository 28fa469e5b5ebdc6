"""Two exports of one office, merged by the command; what it got right is counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from command_line import clientimport
from two_offices import Offices, two_offices

PARTNER = ("-p", "banqup-partner")


@pytest.fixture(scope="module")
def offices() -> Offices:
    return two_offices()


@pytest.fixture
def files(offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    return offices.write(tmp_path)


def test_every_number_joins_no_neighbour_does_and_what_is_left_is_asked(
    offices: Offices, files: tuple[Path, Path], tmp_path: Path
) -> None:
    assert (len(offices.crm), len(offices.books), len(offices.same)) == (400, 380, 320)
    answer = clientimport("merge", *files, *PARTNER, "-o", tmp_path / "merged.xlsx", "--json").json
    assert [one["rows"] for one in answer["sources"]] == [400, 380]
    numbered = len(offices.same) - len(offices.without_number)
    assert answer["both"] == numbered
    assert answer["clients"] == 400 + 380 - numbered
    assert answer["only"] == {"crm": 400 - numbered, "books": 380 - numbered}
    asked = [(one["a"]["row"], one["b"]["row"]) for one in answer["review"]]
    right = [pair for pair in asked if offices.same.get(pair[0]) == pair[1]]
    assert {a for a, _ in right} == offices.without_number
    assert len(asked) - len(right) <= 3  # a name that one other client nearly has, in the same place


def test_the_planted_conflicts_are_found_and_no_others(
    offices: Offices, files: tuple[Path, Path], tmp_path: Path
) -> None:
    answer = clientimport("merge", *files, *PARTNER, "-o", tmp_path / "merged.xlsx", "--json").json
    found = {(one["values"][0]["row"], one["field"]) for one in answer["conflicts"]}
    assert {one for one in found if one[1] != "contact_email"} - slips(answer) == offices.conflicts
    # the office's own address in the books is no client's, and differs wherever the CRM has one
    emails = [one for one in answer["conflicts"] if one["field"] == "contact_email"]
    assert {one["values"][1]["value"] for one in emails} == {"boekhouding@fiduciaire-demo.be"}


def slips(answer: dict[str, list[dict[str, object]]]) -> set[tuple[object, object]]:
    """Return the names with a letter left out: they are different, and a person should see them."""
    named = [one for one in answer["conflicts"] if one["field"] == "legal_name"]
    return {(one["values"][0]["row"], "legal_name") for one in named}  # type: ignore[index]


def test_what_was_answered_is_joined_and_remembered(offices: Offices, files: tuple[Path, Path], tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{name}.xlsx" for name in ("first", "second", "third"))
    pairs = clientimport("merge", *files, *PARTNER, "-o", first, "--json").json["review"]
    book = load_workbook(first)
    sheet = book["Review"]
    for line, pair in enumerate(pairs, 2):
        sheet.cell(line, 1).value = "ja" if offices.same.get(pair["a"]["row"]) == pair["b"]["row"] else "nee"
    book.save(tmp_path / "answered.xlsx")
    decided = clientimport(
        "merge", *files, *PARTNER, "-o", second, "--decide", tmp_path / "answered.xlsx", "--json"
    ).json
    assert (decided["both"], decided["review"]) == (320, [])
    remembered = clientimport("merge", *files, *PARTNER, "-o", third, "--json").json
    assert (remembered["both"], remembered["review"]) == (320, [])
    kept = (tmp_path / "home" / "profiles" / "merge-answers.json").read_text(encoding="utf-8").casefold()
    assert not [row for row in offices.crm if row[0].casefold() in kept]


def test_the_merged_list_is_read_by_the_next_command_without_an_option(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    merged = tmp_path / "merged.xlsx"
    rows = clientimport("merge", *files, *PARTNER, "-o", merged, "--json").json["clients"]
    answer = clientimport("validate", merged, *PARTNER, "--json").json
    assert answer["totals"]["rows"] == rows
    assert [one["code"] for one in answer["files"][0]["findings"] if one["row"] is None] == []
    assert answer["totals"]["repairs"] == 0
