"""The width of a row: how many fields it has against the usual one, and whether its values moved to other columns.

An address with a separator in it and no quotation marks moves all that follows. Where the last columns are blank
nothing runs past the header then, so that only the number of fields tells. But separators alone at the end of a line
are harmless, as a spreadsheet writes them for cells that were once filled; so what stands in such a row is compared
with what stands in the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clientimport.files.readers.cell_grid import CellGrid, GridRow, Ints
from clientimport.files.table_detection.column_patterns import ColumnPattern
from clientimport.model.finding import Finding
from clientimport.schema.finding_catalog import new_finding

_FEW = 0.1
"""Of the rows: as many of another width may have been damaged, more are written that way (chosen, not measured)."""
_COMPARED = 2000
"""Rows that the others are compared with: chosen, not measured."""
_CLEAR, _CERTAIN = 2, 3
"""How much better values have to fit elsewhere: more than by a value that was not met before, and by another shape."""
_SPACED = 0.9
"""Of the values of a column that begin with a space, so that a separator stood in a text (chosen, not measured)."""


@dataclass(frozen=True, slots=True)
class RowWidths:
    """How wide the rows are."""

    usual: int
    """Fields that most rows have, the header among them."""
    limit: int
    """Fields that a row may have: the usual ones, and those that the header names."""


def row_widths(grid: CellGrid, header: GridRow) -> RowWidths:
    """Return how wide the rows below this header are; of widths that are as frequent, the header's is the usual one."""
    counts = np.bincount(np.append(grid.widths, header.width))
    usual = header.width if counts[header.width] == counts.max() else int(counts.argmax())
    named = max(header.cells) + 1
    limit = named if usual > named and _separators_in_texts(grid, header, usual) else max(named, usual)
    return RowWidths(usual, limit)


def width_findings(grid: CellGrid, widths: RowWidths) -> list[Finding]:
    """Return an error for each row whose values moved, and a warning for each that may have."""
    last = grid.columns[grid.row_starts[1:] - 1] if len(grid) else np.empty(0, np.int64)
    beyond = np.flatnonzero(last >= widths.limit)
    findings = [_finding("row.too_long", grid.row(position), widths) for position in beyond.tolist()]
    longer = np.flatnonzero((grid.widths > widths.usual) & (last < widths.limit))
    if 0 < len(longer) <= max(1, len(grid) * _FEW):
        findings += _moved_within(grid, widths, longer)
    short = np.flatnonzero(grid.widths < widths.usual)
    if len(short) <= max(1, len(grid) * _FEW) and widths.usual == widths.limit and len(grid) > len(short):
        ended = last[short] + 1 < grid.widths[short]
        if ended.all():  # one that does not end in a separator was cut at its last value, and so were the others
            findings += [_finding("row.width", grid.row(position), widths) for position in short.tolist()]
    return sorted(findings, key=lambda finding: finding.row or 0)


def _separators_in_texts(grid: CellGrid, header: GridRow, usual: int) -> bool:
    """Return whether the rows are longer than the header because of `Peeters, Jan` in all of them."""
    spaced = [index for index in range(1, usual) if _begins_with_spaces(grid, index)]
    return 0 < len(spaced) <= usual - max(header.cells) - 1 and not any(
        text.startswith(" ") for text in header.cells.values()
    )


def _begins_with_spaces(grid: CellGrid, index: int) -> bool:
    begins = grid.first_bytes[grid.columns == index]
    return len(begins) > 0 and float((begins == ord(" ")).mean()) >= _SPACED


def _moved_within(grid: CellGrid, widths: RowWidths, longer: Ints) -> list[Finding]:
    """Return findings for rows that are longer than usual, with nothing beyond the limit."""
    regular = np.flatnonzero(grid.widths == widths.usual)[:_COMPARED]
    compared = [grid.row(at) for at in regular.tolist()]
    columns = [
        ColumnPattern.from_values([row.cells.get(index, "") for row in compared]) for index in range(widths.limit)
    ]
    even = len(regular) > 0 and bool((grid.widths >= widths.usual).all())
    findings = []
    for row in map(grid.row, longer.tolist()):
        gain = _gain(row, columns, row.width - widths.usual)
        within = row.width <= widths.limit  # others may only have been cut behind their last value
        in_doubt = not within and -1 < gain < _CLEAR and (even or not compared)
        if gain >= (_CERTAIN if within else _CLEAR) or in_doubt:
            findings.append(_finding("row.too_long" if compared else "row.width", row, widths))
    return findings


def _gain(row: GridRow, columns: list[ColumnPattern], more: int) -> int:
    """Return how much better the values fit without so many separators, where these do most good; below 0: worse."""
    cells = [row.cells.get(index, "") for index in range(max(row.width, len(columns)))]
    as_it_stands = _misfit(cells, columns)
    joined = (
        [
            *cells[:position],
            " ".join(filter(None, cells[position : position + more + 1])),
            *cells[position + more + 1 :],
            *[""] * more,
        ]
        for position in range(max(row.cells))
    )
    return as_it_stands - min((_misfit(joined_cells, columns) for joined_cells in joined), default=as_it_stands + 1)


def _misfit(cells: list[str], columns: list[ColumnPattern]) -> int:
    return sum(column.misfit(cell) for cell, column in zip(cells, columns, strict=False))  # what is beyond is blank


def _finding(code: str, row: GridRow, widths: RowWidths) -> Finding:
    usual = widths.limit if row.width > widths.limit else widths.usual
    return new_finding(code, row=row.number, value=row.cells[max(row.cells)], fields=row.width, usual=usual)
