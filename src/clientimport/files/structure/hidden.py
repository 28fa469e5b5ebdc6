"""What Excel hides is usually not meant: rows and columns left out, and said so."""

from __future__ import annotations

import dataclasses

from clientimport.files.sheet import Row, Sheet
from clientimport.files.structure.notice import notice
from clientimport.files.structure.row_numbers import ranges
from clientimport.table import letter


def without_hidden(sheet: Sheet) -> Sheet:
    """Return `sheet` without its hidden rows and columns, with a finding for those that hold something."""
    rows = tuple(row for row in sheet.rows if row.number not in sheet.hidden_rows)
    columns = sorted(sheet.hidden_columns.intersection(index for row in sheet.rows for index in row.cells))
    findings = list(sheet.findings)
    if len(rows) < len(sheet.rows):
        numbers = [row.number for row in sheet.rows if row.number in sheet.hidden_rows]
        findings.append(notice("rows.hidden", count=len(numbers), rows=ranges(numbers)))
    if columns:
        rows = tuple(shown for row in rows if (shown := _without(row, sheet.hidden_columns)).cells)
        names = ", ".join(letter(index) for index in columns)
        findings.append(notice("columns.hidden", count=len(columns), columns=names))
    return dataclasses.replace(sheet, rows=rows, findings=tuple(findings))


def _without(row: Row, columns: frozenset[int]) -> Row:
    cells = {index: text for index, text in row.cells.items() if index not in columns}
    return dataclasses.replace(row, cells=cells)
