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
from clientimport.files.readers.xlsx.bulk_bytes import first
from clientimport.files.readers.xlsx.bulk_tags import CELL, FORMULA, INSIDE, ROW, TagIndex
from clientimport.files.readers.xlsx.simple_text import plain_texts

_SHOWN = (b'hidden="false"', b'hidden="0"')
"""What LibreOffice says of every row; any other word about it is the parser's."""
_ADDRESS = b' r="'
_ROW_DIGITS, _PLACE_DIGITS, _STYLE_DIGITS = 7, 7, 5
_SHARED, _INLINE, _COMPUTED = b' t="s"', b' t="inlineStr"', b' t="str"'
"""What makes a cell one of text: shared, its own, or a formula's."""
_LETTERS = 3
_STYLE = b' s="'
_ATTRIBUTES = re.compile(rb'(?: s="([0-9]{1,5})")?(?: t="([a-zA-Z]+)")?')
_MAIL = re.compile(rb"(?i)mailto")


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Rows with their cells, in order."""

    numbers: Ints
    rows: Ints
    """The position of each cell's row."""
    indexes: Ints
    """The column of each cell, from 0."""
    places: Ints
    """Which shared string each cell is; -1 for the others."""
    spelled: Ints
    """The positions of the cells with a text of their own."""
    texts: pa.StringArray
    """These texts."""
    others: Ints
    """The positions of the cells with numbers, dates, errors and the like."""
    stored: list[tuple[tuple[int, str], bytes]]
    """Of each of them style and type, and what is stored."""


def block(data: bytes) -> RowBlock | None:
    """Return the rows in `data`, which begins with the first one and ends with the last; None if one is not plain."""
    if b"\r" in data:  # the parser makes another line end of it
        return None
    tags = TagIndex.of(data)
    return None if tags is None else BlockParser(data, tags).block()


@dataclass(frozen=True, slots=True)
class BlockParser:
    """Parses the bytes of whole rows into a block."""

    data: bytes
    tags: TagIndex

    def block(self) -> RowBlock | None:
        """Return the rows as a block, or None when they are written in a way that only the XML parser reads."""
        cells, openers = self.tags.every(CELL), self.tags.every(ROW)
        if self._says_more(openers):
            return None
        rows = np.repeat(np.arange(len(openers)), np.diff(np.searchsorted(cells, openers), append=len(cells)))
        numbers, digits = self._row_numbers(openers)
        indexes, ends = self._addresses(cells, rows, openers, digits)
        if not (digits.all() and ends.all()) or ((np.diff(indexes) <= 0) & (np.diff(rows) == 0)).any():
            return None
        values = cells + 1
        if self.tags.has(FORMULA):
            values += 2 * (self.tags.kinds.take(values) == FORMULA)
        inside = self.tags.kinds.take(values) == INSIDE
        shared = self._of_type(_SHARED, cells, ends) & ~inside
        places, rest = self._places(values, shared), np.flatnonzero(~shared)
        if places is None:
            return None
        own = self._has_text(cells[rest], ends[rest], inside[rest])
        spelled, others = rest[own], rest[~own]
        spellings = values[spelled] + inside[spelled]
        texts = self._texts(spellings) if len(rest) else NO_TEXTS
        stored = self._stored(cells[others], ends[others], values[others])
        if texts is None or stored is None:
            return None
        return RowBlock(numbers, rows, indexes, places, spelled, texts, others, stored)

    def _says_more(self, openers: Ints) -> bool:
        """Tell whether a row is hidden, or says of its own what names mean: that is the parser's."""
        sides = zip(self.tags.opens[openers].tolist(), self.tags.closes[openers].tolist(), strict=True)
        said = b"".join([self.data[begin:end] for begin, end in sides])  # a twentieth of all, and looked at at once
        hidden = said.count(b"hidden")
        return b"xmlns" in said or bool(hidden and hidden != sum(map(said.count, _SHOWN)))

    def _row_numbers(self, openers: Ints) -> tuple[Ints, Ints]:
        """Return the number of each row, and how many digits it has; 0 where that is not plain."""
        begins = self.tags.opens[openers] + len(b'<row r="')
        digits = (self.tags.text.at[begins[:, None] + np.arange(_ROW_DIGITS + 1)] == ord('"')).argmax(axis=1)
        numbers, read = self.tags.text.numbers(begins, begins + digits)
        read &= self.tags.text.stands(begins - len(_ADDRESS), _ADDRESS)
        return numbers.astype(np.int32), np.where(read, digits, 0)

    def _addresses(self, cells: Ints, rows: Ints, openers: Ints, digits: Ints) -> tuple[Ints, Ints]:
        """Return the column of each cell and what stands behind its address; 0 where that is none of its row."""
        text, size = self.tags.text, len(_ADDRESS)
        begins = self.tags.opens.take(cells) + len(b"<c")
        before = text.words[begins]
        named = first(before, size) == int.from_bytes(_ADDRESS, "little")
        index, length = np.zeros(len(cells), np.uint64), np.full(len(cells), size)
        for at in range(size, size + _LETTERS):
            place = (before >> 8 * at & 0xFF) - ord("A")  # what is below the letters turns over and is above them
            named &= place < 26  # noqa: PLR2004 -- letters
            if not named.any():
                break
            index = np.where(named, index * 26 + place + 1, index)
            length += named
        begins += length
        marked = (digits + 1).take(rows)  # the row's number and the quotation mark behind it
        told = text.words[self.tags.opens[openers] + len(b'<row r="')].take(rows)
        right = (length > size) & (index <= COLUMNS) & (first(text.words[begins] ^ told, marked) == 0)
        return index.astype(np.int64) - 1, np.where(right, begins + marked, 0)

    def _of_type(self, ending: bytes, cells: Ints, ends: Ints) -> Mask:
        """Tell which cells have this type, and no attribute but that and a style."""
        begin = self.tags.closes.take(cells) - len(ending)
        found = self.tags.text.stands(begin, ending) & (begin >= ends)
        styled = np.flatnonzero(found & (ends != begin))
        if len(styled):
            found[styled] = self._is_style(ends[styled], begin[styled])
        return found

    def _is_style(self, begins: Ints, ends: Ints) -> Mask:
        """Tell between which of these places a style stands and nothing else."""
        marks = ends - 1
        _, read = self.tags.text.numbers(begins + len(_STYLE), marks)
        quoted = self.tags.text.stands(begins, _STYLE) & self.tags.text.stands(marks, b'"')
        return quoted & read & (marks - begins <= len(_STYLE) + _STYLE_DIGITS)

    def _places(self, values: Ints, shared: Mask) -> Ints | None:
        """Return which shared string each cell is, -1 for those that are none; None when one is no number."""
        tags = values if shared.all() else values[shared]
        begins, ends = self.tags.closes.take(tags) + 1, self.tags.opens.take(tags + 1)
        numbers, read = self.tags.text.numbers(begins, ends)
        if not read.all() or (ends - begins > _PLACE_DIGITS).any():
            return None
        places = np.full(len(shared), -1, np.int32)
        places[shared] = numbers
        return places

    def _has_text(self, cells: Ints, ends: Ints, inside: Mask) -> Mask:
        """Tell which of these cells have a text of their own, where their type says that it is."""
        return np.where(inside, self._of_type(_INLINE, cells, ends), self._of_type(_COMPUTED, cells, ends))

    def _texts(self, tags: Ints) -> pa.StringArray | None:
        """Return the text in each of these elements; None when the parser must look at one, or at a formula."""
        if self.tags.has(FORMULA) and _MAIL.search(self.data):
            return None
        return plain_texts(self.data, self.tags.closes[tags] + 1, self.tags.opens[tags + 1])

    def _stored(self, cells: Ints, ends: Ints, values: Ints) -> list[tuple[tuple[int, str], bytes]] | None:
        """Return style, type and stored value of cells that are no text; None when the parser must look at one."""
        known: dict[bytes, tuple[int, str] | None] = {}
        found = []
        sides = (ends, self.tags.closes[cells], self.tags.closes[values] + 1, self.tags.opens[values + 1])
        for begin, end, start, stop in zip(*(side.tolist() for side in sides), strict=True):
            attributes = self.data[begin:end]
            if attributes not in known:
                known[attributes] = _style_and_kind(attributes)
            told = known[attributes]
            if told is None or start == stop:
                return None
            found.append((told, self.data[start:stop]))
        return found


def _style_and_kind(attributes: bytes) -> tuple[int, str] | None:
    """Return the style and type of a cell that is no text."""
    found = _ATTRIBUTES.fullmatch(attributes)
    kind = (found[2] or b"n").decode() if found else "s"
    return None if found is None or kind in ("s", "str", "inlineStr") else (int(found[1] or 0), kind)
