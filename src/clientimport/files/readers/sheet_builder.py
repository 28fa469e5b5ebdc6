"""A sheet builder: readers of formats add cells to it one by one, within the bounds."""

from __future__ import annotations

import numpy as np

from clientimport.errors import FileUnreadable
from clientimport.files.limits import CELLS, COLUMNS, REPEATED, ROWS, require_amount, require_length
from clientimport.files.readers.cell_grid_builder import CellGridBuilder
from clientimport.files.readers.sheet import MergedRange, Sheet
from clientimport.model.table import CellFlag


class SheetBuilder:
    """A sheet to which cells, hidden lines and merged ranges are added. Rows count from 1, columns from 0."""

    def __init__(self, name: str | None) -> None:
        self.hidden_rows: set[int] = set()
        self._name = name
        self._cells: dict[int, dict[int, str]] = {}
        self._oddities: dict[tuple[int, int], CellFlag] = {}
        self._mail_links: dict[tuple[int, int], str] = {}
        self._merged: list[MergedRange] = []
        self._hidden_columns = np.zeros(COLUMNS, np.bool_)  # a set would take long over a million wide ranges
        self._filled = self._length = self._repeated = 0

    @property
    def row_count(self) -> int:
        """How many rows hold something."""
        return len(self._cells)

    def add_cell(self, row: int, column: int, text: str, odd: CellFlag | None = None, link: str | None = None) -> None:
        """Add a cell; one that shows nothing is none. Raises FileUnreadable beyond the bounds."""
        if not text or text.isspace():
            return
        require_length(text, f"#{row}")
        self._filled += 1
        self._length += len(text)
        require_amount(self._filled, self._length)
        if not (0 < row <= ROWS and 0 <= column < COLUMNS):
            raise FileUnreadable("file.too_many_cells", limit=CELLS)
        self._cells.setdefault(row, {})[column] = text
        if odd:
            self._oddities[row, column] = odd
        if link:
            self._mail_links[row, column] = link

    def hide_columns(self, first: int, last: int) -> None:
        """Mark the columns from `first` to `last` as hidden; what lies beyond a sheet's edge is none."""
        self._hidden_columns[max(first, 0) : max(last + 1, 0)] = True

    def count_repeated(self, times: int) -> None:
        """Count cells that are about to be added by a number alone. Raises FileUnreadable beyond the bounds."""
        self._repeated += times
        if self._repeated > REPEATED:
            raise FileUnreadable("file.too_many_cells", limit=REPEATED)

    def add_merged_range(self, top: int, left: int, bottom: int, right: int) -> None:
        """Add a merged range, its four sides included; what lies beyond a sheet's edge is cut off."""
        self._merged.append(MergedRange(top, left, min(bottom, ROWS), min(right, COLUMNS - 1)))

    def add_mail_link(self, row: int, column: int, address: str) -> None:
        """Add the e-mail address that a cell links to."""
        self._mail_links[row, column] = address

    def build(self) -> Sheet:
        """Return the sheet."""
        grid = CellGridBuilder()
        for number, cells in sorted(self._cells.items()):
            grid.add_row(number, cells)
        return Sheet(
            self._name,
            grid.build(),
            self._oddities,
            frozenset(self.hidden_rows),
            frozenset(np.flatnonzero(self._hidden_columns).tolist()),
            tuple(self._merged),
            self._mail_links,
        )
