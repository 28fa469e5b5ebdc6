"""Rows that become columns in batches say what the csv module reads row by row, wherever quotation marks stand."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clientimport.errors import FileUnreadable
from clientimport.files.readers import delimited
from clientimport.files.readers.cell_grid import GridRow
from clientimport.files.readers.delimited import DelimitedWorkbook, typed_text
from clientimport.model.finding import Finding

FIELDS = (
    *("Peeters", "", " ", "é", "a b", "12", "=1", '="0123"', "'0123", "'s", "\t", "\xa0", "x" * 40, "\x1f", "\x85"),
    *('"quoted"', '""', '"a;b"', '"a ""b"" c"', '"two\nlines"', '" "', '"=""0123"""', "x\x00y"),
)
DAMAGED = ('a"b', '"a"b', 'a";"b', '"open', ' "spaced"', '"a \\"b\\""', 'a \\"b\\"', '"a\\"')
Read = tuple[list[GridRow], tuple[Finding, ...]]


@st.composite
def texts(draw: st.DrawFn, fields: tuple[str, ...] = FIELDS + DAMAGED) -> str:
    """Lines of a few fields, most of them plain."""
    rows = draw(st.lists(st.lists(st.sampled_from(fields), max_size=4), min_size=1, max_size=8))
    end = draw(st.sampled_from(["\n", "\r\n", "\n", "\r"]))
    text = end.join(";".join(row) for row in rows) + draw(st.sampled_from(["", end, end * 2]))
    return text if text.strip("\r\n") else "a;b"


def read(text: str, batch: int | None = None) -> Read | str:
    workbook = DelimitedWorkbook(text)
    with pytest.MonkeyPatch.context() as patch:
        if batch:
            patch.setattr(delimited, "_BATCH", batch)
        try:
            sheet = workbook.read_sheet(workbook.sheet_infos[0])
        except FileUnreadable as error:
            return error.code
    return list(sheet.grid), sheet.findings


def naive(text: str) -> list[GridRow]:
    """Read the same, one cell after the other."""
    rows = []
    for number, fields in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=";"), 1):
        typed = {column: typed_text(field) for column, field in enumerate(fields)}
        cells = {column: text for column, text in typed.items() if text.strip()}
        rows += [GridRow(number, cells, len(fields))] if cells else []
    return rows


@settings(max_examples=300)
@given(texts(FIELDS))
@example("a;b\n\n\nc;d")
@example('"a\n\nb";c\nd')
def test_rows_are_what_the_csv_module_reads_cell_by_cell(text: str) -> None:
    read_at_once = read(f"sep=;\n{text}")
    assert isinstance(read_at_once, tuple)
    assert read_at_once[0] == naive(text)


@settings(max_examples=200)
@given(texts(), st.integers(min_value=1, max_value=4))
@example('a;"b"\n"c;d";e\n"f"g\nh;"i"\n', 2)
def test_it_does_not_matter_where_a_batch_ends(text: str, batch: int) -> None:
    assert read(text, batch) == read(text)


def test_only_the_rows_with_damaged_marks_are_warned_about() -> None:
    read_rows = read('a;b\n"c";"d"\n"e"f;g\n"h";i\nj;"k"l\n')
    assert isinstance(read_rows, tuple)
    assert [finding.row for finding in read_rows[1]] == [3, 5]
    assert [row.number for row in read_rows[0]] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a;b\n" + "x" * 32_768 + ";c\n", "file.cell_too_long"),
        ("a;b\n" + ";" * 16_384 + "c\n", "file.too_many_cells"),
        ("a;b\n" + "\n" * 1_048_576 + "c;d\n", "file.too_many_cells"),
    ],
)
def test_what_is_beyond_the_bounds_is_refused(text: str, code: str) -> None:
    assert read(text) == code


def test_a_preview_has_so_many_rows_that_are_not_blank() -> None:
    workbook = DelimitedWorkbook("a;b\n\nc;d\ne;f\n")
    assert [row.number for row in workbook.read_sheet(workbook.sheet_infos[0], 2).grid] == [1, 3]
