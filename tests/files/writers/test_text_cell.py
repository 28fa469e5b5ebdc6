from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from clientimport.files.writers.text_cell import text_cell, text_row


def written_and_read(text: str, *, write_only: bool) -> Cell:
    workbook = Workbook(write_only=write_only)
    sheet = workbook.create_sheet("x") if write_only else workbook.worksheets[0]
    sheet.append([text_cell(sheet, text)])
    content = BytesIO()
    workbook.save(content)
    cell = load_workbook(content).worksheets[0].cell(1, 1)
    assert isinstance(cell, Cell)
    return cell


@pytest.mark.parametrize("write_only", [True, False])
@pytest.mark.parametrize(
    "text",
    ["=1+1", "+32475123456", "-2", "@SUM(A1)", "\t=1", "\n=1", " =1", "＝1", "#N/A", "0123", "TRUE", "1E5", "null"],
)
def test_every_text_is_read_back_as_the_same_text(text: str, write_only: bool) -> None:
    cell = written_and_read(text, write_only=write_only)
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


@pytest.mark.parametrize(("text", "quoted"), [("=1+1", True), (" ＝1", True), ("+32475123456", True), ("A=1", False)])
def test_what_looks_like_a_formula_is_marked_as_quoted(text: str, quoted: bool) -> None:
    assert bool(written_and_read(text, write_only=True).quotePrefix) is quoted


def test_what_a_file_cannot_hold_is_replaced_visibly() -> None:
    cell = written_and_read("a\x00b\x1bc\ufffed\r\ne\rf", write_only=True)
    assert cell.value == "a\ufffdb\ufffdc\ufffdd\ne\nf"


@given(st.text(min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_text_becomes_a_formula(text: str) -> None:
    assert written_and_read(text, write_only=True).data_type == "s"


def test_nothing_stays_an_empty_cell() -> None:
    sheet = Workbook().worksheets[0]
    row = text_row(sheet, ["a", "", None])
    assert [cell and cell.value for cell in row] == ["a", None, None]


def test_only_one_module_gives_cells_their_value() -> None:
    source = Path(__file__).parents[3] / "src" / "clientimport"
    writers = {"WriteOnlyCell", ".value = ", ".cell(row="}
    found = {file.name for file in source.rglob("*.py") if any(word in file.read_text("utf-8") for word in writers)}
    assert found == {"text_cell.py"}
