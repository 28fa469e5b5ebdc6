"""Many rows of a sheet's XML at once, where all are written as nearly all programs write them.

What would be ten calls a cell are a few passes over the bytes. A block with anything else in it (a hidden row, a cell
without an address, a formula without a result) is none: it is read again in smaller parts, in the end by the parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from clientimport.files.limits import COLUMNS
from clientimport.files.readers.cell_grid import Ints, Mask
from clientimport.files.readers.cell_grid_builder import NO_TEXTS
from clientimport.files.readers.xlsx.bulk.byte_index import first_bytes
from clientimport.files.readers.xlsx.bulk.plain_text import plain_text, plain_texts
from clientimport.files.readers.xlsx.bulk.tag_index import CELL, FORMULA, INSIDE, ROW, TagIndex

_SHOWN = (b'hidden="false"', b'hidden="0"')
"""What LibreOffice says of every row; any other word about it is the parser's."""
_ADDRESS = b' r="'
_ROW_DIGITS, _STRING_DIGITS, _STYLE_DIGITS = 7, 7, 5
_SHARED, _INLINE, _COMPUTED = b' t="s"', b' t="inlineStr"', b' t="str"'
"""What makes a cell one of text: shared, its own, or a formula's."""
_LETTERS = 3
_STYLE = b' s="'
_ATTRIBUTES = re.compile(rb'(?: s="([0-9]{1,5})")?(?: t="([a-zA-Z]+)")?')
_MAIL = re.compile(rb"(?i)mailto")


StoredValue = tuple[int, str, str]
"""Style, type and stored text of a cell that is no text."""


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Rows with their cells, in order."""

    row_numbers: Ints
    cell_rows: Ints
    """The position in `row_numbers` of each cell's row."""
    columns: Ints
    """The column of each cell, from 0."""
    string_indexes: Ints
    """The index of the shared string of each cell; -1 for cells with another value."""
    text_cells: Ints
    """The positions of the cells with a text of their own."""
    texts: pa.StringArray
    """The texts of the `text_cells`."""
    value_cells: Ints
    """The positions of the cells with numbers, dates, errors and the like."""
    stored_values: list[StoredValue]
    """What the `value_cells` hold."""


def parse_rows(data: bytes) -> RowBlock | None:
    """Return the rows in `data`, which begins with the first one and ends with the last; None if one is not plain."""
    if b"\r" in data:  # the parser makes another line end of it
        return None
    tags = TagIndex.from_bytes(data)
    return None if tags is None else BlockParser(data, tags).parse()


@dataclass(frozen=True, slots=True)
class BlockParser:
    """Parses the bytes of whole rows into a block."""

    data: bytes
    tags: TagIndex

    def parse(self) -> RowBlock | None:
        """Return the rows as a block, or None when they are written in a way that only the XML parser reads."""
        cells, openers = self.tags.of_kind(CELL), self.tags.of_kind(ROW)
        if self._needs_parser(openers):
            return None
        cell_rows = np.repeat(np.arange(len(openers)), np.diff(np.searchsorted(cells, openers), append=len(cells)))
        numbers, digits = self._row_numbers(openers)
        columns, ends = self._addresses(cells, cell_rows, openers, digits)
        if not (digits.all() and ends.all()) or ((np.diff(columns) <= 0) & (np.diff(cell_rows) == 0)).any():
            return None
        values = cells + 1
        if self.tags.has(FORMULA):
            values += 2 * (self.tags.kinds.take(values) == FORMULA)
        inside = self.tags.kinds.take(values) == INSIDE
        shared = self._of_type(_SHARED, cells, ends) & ~inside
        string_indexes, unshared = self._string_indexes(values, shared), np.flatnonzero(~shared)
        if string_indexes is None:
            return None
        has_text = self._has_text(cells[unshared], ends[unshared], inside[unshared])
        text_cells, value_cells = unshared[has_text], unshared[~has_text]
        text_tags = values[text_cells] + inside[text_cells]
        texts = self._texts(text_tags) if len(unshared) else NO_TEXTS
        stored_values = self._stored_values(cells[value_cells], ends[value_cells], values[value_cells])
        if texts is None or stored_values is None:
            return None
        return RowBlock(numbers, cell_rows, columns, string_indexes, text_cells, texts, value_cells, stored_values)

    def _needs_parser(self, openers: Ints) -> bool:
        """Return whether a row is hidden, or declares a namespace of its own."""
        sides = zip(self.tags.opens[openers].tolist(), self.tags.closes[openers].tolist(), strict=True)
        attributes = b"".join([self.data[begin:end] for begin, end in sides])  # a twentieth of all, searched at once
        hidden = attributes.count(b"hidden")
        return b"xmlns" in attributes or bool(hidden and hidden != sum(map(attributes.count, _SHOWN)))

    def _row_numbers(self, openers: Ints) -> tuple[Ints, Ints]:
        """Return the number of each row, and how many digits it has; 0 where that is not plain."""
        begins = self.tags.opens[openers] + len(b'<row r="')
        digits = (self.tags.index.values[begins[:, None] + np.arange(_ROW_DIGITS + 1)] == ord('"')).argmax(axis=1)
        numbers, is_number = self.tags.index.parse_numbers(begins, begins + digits)
        is_number &= self.tags.index.matches(begins - len(_ADDRESS), _ADDRESS)
        return numbers.astype(np.int32), np.where(is_number, digits, 0)

    def _addresses(self, cells: Ints, cell_rows: Ints, openers: Ints, digits: Ints) -> tuple[Ints, Ints]:
        """Return the column of each cell and the end of its address; 0 where the address is none of its row."""
        index, size = self.tags.index, len(_ADDRESS)
        begins = self.tags.opens.take(cells) + len(b"<c")
        words = index.words[begins]
        is_letter = first_bytes(words, size) == int.from_bytes(_ADDRESS, "little")
        column, length = np.zeros(len(cells), np.uint64), np.full(len(cells), size)
        for offset in range(size, size + _LETTERS):
            letter = (words >> 8 * offset & 0xFF) - ord("A")  # what is below the letters turns over and is above them
            is_letter &= letter < 26  # noqa: PLR2004 -- letters
            if not is_letter.any():
                break
            column = np.where(is_letter, column * 26 + letter + 1, column)
            length += is_letter
        begins += length
        number_size = (digits + 1).take(cell_rows)  # the row's number and the quotation mark behind it
        row_number = index.words[self.tags.opens[openers] + len(b'<row r="')].take(cell_rows)
        same_row = first_bytes(index.words[begins] ^ row_number, number_size) == 0
        right = (length > size) & (column <= COLUMNS) & same_row
        return column.astype(np.int64) - 1, np.where(right, begins + number_size, 0)

    def _of_type(self, ending: bytes, cells: Ints, ends: Ints) -> Mask:
        """Return which cells have this type, and no attribute but that and a style."""
        begins = self.tags.closes.take(cells) - len(ending)
        typed = self.tags.index.matches(begins, ending) & (begins >= ends)
        styled = np.flatnonzero(typed & (ends != begins))
        if len(styled):
            typed[styled] = self._is_style(ends[styled], begins[styled])
        return typed

    def _is_style(self, begins: Ints, ends: Ints) -> Mask:
        """Return between which of these positions a style stands and nothing else."""
        marks = ends - 1
        _, is_number = self.tags.index.parse_numbers(begins + len(_STYLE), marks)
        quoted = self.tags.index.matches(begins, _STYLE) & self.tags.index.matches(marks, b'"')
        return quoted & is_number & (marks - begins <= len(_STYLE) + _STYLE_DIGITS)

    def _string_indexes(self, values: Ints, shared: Mask) -> Ints | None:
        """Return the index of each cell's shared string, -1 for other cells; None when one is no number."""
        tags = values if shared.all() else values[shared]
        begins, ends = self.tags.closes.take(tags) + 1, self.tags.opens.take(tags + 1)
        numbers, is_number = self.tags.index.parse_numbers(begins, ends)
        if not is_number.all() or (ends - begins > _STRING_DIGITS).any():
            return None
        string_indexes = np.full(len(shared), -1, np.int32)
        string_indexes[shared] = numbers
        return string_indexes

    def _has_text(self, cells: Ints, ends: Ints, inside: Mask) -> Mask:
        """Return which of these cells have a text of their own, where their type says that it is."""
        return np.where(inside, self._of_type(_INLINE, cells, ends), self._of_type(_COMPUTED, cells, ends))

    def _texts(self, tags: Ints) -> pa.StringArray | None:
        """Return the text in each of these elements; None when the parser must look at one, or at a formula."""
        if self.tags.has(FORMULA) and _MAIL.search(self.data):
            return None
        return plain_texts(self.data, self.tags.closes[tags] + 1, self.tags.opens[tags + 1])

    def _stored_values(self, cells: Ints, ends: Ints, values: Ints) -> list[StoredValue] | None:
        """Return what cells hold that are no text; None when the parser must look at one."""
        distinct: dict[tuple[bytes, bytes], StoredValue | None] = {}
        stored = []
        sides = (ends, self.tags.closes[cells], self.tags.closes[values] + 1, self.tags.opens[values + 1])
        for attributes_begin, attributes_end, begin, end in zip(*(side.tolist() for side in sides), strict=True):
            key = self.data[attributes_begin:attributes_end], self.data[begin:end]
            if key not in distinct:
                distinct[key] = _stored_value(*key)
            value = distinct[key]
            if value is None:
                return None
            stored.append(value)
        return stored


def _stored_value(attributes: bytes, stored: bytes) -> StoredValue | None:
    """Return style, type and text of a cell that holds no text; None for one that does, or holds nothing."""
    match, text = _ATTRIBUTES.fullmatch(attributes), plain_text(stored)
    cell_type = (match[2] or b"n").decode() if match else "s"
    if match is None or not text or cell_type in ("s", "str", "inlineStr"):
        return None
    return int(match[1] or 0), cell_type, text
