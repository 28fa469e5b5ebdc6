"""A table: the user's spreadsheet as columns of text, with the spreadsheet's own row numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
import pyarrow as pa

from clientimport.model.finding import Finding

# Arrow's own allocator keeps for each thread what it once had: 50 to 110 MB more for 100,000 rows, and no faster.
pa.set_memory_pool(pa.system_memory_pool())


class CellFlag(StrEnum):
    """What is special about a cell, where its text does not show it."""

    ERROR = "error"
    """An error cell such as #N/A; the text is what Excel shows."""
    UNCACHED = "uncached"
    """A formula without a stored result; the text is the formula."""
    DATE = "date"
    """A real date; the text is its ISO form."""
    NUMBER = "number"
    """A number with more than 15 digits, which the spreadsheet has rounded."""


def column_letter(index: int) -> str:
    """Return the spreadsheet's letter of a column, counted from 0.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701), column_letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


@dataclass(frozen=True, slots=True)
class Column:
    """One column below its header. `values` has one text per row of the table, null for an empty cell."""

    index: int
    """Position in the sheet, from 0; the letter is made from it."""
    header: str
    """As typed, without outer white space; empty where the header cell is."""
    values: pa.StringArray
    cell_flags: Mapping[int, CellFlag] = field(default_factory=dict)
    """By position in `values`; cells that are plain text or plain numbers are not here."""
    mail_links: Mapping[int, str] = field(default_factory=dict)
    """By position in `values`: the e-mail address that the cell is a link to."""

    @property
    def letter(self) -> str:
        """The spreadsheet's letter."""
        return column_letter(self.index)

    def filter(self, mask: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Column:
        """Return the column with the cells at which `mask` is true."""
        new_positions = {old: new for new, old in enumerate(np.flatnonzero(mask).tolist())}
        flags = {new_positions[old]: flag for old, flag in self.cell_flags.items() if old in new_positions}
        links = {new_positions[old]: address for old, address in self.mail_links.items() if old in new_positions}
        return Column(self.index, self.header, self.values.filter(pa.array(mask)), flags, links)


def column_index(letters: str) -> int:
    """Return the position of a column, counted from 0, from its letter.

    >>> column_index("A"), column_index("Z"), column_index("AA"), column_index("AAA")
    (0, 25, 26, 702)
    """
    index = 0
    for character in letters:
        index = index * 26 + ord(character) - ord("A") + 1
    return index - 1


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One of several sheets that were read as one list."""

    sheet: str
    shift: int
    """What its own row numbers are raised by in the list."""
    last: int
    """Its last row, as numbered in the list."""
    columns: Mapping[int, int] = field(default_factory=dict)
    """Position of a column in the list -> in this sheet."""
    header_row: int = 1
    """Its own number."""


@dataclass(frozen=True, slots=True)
class Table:
    """Everything below the header row, without blank and total lines."""

    file: str
    """As the user gave it; `-` for standard input."""
    sheet: str | None
    """None for CSV."""
    header_row: int
    """The spreadsheet's own number, from 1."""
    columns: tuple[Column, ...]
    rows: np.ndarray[tuple[int], np.dtype[np.int64]]
    """The spreadsheet's row number of each position."""
    findings: tuple[Finding, ...] = ()
    """What was noticed while reading the file: the sheet chosen, lines left out."""
    parts: tuple[SheetPart, ...] = ()
    """The sheets of which it is one list, in order; none where one sheet was read."""

    def part_of(self, row: int) -> SheetPart | None:
        """Return the sheet that a row of the list comes from, None where only one was read."""
        return next((part for part in self.parts if row <= part.last), None)

    def filter(self, mask: np.ndarray[tuple[int], np.dtype[np.bool_]], findings: Iterable[Finding] = ()) -> Table:
        """Return the table with the rows at which `mask` is true, and what was noticed about that."""
        columns = self.columns if mask.all() else tuple(column.filter(mask) for column in self.columns)
        return replace(self, columns=columns, rows=self.rows[mask], findings=(*self.findings, *findings))

    def column_by_letter(self, name: str) -> Column | None:
        """Return the column with this letter, in any casing."""
        return next((column for column in self.columns if column.letter == name.upper()), None)
