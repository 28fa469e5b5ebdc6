"""From a sheet to its table: columns of text below the header, with the spreadsheet's own numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from clientimport.catalogue import catalogue
from clientimport.files.sheet import Row, Sheet
from clientimport.files.structure.header_row import Heading
from clientimport.files.structure.lines import data_rows
from clientimport.finding import Finding
from clientimport.table import Column, Table


def laid_out(file: str, sheet: Sheet, heading: Heading) -> Table:
    """Return the table below `heading`."""
    rows, findings = data_rows(sheet.rows, heading)
    indexes, too_long = _columns(sheet, heading, rows)
    return Table(
        file,
        sheet.name,
        heading.row,
        tuple(_column(index, heading, rows, sheet) for index in indexes),
        np.array([row.number for row in rows], dtype=np.int64),
        (*sheet.findings, *findings, *too_long),
    )


def _column(index: int, heading: Heading, rows: Sequence[Row], sheet: Sheet) -> Column:
    values = pa.array([row.cells.get(index) for row in rows], pa.string())
    oddities = {}
    if sheet.oddities:
        found = ((at, sheet.oddities.get((row.number, index))) for at, row in enumerate(rows))
        oddities = {at: oddity for at, oddity in found if oddity}
    return Column(index, heading.texts.get(index, ""), values, oddities)


def _columns(sheet: Sheet, heading: Heading, rows: Sequence[Row]) -> tuple[list[int], list[Finding]]:
    """Return the columns with a header or a value, and in a text file the rows that run past the header."""
    used = sorted(heading.texts.keys() | {index for row in rows for index in row.cells})
    if sheet.name is not None:
        return used, []
    width = next(row.width for row in sheet.rows if row.number == heading.row)
    beyond = [(row, index) for row in rows if (index := max(row.cells)) >= width]
    if len(beyond) * 2 > len(rows):
        return used, []  # the header lacks a name, the rows are right
    severity = catalogue()["row.too_long"].severity
    findings = [
        Finding("row.too_long", severity, row=row.number, value=row.cells[index], facts=_widths(row, width))
        for row, index in beyond
    ]
    return [index for index in used if index < width], findings


def _widths(row: Row, width: int) -> dict[str, str]:
    return {"fields": str(row.width), "headers": str(width)}
