"""Rows written into the XML are the rows that openpyxl would have written, cell by cell."""

from __future__ import annotations

from io import BytesIO

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from clientimport.files.writers.bulk_text_rows import SAMPLE_ROW, TextRows, insert_rows
from clientimport.files.writers.text_cell import text_row
from clientimport.files.writers.workbook_bytes import workbook_bytes

ODD = (
    "=1+1",
    "+32475",
    " =x",
    "＝1",
    "a & b <c>",
    'say "x"',
    "two\r\nlines",
    "a\x00b",
    "  spaces  ",
    "é",
    "0123",
    "TRUE",
    "",
)
Cells = list[list[tuple[object, ...] | None]]


def read(content: bytes) -> Cells:
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return [
        [
            None if cell.value is None else (cell.value, cell.data_type, cell.number_format, cell.quotePrefix)
            for cell in row
        ]
        for row in sheet.iter_rows(min_row=2)
    ]


def by_openpyxl(rows: list[list[str | None]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Klanten")
    sheet.append(text_row(sheet, ["Header"] * 4))
    for row in rows:
        sheet.append(text_row(sheet, row))
    return workbook_bytes(book)


@settings(max_examples=60)
@given(st.lists(st.lists(st.none() | st.sampled_from(ODD) | st.text(max_size=20), min_size=4, max_size=4), max_size=5))
def test_rows_are_what_openpyxl_writes(rows: list[list[str | None]]) -> None:
    columns = [pa.array([row[at] for row in rows], pa.string()) for at in range(4)]
    written = insert_rows(by_openpyxl([list(SAMPLE_ROW)]), TextRows(columns))
    assert read(written) == read(by_openpyxl(rows))
    assert insert_rows(by_openpyxl([list(SAMPLE_ROW)]), TextRows(columns)) == written
