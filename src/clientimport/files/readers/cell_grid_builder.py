"""A cell grid builder: rows added one after the other, or many at once by the indexes of their texts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from clientimport.files.readers.cell_grid import CellGrid, GridRow, Ints

_PACKED_ROWS = 4096
"""Rows that are kept as rows before they are packed: chosen, not measured."""

NO_TEXTS: pa.StringArray = pa.array([], pa.string())


class CellGridBuilder:
    """A grid to which rows are added with rising numbers; `texts` are those that many cells may share."""

    def __init__(self, texts: pa.StringArray = NO_TEXTS) -> None:
        self.row_count = 0
        """How many rows there are."""
        self._texts = [texts]
        self._text_count = len(texts)
        self._rows: list[GridRow] = []
        self._blocks: list[tuple[Ints, Ints, Ints, Ints, Ints]] = []

    def add_row(self, number: int, cells: Mapping[int, str], width: int | None = None) -> None:
        """Add a row of filled cells."""
        self._rows.append(GridRow(number, cells, width or max(cells) + 1))
        self.row_count += 1
        if len(self._rows) == _PACKED_ROWS:
            self._pack()

    def add_texts(self, texts: pa.StringArray) -> int:
        """Add texts and return the index of the first."""
        self._texts.append(texts)
        first, self._text_count = self._text_count, self._text_count + len(texts)
        return first

    def add_rows(
        self, numbers: Ints, cell_counts: Ints, columns: Ints, text_indexes: Ints, widths: Ints | None = None
    ) -> None:
        """Add rows by the columns and text indexes of their cells, in order; rows without cells are left out."""
        if self._rows:
            self._pack()
        filled = cell_counts > 0
        numbers, cell_counts = numbers[filled], cell_counts[filled]
        if len(numbers):
            widths = columns[np.cumsum(cell_counts) - 1] + 1 if widths is None else widths[filled]
            shapes = (numbers.astype(np.int32), cell_counts.astype(np.int32), columns.astype(np.int16))
            self._blocks.append((*shapes, text_indexes.astype(np.int32), widths.astype(np.int32)))
            self.row_count += len(numbers)

    def build(self) -> CellGrid:
        """Return the grid."""
        self._pack()
        packed = [np.concatenate(parts) for parts in zip(*self._blocks, strict=True)] if self._blocks else None
        numbers, cell_counts, columns, text_indexes, widths = packed or [np.empty(0, np.int32) for _ in range(5)]
        return CellGrid(numbers, cell_counts, columns, text_indexes, pa.concat_arrays(self._texts), widths)

    def _pack(self) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        cells = [sorted(row.cells.items()) for row in rows]
        texts = pa.array([text for row in cells for _, text in row], pa.string())
        first = self.add_texts(texts)
        self.add_rows(
            np.array([row.number for row in rows]),
            np.array(list(map(len, cells))),
            np.array([column for row in cells for column, _ in row]),
            np.arange(first, first + len(texts)),
            np.array([row.width for row in rows]),
        )
        self.row_count -= len(rows)  # they were counted when they were added
