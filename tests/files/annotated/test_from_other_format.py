"""A plain workbook holds every cell of another format at its own place, as text."""

from __future__ import annotations

from io import BytesIO

import pyarrow as pa
import pytest
from openpyxl import load_workbook

from clientimport.files.annotated.from_other_format import to_xlsx
from clientimport.files.readers.cell_grid_builder import CellGridBuilder
from clientimport.files.readers.sheet import Sheet

Rows = dict[int, dict[int, str]]
SHARED = pa.array(["nowhere", "shared"], pa.string())
ODD: Rows = {
    2: {0: "=1+1", 26: "far & <out>", 27: "0123"},
    3: {1: "two\r\nlines"},
    7: {0: "  é  ", 2: 'say "x"', 3: "a\x00b"},
}
SHOWN: Rows = {**ODD, 3: {1: "two\nlines"}, 7: {**ODD[7], 3: "a\ufffdb"}}
MANY: Rows = {number * 2: {number % 3: f"row {number}", 5: "x"} for number in range(1, 40_002)}
"""More than two of the pieces in which it is made."""


def sheet(rows: Rows) -> Sheet:
    growing = CellGridBuilder(SHARED)
    for number, cells in rows.items():
        growing.add_row(number, cells)
    return Sheet(None, growing.build())


def read(content: bytes) -> Rows:
    found: Rows = {}
    for cells in load_workbook(BytesIO(content), read_only=True)["Klanten"].iter_rows():
        for cell in cells:
            if cell.value is not None:
                assert cell.data_type in ("s", "inlineStr")
                found.setdefault(int(cell.row or 0), {})[int(cell.column or 0) - 1] = str(cell.value)
    return found


@pytest.mark.parametrize(("rows", "shown"), [(ODD, SHOWN), (MANY, MANY), ({}, {})])
def test_every_cell_stands_at_its_own_place(rows: Rows, shown: Rows) -> None:
    assert read(to_xlsx({"Klanten": sheet(rows)})) == shown
