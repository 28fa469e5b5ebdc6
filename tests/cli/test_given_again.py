"""What the program wrote, given to it again: nothing that it added is a column, a row or a sheet of the user's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlwt
from openpyxl import Workbook, load_workbook

from command_line import Answer, clientimport
from files.written import FORMATS

HEADER = ("Naam", "KBO", "Mailadres klant", "Voornaam", "Achternaam", "Taalcode", "Gemeente", "Beheerder", "Landcode")
PEETERS = ("Peeters BV", "0403019261", "an@peeters-bv.be", "An", "Peeters", "nl", "Gent", "Ann", "BE")
CLAES = ("Claes NV", "0202239951", "jan@claes-nv.be", "Jan", "Claes", "nl", "Brugge", "Bob", "BE")
WRONG = ("Jansen BV", "0419618536", "piet@jansen-bv.be", "Piet", "Jansen", "nl", "Gent", "Ann", "BE")
ROWS = (HEADER, PEETERS, CLAES, WRONG)
PARTNER = ("-p", "banqup-partner", "--language", "en")
USED = "profile office used"


def save_profiles(*names: str) -> None:
    """Save profiles of these names for the headers of the list."""
    Path("list.csv").write_bytes(FORMATS["csv"](ROWS))
    for name in names:
        assert clientimport("map", "list.csv", *PARTNER, "--set", "Beheerder=ignore", "--save", name).exit_code == 0


def workbook(file: str, **sheets: Sequence[Sequence[str]]) -> None:
    """Write a workbook of these sheets."""
    book: Workbook | xlwt.Workbook = xlwt.Workbook() if file.endswith(".xls") else Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name) if isinstance(book, xlwt.Workbook) else book.create_sheet(name)
        for number, cells in enumerate(rows):
            for index, text in enumerate(cells):
                if isinstance(sheet, xlwt.Worksheet):
                    sheet.write(number, index, text)
                else:
                    sheet.cell(number + 1, index + 1, text)
    if isinstance(book, Workbook):
        del book["Sheet"]
    book.save(file)


def marked(file: str, *options: str) -> Answer:
    """Write marked.xlsx for a file, whose last row has an error."""
    answer = clientimport("validate", file, *PARTNER, *options, "--report", "xlsx=marked.xlsx")
    assert answer.exit_code == 1
    return answer


def rows_of(file: str, *options: str) -> list[tuple[str, int]]:
    """Return the sheets that are read of a file, with the rows."""
    files = clientimport("validate", file, *PARTNER, *options, "--json").json["files"]
    return [(answer["sheet"], answer["rows"]) for answer in files]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv", "html"])
def test_the_marked_workbook_has_the_columns_that_the_profile_knows(kind: str) -> None:
    save_profiles("office", "twin")
    list_file = f"clients.{kind}"
    Path(list_file).write_bytes(FORMATS[kind](ROWS))
    before, again = marked(list_file), clientimport("validate", "marked.xlsx", *PARTNER)
    for answer in (before, again, clientimport("map", "marked.xlsx", *PARTNER)):
        assert USED in answer.err
        assert "not quite" not in answer.err


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_what_was_added_is_known_in_every_language(language: str) -> None:
    save_profiles("office")
    marked("list.csv", "--language", language)
    assert USED in clientimport("validate", "marked.xlsx", *PARTNER).err


def test_a_profile_that_is_saved_from_a_marked_workbook_is_that_of_the_list() -> None:
    save_profiles("first")
    marked("list.csv", "--no-profile")
    clientimport("map", "marked.xlsx", *PARTNER, "--no-profile", "--save", "second", "--set", "Beheerder=ignore")
    columns = [clientimport("profiles", "export", name, "-o", "-").out for name in ("first", "second")]
    assert columns[0] == columns[1]
    clientimport("profiles", "delete", "first", "--yes")
    again = clientimport("validate", "list.csv", *PARTNER)
    assert "profile second used" in again.err
    assert "not quite" not in again.err


@pytest.mark.parametrize("written", ["rejects.xlsx", "results.xlsx"])
def test_rejected_rows_and_the_results_of_a_run_have_the_columns_that_the_profile_knows(written: str) -> None:
    save_profiles("office", "twin")
    clientimport("fix", "list.csv", *PARTNER, "-o", "upload.xlsx", "--rejects", "rejects.xlsx")
    clientimport("push", "list.csv", "-c", "sandbox", *PARTNER, "--yes")
    clientimport("runs", "export", "last", "-o", "results.xlsx")
    assert USED in clientimport("validate", written, *PARTNER).err


@pytest.mark.parametrize("sheet", ["Gent", "Oud"])
def test_the_sheet_that_was_marked_is_read_again_beside_one_with_the_same_headers(sheet: str) -> None:
    workbook("two.xlsx", Gent=ROWS, Oud=[HEADER, CLAES, PEETERS, PEETERS, WRONG])
    step = re.findall(r"clientimport validate marked.xlsx .*", marked("two.xlsx", "--sheet", sheet).out)
    assert step == [f"clientimport validate marked.xlsx -p banqup-partner --sheet {sheet} --language en"]
    assert rows_of("marked.xlsx") == rows_of("two.xlsx", "--sheet", sheet)
    findings = clientimport("validate", "marked.xlsx", *PARTNER, "--json").json["files"][0]["findings"]
    assert "sheet.not_read" in {finding["code"] for finding in findings}


@pytest.mark.parametrize("file", ["two.xlsx", "two.xls"])
def test_several_marked_sheets_are_one_list_again(file: str) -> None:
    workbook(file, Gent=[HEADER, PEETERS, WRONG], Oud=[HEADER, CLAES, WRONG])
    assert "clientimport validate marked.xlsx -p banqup-partner --sheet all" in marked(file, "--sheet", "all").out
    assert rows_of("marked.xlsx", "--sheet", "all") == [("Gent, Oud", 4)]
    sheets = load_workbook("marked.xlsx")
    assert [sheets[name].cell(2, 10).value for name in ("Gent", "Oud")] == [None, None]
    assert all("0419618536" in str(sheets[name].cell(3, 10).value) for name in ("Gent", "Oud"))


def test_a_sheet_that_excel_calls_otherwise_is_found_by_its_marks() -> None:
    name = "Klanten van het kantoor in Gent en Brugge"
    with ZipFile(BytesIO(FORMATS["ods"](ROWS))) as short, ZipFile("long.ods", "w") as long:
        for part in short.namelist():
            long.writestr(part, short.read(part).replace(b'"Klanten"', f'"{name}"'.encode()))
    (step,) = re.findall(r"clientimport validate marked.xlsx .*", marked("long.ods", "--sheet", name).out)
    assert "--sheet" not in step
    assert rows_of("marked.xlsx") == [(name[:31], 3)]


def test_a_row_that_was_emptied_but_for_what_we_wrote_is_no_row() -> None:
    save_profiles()
    marked("list.csv")
    book = load_workbook("marked.xlsx")
    for cell in book["Clients"][4][: len(HEADER)]:
        cell.value = None
    book.save("emptied.xlsx")
    assert rows_of("emptied.xlsx") == [("Clients", 2)]


def test_an_own_column_that_only_resembles_ours_is_a_column() -> None:
    save_profiles("office")
    more = zip(ROWS, ("Client import", "a", "b", "c"), strict=True)
    Path("more.csv").write_bytes(FORMATS["csv"]([(*row, text) for row, text in more]))
    assert "New: Client import." in clientimport("validate", "more.csv", *PARTNER).err
