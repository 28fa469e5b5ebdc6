"""The XML of one sheet of a workbook, turned into rows of text in one pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from clientimport.files import limits
from clientimport.files.corrupt_file import CorruptCell
from clientimport.files.limits import COLUMNS, ROWS, require_amount, require_length
from clientimport.files.readers.cell_grid_builder import CellGridBuilder
from clientimport.files.readers.mailto import mail_address_in_formula
from clientimport.files.readers.number_format import NumberFormat
from clientimport.files.readers.sheet import MergedRange
from clientimport.files.readers.whole_number import whole_number
from clientimport.files.readers.xlsx.bulk import RowBlock
from clientimport.files.readers.xlsx.cell_reference import column_index, parse_range
from clientimport.files.readers.xlsx.escaped_characters import unescape_characters
from clientimport.files.readers.xlsx.shared_strings import SharedStrings
from clientimport.model.table import CellFlag, column_letter

_DIGITS = "0123456789"
_TRUE = frozenset({"1", "true"})
_GENERAL = NumberFormat()
_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
"""The attribute `r:id` by its namespace, in the usual and in the strict form: ECMA-376 part 1, 22.8.2.1."""

Shown = tuple[str, CellFlag | None]
"""The text that a cell shows, and its flag."""


class SheetHandler:
    """Collects the rows that are not blank, what is hidden and what is merged. Raises ValueError when damaged."""

    def __init__(self, strings: SharedStrings, formats: tuple[NumberFormat, ...], *, since_1904: bool) -> None:
        self.grid = CellGridBuilder(strings.texts)
        self.cell_flags: dict[tuple[int, int], CellFlag] = {}
        self.hidden_rows: set[int] = set()
        self.merged: list[MergedRange] = []
        self.linked: list[tuple[tuple[int, int], str]] = []
        """Row number and column of each cell with a link, and the id of the relation that says where to."""
        self.mail_links: dict[tuple[int, int], str] = {}
        """What the formulas HYPERLINK("mailto:…") lead to."""
        self._strings = strings
        self._formats = formats
        self._since_1904 = since_1904
        self._columns: dict[str, int] = {}
        self._hidden_columns = np.zeros(COLUMNS, np.bool_)  # a set would take long over a million wide ranges
        self._filled = self._length = 0
        self._row = 0
        self._cells: dict[int, str] = {}
        self._column = -1
        self._cell: Mapping[str, str] = {}
        self._parts: dict[str, list[str]] = {}
        self._inside: list[str] | None = None
        self._spoken = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle an opening tag."""
        if name == "c":
            self._open_cell(attributes)
        elif name in ("v", "t", "f"):
            self._inside = None if self._spoken else self._parts.setdefault(name, [])
        elif name == "row":
            self._open_row(attributes)
        elif name == "rPh":
            self._spoken = True
        elif name == "col":
            self._take_columns(attributes)
        elif name == "mergeCell":
            self._take_merged(attributes)
        elif name == "hyperlink":
            self._take_link(attributes)

    def text(self, part: str) -> None:
        """Handle a piece of text."""
        if self._inside is not None:
            self._inside.append(part)

    def end(self, name: str) -> None:
        """Handle a closing tag."""
        self._inside = None
        if name == "c":
            self._close_cell()
        elif name == "row":
            self.close_row()
        elif name == "rPh":
            self._spoken = False

    @property
    def hidden_columns(self) -> frozenset[int]:
        """The positions of the columns that Excel hides."""
        return frozenset(np.flatnonzero(self._hidden_columns).tolist())

    def _take_columns(self, attributes: Mapping[str, str]) -> None:
        """Note which columns are hidden; their order and their widths are no reason to refuse a file."""
        first, last = (whole_number(attributes.get(side, "")) for side in ("min", "max"))
        if attributes.get("hidden") in _TRUE and first and last:
            self._hidden_columns[first - 1 : last] = True

    def _take_merged(self, attributes: Mapping[str, str]) -> None:
        if merged := parse_range(attributes.get("ref", "")):
            self.merged.append(merged)

    def _take_link(self, attributes: Mapping[str, str]) -> None:
        relation = attributes.get(_RELATIONS[0]) or attributes.get(_RELATIONS[1])
        if relation and (cells := parse_range(attributes.get("ref", ""))):
            self.linked.append(((cells.top, cells.left), relation))

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        number = whole_number(attributes["r"]) if "r" in attributes else self._row + 1
        self.open_row(number or 0)
        if attributes.get("hidden") in _TRUE:
            self.hidden_rows.add(self._row)

    def open_row(self, number: int) -> None:
        """Begin row `number`. Raises ValueError when it is not below the row before."""
        if not self._row < number <= ROWS:
            raise ValueError("rows out of order")
        self._row, self._cells, self._column = number, {}, -1

    def add_block(self, block: RowBlock, shown: Sequence[Shown]) -> None:
        """Add many rows; `shown` is what the cells show that hold no text. Raises CorruptCell, too."""
        numbers = block.row_numbers
        if numbers[0] <= self._row or (np.diff(numbers) <= 0).any() or numbers[-1] > ROWS:
            raise ValueError("rows out of order")
        self._row = int(numbers[-1])
        self._require_strings(block)
        unshared = np.concatenate([block.text_cells, block.value_cells])
        texts = SharedStrings(pa.concat_arrays([block.texts, pa.array([text for text, _ in shown], pa.string())]))
        for position in np.flatnonzero(texts.lengths > limits.CELL_CHARACTERS)[:1].tolist():
            require_length(texts[position], _address(block, unshared[position]))
        text_indexes, lengths = block.string_indexes.copy(), np.zeros(len(block.columns), np.int64)
        shared = text_indexes >= 0
        lengths[shared] = self._strings.lengths[text_indexes[shared]]
        lengths[unshared] = texts.lengths
        text_indexes[unshared] = self.grid.add_texts(texts.texts) + np.arange(len(unshared)) if len(unshared) else 0
        self._add_flags(block, shown)
        filled = lengths > 0
        counts = np.bincount(block.cell_rows[filled], minlength=len(numbers))
        self.grid.add_rows(numbers, counts, block.columns[filled], text_indexes[filled])
        self._count(int(filled.sum()), int(lengths.sum()))

    def _require_strings(self, block: RowBlock) -> None:
        """Raise CorruptCell when a cell names a shared string that is not there."""
        for cell in np.flatnonzero(block.string_indexes >= len(self._strings.texts))[:1].tolist():
            raise CorruptCell(_address(block, cell))

    def _add_flags(self, block: RowBlock, shown: Sequence[Shown]) -> None:
        for cell, (text, flag) in zip(block.value_cells.tolist(), shown, strict=True):
            if flag and text and not text.isspace():
                self.cell_flags[int(block.row_numbers[block.cell_rows[cell]]), int(block.columns[cell])] = flag

    def close_row(self) -> None:
        """End the row, and keep it unless it is blank."""
        if self._cells:
            self.grid.add_row(self._row, self._cells)
            self._count(len(self._cells), sum(map(len, self._cells.values())))
            self._cells = {}  # what stands behind it, outside of any row, is none of its cells

    def _count(self, filled: int, length: int) -> None:
        self._filled += filled
        self._length += length
        require_amount(self._filled, self._length)

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        self._column = self._column + 1 if reference is None else self.column(reference.rstrip(_DIGITS))
        self._cell = attributes
        self._parts = {}

    def _close_cell(self) -> None:
        if not self._parts:
            return
        try:
            self.put(self._column, *self._read())
        except IndexError as error:
            raise CorruptCell(f"{column_letter(self._column)}{self._row}") from error
        if "f" in self._parts and (address := mail_address_in_formula("".join(self._parts["f"]))):
            self.mail_links[self._row, self._column] = address

    def put(self, column: int, text: str, flag: CellFlag | None = None) -> None:
        """Add a cell of the open row, unless it shows nothing."""
        if not text or text.isspace():
            return
        if len(text) > limits.CELL_CHARACTERS:
            require_length(text, f"{column_letter(column)}{self._row}")
        self._cells[column] = text
        if flag:
            self.cell_flags[self._row, column] = flag

    def _read(self) -> Shown:
        """Return what the open cell shows."""
        kind = self._cell.get("t", "n")
        value = "".join(self._parts.get("t" if kind == "inlineStr" else "v", ()))
        if "f" in self._parts and not value and kind not in ("s", "inlineStr", "str"):
            return f"={''.join(self._parts['f'])}", CellFlag.UNCACHED
        return self.shown(kind, value, whole_number(self._cell.get("s", "")) or 0)

    def shown(self, kind: str, value: str, style: int) -> Shown:
        """Return what a cell of this type with this stored value shows; the types are ECMA-376 part 1, 18.18.11.

        Raises IndexError for a shared text that is not there.
        """
        if kind == "s":
            return self._shared(value), None
        if kind == "b":
            return ("TRUE" if value in _TRUE else "FALSE") if value else "", None
        if kind == "e":
            return value, CellFlag.ERROR
        if kind == "d":
            return value.removesuffix("Z").removesuffix("T00:00:00"), CellFlag.DATE
        if kind in ("str", "inlineStr"):
            return unescape_characters(value), None
        number_format = self._formats[style] if style < len(self._formats) else _GENERAL
        return number_format.render(value.strip(), since_1904=self._since_1904)

    def _shared(self, value: str) -> str:
        index = whole_number(value)
        if index is None and value:
            raise IndexError
        return "" if index is None else self._strings[index]

    def column(self, letters: str) -> int:
        """Return the position of a column. Raises ValueError for one that cannot be."""
        index = self._columns.get(letters)
        if index is None:
            index = self._columns[letters] = column_index(letters)
        return index


def _address(block: RowBlock, cell: int) -> str:
    return f"{column_letter(int(block.columns[cell]))}{block.row_numbers[block.cell_rows[cell]]}"
