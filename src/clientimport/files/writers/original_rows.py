"""The user's own rows in a sheet of ours: every column at its place, every text as it was typed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientimport.files.writers.sheet_style import WRONG, HeaderCell, width_for
from clientimport.files.writers.text_cell import text_cell
from clientimport.messages.added_headers import is_added_header
from clientimport.model.table import Column, Table

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class OriginalRows:
    """Chosen rows of a table, without the columns that we have added to it before."""

    columns: tuple[Column | None, ...]
    """By their place in the sheet, so that a saved `--set C=vat_number` still holds."""
    positions: Sequence[int]
    """The rows, as positions in the table."""

    @classmethod
    def from_table(cls, table: Table, positions: Sequence[int]) -> OriginalRows:
        """Return the rows of `table` at these positions."""
        by_index = {column.index: column for column in table.columns if not is_added_header(column.header)}
        return cls(tuple(by_index.get(index) for index in range(max(by_index, default=-1) + 1)), positions)

    def header_cells(self) -> Iterator[HeaderCell]:
        """Yield the heads of the columns, as wide as what stands under them."""
        for column in self.columns:
            header = column.header if column else ""
            texts = [column.values[position].as_py() or "" for position in self.positions] if column else []
            yield HeaderCell(header, width_for(max(map(len, [header, *texts]))))

    def cells(self, sheet: Worksheet, position: int, wrong: Collection[str | None] = ()) -> list[Cell | None]:
        """Return the cells of one row, those in the columns `wrong` coloured."""
        from openpyxl.styles import PatternFill

        cells: list[Cell | None] = []
        for column in self.columns:
            text = column.values[position].as_py() if column else None
            marked = column is not None and column.letter in wrong
            cell = text_cell(sheet, text or "") if text or marked else None
            if cell and marked:
                cell.fill = PatternFill("solid", fgColor=WRONG)
            cells.append(cell)
        return cells
