"""Many rows of a sheet's XML at once, where all are written as nearly all programs write them.

What would be ten calls a cell are a few passes over the bytes. A block with anything else in it (a hidden row, a cell
without an address, a formula without a result) is none: it is read again in smaller parts, in the end by the parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyarrow as pa

from clientimport.files.bounds import COLUMNS
from clientimport.files.grid import Ints, Mask
from clientimport.files.plain_text import plain_text, unescaped

Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]

_ROW, _CELL, _VALUE, _VALUE_END, _CELL_END, _ROW_END = range(6)
_IS, _TEXT, _TEXT_END, _IS_END, _FORMULA, _FORMULA_END, _OTHER = range(6, 13)
_FOLLOWS = (
    *((_ROW, _CELL), (_ROW, _ROW_END), (_CELL, _VALUE), (_CELL, _IS), (_VALUE, _VALUE_END), (_VALUE_END, _CELL_END)),
    *((_CELL_END, _CELL), (_CELL_END, _ROW_END), (_ROW_END, _ROW)),
    *((_IS, _TEXT), (_TEXT, _TEXT_END), (_TEXT_END, _IS_END), (_IS_END, _CELL_END)),
    *((_CELL, _FORMULA), (_FORMULA, _FORMULA_END), (_FORMULA_END, _VALUE)),
)
"""Which tag may come after which."""
_ALLOWED = np.zeros((_OTHER + 1, _OTHER + 1), np.bool_)
_ALLOWED[tuple(zip(*_FOLLOWS, strict=True))] = True

_NAMES = (
    *(("ro", _ROW, 0), ("c ", _CELL, 0), ("v>", _VALUE, 0), ("is", _IS, 3), ("t>", _TEXT, 0), ("t ", _TEXT, 0)),
    *(("f>", _FORMULA, 0), ("f ", _FORMULA, 0), ("/f", _FORMULA_END, 3)),
    *(("/r", _ROW_END, 5), ("/c", _CELL_END, 3), ("/v", _VALUE_END, 3), ("/i", _IS_END, 4), ("/t", _TEXT_END, 3)),
)
"""The first two letters of each tag, what it is, and how far its end is from its beginning where that is fixed."""
_BY_LETTERS: np.ndarray[Any, np.dtype[np.uint8]] = np.full(2**16, _OTHER, np.uint8)
_SIZES: np.ndarray[Any, np.dtype[np.int64]] = np.zeros(_OTHER + 1, np.int64)
for _letters, _kind, _size in _NAMES:
    _BY_LETTERS[ord(_letters[0]) * 256 + ord(_letters[1])] = _kind
    _SIZES[_kind] = _size

_SHOWN = (b'hidden="false"', b'hidden="0"')
"""What LibreOffice says of every row; any other word about it is the parser's."""
_ROW_DIGITS, _PLACE_DIGITS, _STYLE_DIGITS = 7, 7, 5
_SHARED, _INLINE, _COMPUTED = b' t="s"', b' t="inlineStr"', b' t="str"'
"""What makes a cell one of text: shared, its own, or a formula's."""
_STYLE = b' s="'
_ATTRIBUTES = re.compile(rb'(?: s="([0-9]{1,5})")?(?: t="([a-zA-Z]+)")?')
_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f]")
"""What XML forbids, and a carriage return."""
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
"""U+FFFE and U+FFFF, which XML forbids."""
_MAIL = re.compile(rb"(?i)mailto")
_PADDING = bytes(32)


@dataclass(frozen=True, slots=True)
class Block:
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


def block(data: bytes) -> Block | None:
    """Return the rows in `data`, which begins with the first one and ends with the last; None if one is not plain."""
    if b"\r" in data or data.count(b"hidden") != sum(map(data.count, _SHOWN)):  # it makes others of such line ends
        return None
    read = _Reading.of(data)
    return None if read is None else read.block()


@dataclass(frozen=True, slots=True)
class _Reading:
    data: bytes
    at: Bytes
    """The bytes, and some more so that one may look beyond the last tag."""
    opens: Ints
    """Where tags begin."""
    closes: Ints
    """Where they end."""
    kinds: Ints

    @classmethod
    def of(cls, data: bytes) -> _Reading | None:
        at = np.frombuffer(data + _PADDING, np.uint8)
        opens, closes = np.flatnonzero(at == ord("<")), np.flatnonzero(at == ord(">"))
        if len(opens) != len(closes) or (opens > closes).any() or (closes[:-1] > opens[1:]).any():
            return None
        kinds = _kinds(at, opens, closes)
        empty = ((kinds == _CELL) | (kinds == _FORMULA)) & (at[closes - 1] == ord("/"))
        if empty.any():  # cells with a format and nothing in them, and formulas that stand at another cell
            opens, closes, kinds = opens[~empty], closes[~empty], kinds[~empty]
        if not len(kinds) or kinds[0] != _ROW or kinds[-1] != _ROW_END or not _ALLOWED[kinds[:-1], kinds[1:]].all():
            return None
        return cls(data, at, opens, closes, kinds)

    def block(self) -> Block | None:
        tags = np.flatnonzero(self.kinds == _ROW)
        numbers, ends = self._numbers(self.opens[tags] + 8, _ROW_DIGITS)
        if not ((ends > 0) & self._stands(self.opens[tags] + 5, b'r="')).all():
            return None
        cells = np.flatnonzero(self.kinds == _CELL)
        rows = np.cumsum(self.kinds == _ROW)[cells] - 1
        indexes, ends = self._addresses(cells)
        if not (ends > 0).all() or ((np.diff(indexes) <= 0) & (np.diff(rows) == 0)).any():
            return None
        values = cells + 1 + 2 * (self.kinds[cells + 1] == _FORMULA)
        inside = self.kinds[values] == _IS
        shared = self._of_type(_SHARED, cells, ends) & ~inside
        places = np.full(len(cells), -1, np.int32)
        places[shared], read = self._numbers(self.closes[values[shared]] + 1, _PLACE_DIGITS, ord("<"))
        own = (self._of_type(_INLINE, cells, ends) & inside) | (self._of_type(_COMPUTED, cells, ends) & ~inside)
        if not (read > 0).all() or not (shared.all() or self._is_readable()):
            return None
        texts = self._texts(values[own] + inside[own])
        others = np.flatnonzero(~(shared | own))
        stored = self._stored(cells[others], ends[others], values[others])
        if texts is None or stored is None:
            return None
        return Block(numbers, rows, indexes, places, np.flatnonzero(own), texts, others, stored)

    def _is_readable(self) -> bool:
        """Return whether texts can be taken from the bytes as they are."""
        if _CONTROL.search(self.data) or any(one in self.data for one in _NO_CHARACTERS):
            return False
        try:
            self.data.decode()
        except UnicodeDecodeError:
            return False
        return not (self.kinds == _FORMULA).any() or not _MAIL.search(self.data)

    def _texts(self, tags: Ints) -> pa.StringArray | None:
        """Return the text in each of these elements; None when the parser must look at one."""
        begins = self.closes[tags] + 1
        lengths = self.opens[tags + 1] - begins
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        taken = self.at[np.arange(offsets[-1]) + np.repeat(begins - offsets[:-1], lengths)].tobytes()
        buffers = pa.py_buffer(offsets.astype(np.int32).tobytes()), pa.py_buffer(taken)
        texts: Any = pa.StringArray.from_buffers(len(tags), *buffers)
        if b"&" not in taken and b"_x" not in taken:
            return cast("pa.StringArray", texts)
        read = [plain_text(text.encode()) for text in texts.to_pylist()]
        return None if None in read else pa.array([unescaped(text or "") for text in read], pa.string())

    def _stands(self, where: Ints, word: bytes) -> Mask:
        """Tell at which of these places `word` stands."""
        found = np.ones(len(where), np.bool_)
        for step, byte in enumerate(word):
            found &= self.at[where + step] == byte
        return found

    def _numbers(self, where: Ints, most: int, mark: int = ord('"')) -> tuple[Ints, Ints]:
        """Return the whole numbers that begin at these places, and where the mark is that ends them, 0 without it."""
        number, length = np.zeros(len(where), np.int32), np.zeros(len(where), np.int32)
        inside = np.ones(len(where), np.bool_)
        for step in range(most):
            digit = self.at[where + step] - np.uint8(ord("0"))  # what is below the digits turns over and is above them
            inside &= digit <= 9  # noqa: PLR2004 -- digits
            if not inside.any():
                break
            number = np.where(inside, number * 10 + digit, number)
            length += inside
        ended = (length > 0) & (self.at[where + length] == mark)
        return number, np.where(ended, where + length, 0)

    def _addresses(self, cells: Ints) -> tuple[Ints, Ints]:
        """Return the column of each cell and what stands behind its address, 0 where it has none."""
        begin = self.opens[cells] + 6
        index, length = np.zeros(len(cells), np.int32), np.zeros(len(cells), np.int32)
        inside = self._stands(begin - 3, b'r="')
        for step in range(3):
            place = self.at[begin + step] - np.uint8(ord("A"))
            inside &= place < 26  # noqa: PLR2004 -- letters
            if not inside.any():
                break
            index = np.where(inside, index * 26 + place + 1, index)
            length += inside
        _, ends = self._numbers(begin + length, _ROW_DIGITS)
        return index - 1, np.where((length > 0) & (index <= COLUMNS) & (ends > 0), ends + 1, 0)

    def _of_type(self, ending: bytes, cells: Ints, ends: Ints) -> Mask:
        """Tell which cells have this type, and no attribute but that and a style."""
        begin = self.closes[cells] - len(ending)
        found = self._stands(begin, ending) & (begin >= ends)
        styled = np.flatnonzero(found & (ends != begin))
        _, marks = self._numbers(ends[styled] + len(_STYLE), _STYLE_DIGITS)
        found[styled] = self._stands(ends[styled], _STYLE) & (marks + 1 == begin[styled])
        return found

    def _stored(self, cells: Ints, ends: Ints, values: Ints) -> list[tuple[tuple[int, str], bytes]] | None:
        """Return style, type and stored value of cells that are no text; None when the parser must look at one."""
        known: dict[bytes, tuple[int, str] | None] = {}
        found = []
        sides = (ends, self.closes[cells], self.closes[values] + 1, self.opens[values + 1])
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


def _kinds(at: Bytes, opens: Ints, closes: Ints) -> Ints:
    """Return what each tag is."""
    first, second = at[opens + 1].astype(np.int32), at[opens + 2]
    kinds: Ints = _BY_LETTERS[first * 256 + second]
    size, wanted = closes - opens, _SIZES[kinds]
    kinds[(wanted > 0) & (size != wanted)] = _OTHER
    for kind, place in ((_ROW, 2), (_ROW_END, 3)):  # `<rPh` and `</rPh` begin so, too
        rows = np.flatnonzero(kinds == kind)
        named = (at[opens[rows] + place] == ord("o")) & (at[opens[rows] + place + 1] == ord("w"))
        kinds[rows[~named]] = _OTHER
    openers = np.flatnonzero((kinds == _ROW) | (kinds == _TEXT))
    kinds[openers[at[closes[openers] - 1] == ord("/")]] = _OTHER
    return kinds
