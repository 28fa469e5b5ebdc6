"""A growing grid: rows put one after the other, or many at once by the places of their texts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from clientimport.files.readers.cell_grid import CellGrid, GridRow, Ints

_MANY = 4096
"""Rows that are kept as rows before they are packed."""

NO_TEXTS: pa.StringArray = pa.array([], pa.string())


class CellGridBuilder:
    """A grid to which rows are added with rising numbers; `texts` are those that many cells may share."""

    def __init__(self, texts: pa.StringArray = NO_TEXTS) -> None:
        self.row_count = 0
        """How many rows there are."""
        self._texts = [texts]
        self._kept = len(texts)
        self._own: list[str] = []
        self._rows: list[GridRow] = []
        self._blocks: list[tuple[Ints, Ints, Ints, Ints, Ints]] = []

    def add_row(self, number: int, cells: Mapping[int, str], width: int | None = None) -> None:
        """Add a row of filled cells."""
        self._rows.append(GridRow(number, cells, width or max(cells) + 1))
        self.row_count += 1
        if len(self._rows) == _MANY:
            self._pack()

    def place(self, text: str) -> int:
        """Keep a text and return its place."""
        self._own.append(text)
        return self._kept + len(self._own) - 1

    def add_texts(self, texts: pa.StringArray) -> int:
        """Keep texts and return the place of the first."""
        self._texts += [pa.array(self._own, pa.string()), texts]
        first = self._kept + len(self._own)
        self._kept, self._own = first + len(texts), []
        return first

    def add_rows(self, numbers: Ints, lengths: Ints, indexes: Ints, places: Ints, widths: Ints | None = None) -> None:
        """Add rows by the columns and places of their cells, in order; a row without any is none."""
        if self._rows:
            self._pack()
        filled = lengths > 0
        numbers, lengths = numbers[filled], lengths[filled]
        if len(numbers):
            wide = indexes[np.cumsum(lengths) - 1] + 1 if widths is None else widths[filled]
            shapes = (numbers.astype(np.int32), lengths.astype(np.int32), indexes.astype(np.int16))
            self._blocks.append((*shapes, places.astype(np.int32), wide.astype(np.int32)))
            self.row_count += len(numbers)

    def build(self) -> CellGrid:
        """Return the grid."""
        self._pack()
        packed = [np.concatenate(parts) for parts in zip(*self._blocks, strict=True)] if self._blocks else None
        numbers, lengths, indexes, places, widths = packed or [np.empty(0, np.int32) for _ in range(5)]
        texts = pa.concat_arrays([*self._texts, pa.array(self._own, pa.string())])
        return CellGrid(numbers, lengths, indexes, places, texts, widths)

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
            np.array([index for row in cells for index, _ in row]),
            np.arange(first, first + len(texts)),
            np.array([row.width for row in rows]),
        )
        self.row_count -= len(rows)  # they were counted when they were added
