"""A growing grid: rows put one after the other, or many at once by the places of their texts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from clientimport.files.grid import Grid, Ints, Row

_MANY = 4096
"""Rows that are kept as rows before they are packed."""

NOTHING: pa.StringArray = pa.array([], pa.string())


class GrowingGrid:
    """A grid to which rows are added with rising numbers; `texts` are those that many cells may share."""

    def __init__(self, texts: pa.StringArray = NOTHING) -> None:
        self.count = 0
        """How many rows there are."""
        self._shared = texts
        self._own: list[str] = []
        self._rows: list[Row] = []
        self._blocks: list[tuple[Ints, Ints, Ints, Ints, Ints]] = []

    def add(self, number: int, cells: Mapping[int, str], width: int | None = None) -> None:
        """Add a row of filled cells."""
        self._rows.append(Row(number, cells, width or max(cells) + 1))
        self.count += 1
        if len(self._rows) == _MANY:
            self._pack()

    def place(self, text: str) -> int:
        """Keep a text and return its place."""
        self._own.append(text)
        return len(self._shared) + len(self._own) - 1

    def add_many(self, numbers: Ints, lengths: Ints, indexes: Ints, places: Ints) -> None:
        """Add rows by the columns and places of their cells, in order; a row without any is none."""
        if self._rows:
            self._pack()
        filled = lengths > 0
        numbers, lengths = numbers[filled], lengths[filled]
        if len(numbers):
            widths = indexes[np.cumsum(lengths) - 1].astype(np.int32) + 1
            self._blocks.append((numbers, lengths, indexes.astype(np.int16), places.astype(np.int32), widths))
            self.count += len(numbers)

    def finished(self) -> Grid:
        """Return the grid."""
        self._pack()
        packed = [np.concatenate(parts) for parts in zip(*self._blocks, strict=True)] if self._blocks else None
        numbers, lengths, indexes, places, widths = packed or [np.empty(0, np.int32) for _ in range(5)]
        texts = self._shared if not self._own else pa.concat_arrays([self._shared, pa.array(self._own, pa.string())])
        return Grid(numbers, lengths, indexes, places, texts, widths)

    def _pack(self) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        cells = [sorted(row.cells.items()) for row in rows]
        first = len(self._shared) + len(self._own)
        self._own += [text for row in cells for _, text in row]
        self._blocks.append(
            (
                np.array([row.number for row in rows], np.int32),
                np.array(list(map(len, cells)), np.int32),
                np.array([index for row in cells for index, _ in row], np.int16),
                np.arange(first, len(self._shared) + len(self._own), dtype=np.int32),
                np.array([row.width for row in rows], np.int32),
            )
        )
