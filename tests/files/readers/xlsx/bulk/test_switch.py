"""The bulk path can be switched off: the same sheet either way."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientimport.files.readers.open import open_workbook
from clientimport.files.readers.sheet import Sheet
from clientimport.files.readers.xlsx import bulk
from clientimport.schema.data_files import data_folder
from spreadsheets import CLIENT, HEADER, book_of, stored, xlsx

ROW = b'<row r="1"><c r="A1"><v>1</v></c></row>'


def big() -> bytes:
    """Return a workbook of more than one chunk, with numbers, blanks, a hidden row and a merged range in it."""
    rows = [(*CLIENT, number, None if number % 3 else " ", number / 7) for number in range(9000)]
    book = book_of([HEADER, *rows])
    sheet = book.worksheets[0]
    sheet.row_dimensions[4000].hidden = True
    sheet["B5000"].hyperlink = "mailto:an@peeters.example"
    sheet["B6000"] = '=HYPERLINK("mailto:bo@peeters.example")'
    sheet.merge_cells("A7000:B7001")
    return stored(book)


SAMPLES = {file.parent.name: file.read_bytes() for file in sorted(data_folder("samples").glob("*/messy.xlsx"))}
WORKBOOKS = {**SAMPLES, "small": xlsx([HEADER, CLIENT]), "big": big()}


def read(data: bytes) -> tuple[Sheet, ...]:
    workbook = open_workbook(data, None, None)
    return tuple(workbook.read_sheet(info) for info in workbook.sheet_infos)


def content(sheet: Sheet) -> tuple[object, ...]:
    """Return all that a sheet says, its grid row by row."""
    return list(sheet.grid), sheet.cell_flags, sheet.hidden_rows, sheet.hidden_columns, sheet.merged_ranges


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_reads_the_same_without_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    in_bulk = read(WORKBOOKS[name])
    monkeypatch.setattr(bulk, "ENABLED", False)
    for sheet, same in zip(read(WORKBOOKS[name]), in_bulk, strict=True):
        assert content(sheet) == content(same)
        assert sheet.mail_links == same.mail_links


def test_nothing_is_read_in_bulk_when_it_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert bulk.read(ROW)
    assert bulk.read_row(ROW.removesuffix(b"</row>"))
    assert bulk.read_strings(b"<si><t>x</t></si>")
    assert bulk.read_string(b"<si><t>x</t>") == "x"
    monkeypatch.setattr(bulk, "ENABLED", False)
    assert bulk.read(ROW) is None
    assert bulk.read_row(ROW.removesuffix(b"</row>")) is None
    assert bulk.read_strings(b"<si><t>x</t></si>") is None
    assert bulk.read_string(b"<si><t>x</t>") is None


def test_nothing_outside_of_it_knows_what_is_inside() -> None:
    package = Path(bulk.__file__).parent
    outside = [file for file in package.parents[3].rglob("*.py") if package not in file.parents]
    assert not [file for file in outside if "xlsx.bulk." in file.read_text(encoding="utf-8")]
