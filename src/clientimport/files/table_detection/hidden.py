"""What Excel hides is usually not meant: rows and columns left out, and said so."""

from __future__ import annotations

import dataclasses

import numpy as np

from clientimport.files.readers.sheet import Sheet
from clientimport.model.row_ranges import LIMIT, row_ranges
from clientimport.model.table import column_letter
from clientimport.schema.finding_catalog import new_finding


def without_hidden(sheet: Sheet) -> Sheet:
    """Return `sheet` without its hidden rows and columns, with a finding for those that hold something."""
    grid, findings = sheet.grid, list(sheet.findings)
    hidden = np.isin(grid.row_numbers, list(sheet.hidden_rows)) if sheet.hidden_rows else np.zeros(len(grid), np.bool_)
    columns = sorted(sheet.hidden_columns.intersection(grid.used_columns)) if sheet.hidden_columns else []
    if hidden.any():
        numbers = grid.row_numbers[hidden].tolist()
        grid = grid.where(~hidden)
        findings.append(new_finding("rows.hidden", count=len(numbers), rows=row_ranges(numbers, limit=LIMIT)))
    if columns:
        grid = grid.without_columns(columns)
        names = ", ".join(column_letter(index) for index in columns)
        findings.append(new_finding("columns.hidden", count=len(columns), columns=names))
    return dataclasses.replace(sheet, grid=grid, findings=tuple(findings))
