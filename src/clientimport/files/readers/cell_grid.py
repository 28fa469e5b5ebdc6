"""The cell grid: the filled cells of a sheet, row after row, each as the index of its text among all texts.

A million cells take six bytes each beside their texts, and a column is taken from it at once. A row is
made only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import pyarrow as pa

Ints = np.ndarray[tuple[int], np.dtype[Any]]
"""Whole numbers of any size."""
Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row that is not blank."""

    number: int
    """The spreadsheet's own number, from 1."""
    cells: Mapping[int, str]
    """By column, from 0, in their order: only the cells that hold more than white space."""
    width: int
    """How many fields it has; in a workbook, up to its last filled cell."""


@dataclass(frozen=True)
class CellGrid:
    """The rows that are not blank, and their cells in the order of columns."""

    row_numbers: Ints
    """The spreadsheet's own number of each row, rising."""
    cell_counts: Ints
    """How many filled cells each row has, at least one."""
    columns: Ints
    """The column of each cell, from 0."""
    text_indexes: Ints
    """The index in `texts` of the text of each cell."""
    texts: pa.StringArray
    widths: Ints
    """How many fields each row has."""

    def __len__(self) -> int:
        return len(self.row_numbers)

    def __iter__(self) -> Iterator[GridRow]:
        return map(self.row, range(len(self)))

    @cached_property
    def row_starts(self) -> Ints:
        """Where the cells of each row begin, and where the last ones end."""
        return np.concatenate([[0], np.cumsum(self.cell_counts, dtype=np.int64)])

    @cached_property
    def used_columns(self) -> tuple[int, ...]:
        """The columns that hold something, rising."""
        return tuple(np.flatnonzero(np.bincount(self.columns)).tolist())

    @cached_property
    def first_bytes(self) -> Ints:
        """The first byte of each cell's text."""
        return _first_bytes(self.texts)[self.text_indexes]  # of the texts first, which lie one behind the other

    def contains_any(self, letters: str) -> bool:
        """Return whether some text of the sheet contains one of these letters of ASCII, in one pass over all texts."""
        text_bytes = np.frombuffer(memoryview(self.texts.buffers()[2] or b""), np.uint8)
        return any((text_bytes == ord(letter)).any() for letter in letters)

    @cached_property
    def _by_column(self) -> tuple[Ints, Ints, Ints]:
        """The positions of the cells ordered by column, where those of each column begin, and the row of each cell."""
        bounds = np.concatenate([[0], np.cumsum(np.bincount(self.columns))])
        rows = np.repeat(np.arange(len(self), dtype=np.int32), self.cell_counts)
        return np.argsort(self.columns, kind="stable"), bounds, rows

    def row(self, position: int) -> GridRow:
        """Return the row at a position, from the end below 0."""
        position = range(len(self))[position]
        cells = slice(self.row_starts[position], self.row_starts[position + 1])
        texts = self.texts.take(self.text_indexes[cells]).to_pylist()
        cells_by_column = dict(zip(self.columns[cells].tolist(), texts, strict=True))
        return GridRow(int(self.row_numbers[position]), cells_by_column, int(self.widths[position]))

    def rows(self, first: int, end: int) -> list[GridRow]:
        """Return the rows at these positions, as many as there are."""
        return [self.row(position) for position in range(max(first, 0), min(end, len(self)))]

    def position_of(self, number: int) -> int | None:
        """Return the position of the row with the spreadsheet's own number, None for one that is blank."""
        position = int(np.searchsorted(self.row_numbers, number))
        return position if position < len(self) and self.row_numbers[position] == number else None

    def column(self, index: int) -> pa.StringArray:
        """Return the texts of one column, null where a row has none."""
        order, bounds, rows = self._by_column
        cells = order[slice(*bounds[index : index + 2])] if index + 1 < len(bounds) else order[:0]
        text_indexes = np.full(len(self), -1, np.int32)
        text_indexes[rows[cells]] = self.text_indexes[cells]
        return self.texts.take(pa.array(text_indexes, pa.int32(), mask=text_indexes < 0))

    def where(self, kept: Mask) -> Self:
        """Return these rows alone."""
        if kept.all():
            return self
        first, last = int(kept.argmax()), len(kept) - int(kept[::-1].argmax())
        if kept[first:last].all():
            return self._between(first, last)
        cells = np.repeat(kept, self.cell_counts)
        parts = (self.row_numbers[kept], self.cell_counts[kept], self.columns[cells], self.text_indexes[cells])
        return type(self)(*parts, self.texts, self.widths[kept])

    def _between(self, first: int, last: int) -> Self:
        """Return the rows from one position to before another: nothing is copied."""
        rows, cells = slice(first, last), slice(self.row_starts[first], self.row_starts[last])
        parts = (self.row_numbers[rows], self.cell_counts[rows], self.columns[cells], self.text_indexes[cells])
        return type(self)(*parts, self.texts, self.widths[rows])

    def head(self, count: int) -> Self:
        """Return the first rows alone."""
        return self.where(np.arange(len(self)) < count)

    def without_columns(self, columns: Iterable[int]) -> Self:
        """Return the grid without these columns, and without the rows that hold nothing else."""
        kept = ~np.isin(self.columns, list(columns))
        rows = np.repeat(np.arange(len(self)), self.cell_counts)[kept]
        lengths = np.bincount(rows, minlength=len(self))
        filled = lengths > 0
        parts = (self.row_numbers[filled], lengths[filled], self.columns[kept], self.text_indexes[kept])
        return type(self)(*parts, self.texts, self.widths[filled])


def _first_bytes(texts: pa.StringArray) -> Ints:
    """Return the first byte of each text in UTF-8: a letter of ASCII is itself, all others are from 128 on.

    That of an empty text is the byte that follows it.

    >>> _first_bytes(pa.array(["Gent", "", "'0123", "élan"])).tolist()
    [71, 39, 39, 195]
    """
    _, offsets, data = texts.buffers()
    content = np.frombuffer(memoryview(data or b""), np.uint8)
    if not len(texts) or not len(content):
        return np.zeros(len(texts), np.uint8)
    begins = np.frombuffer(memoryview(offsets or b""), np.int32)[texts.offset :][: len(texts)]
    return content.take(begins, mode="clip")  # an empty text may begin where all of them end
