"""Many rows of a sheet's XML at once, where all are written as nearly all programs write them.

What would be ten calls a cell are a few passes over the bytes. A block with anything else in it, a formula, a hidden
row, a cell without an address, is none: it is read again in smaller parts, and in the end by the parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from clientimport.files.bounds import COLUMNS
from clientimport.files.grid import Ints, Mask

Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]

_ROW, _CELL, _VALUE, _VALUE_END, _CELL_END, _ROW_END, _IS, _TEXT, _TEXT_END, _IS_END, _OTHER = range(11)
_FOLLOWS = (
    *((_ROW, _CELL), (_ROW, _ROW_END), (_CELL, _VALUE), (_CELL, _IS), (_VALUE, _VALUE_END), (_VALUE_END, _CELL_END)),
    *((_CELL_END, _CELL), (_CELL_END, _ROW_END), (_ROW_END, _ROW)),
    *((_IS, _TEXT), (_TEXT, _TEXT_END), (_TEXT_END, _IS_END), (_IS_END, _CELL_END)),
)
"""Which tag may come after which."""
_ALLOWED = np.zeros((_OTHER + 1, _OTHER + 1), np.bool_)
_ALLOWED[tuple(zip(*_FOLLOWS, strict=True))] = True

_NAMES = (
    *(("ro", _ROW, 0), ("c ", _CELL, 0), ("v>", _VALUE, 0), ("is", _IS, 3), ("t>", _TEXT, 0), ("t ", _TEXT, 0)),
    *(("/r", _ROW_END, 5), ("/c", _CELL_END, 3), ("/v", _VALUE_END, 3), ("/i", _IS_END, 4), ("/t", _TEXT_END, 3)),
)
"""The first two letters of each tag, what it is, and how far its end is from its beginning where that is fixed."""
_BY_LETTERS: np.ndarray[Any, np.dtype[np.uint8]] = np.full(2**16, _OTHER, np.uint8)
_SIZES: np.ndarray[Any, np.dtype[np.int64]] = np.zeros(_OTHER + 1, np.int64)
for _letters, _kind, _size in _NAMES:
    _BY_LETTERS[ord(_letters[0]) * 256 + ord(_letters[1])] = _kind
    _SIZES[_kind] = _size

_NEVER = (b"hidden", b"\r")
"""Whose rows the parser must see: what is hidden, and line ends that it makes others of."""
_ROW_DIGITS, _PLACE_DIGITS, _STYLE_DIGITS = 7, 7, 5
_TAIL = b' t="s"'
_STYLE = b' s="'
_ATTRIBUTES = re.compile(rb'(?: s="([0-9]{1,5})")?(?: t="([a-zA-Z]+)")?')
_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f]")
"""What XML forbids, and a carriage return."""
_PADDING = bytes(32)


@dataclass(frozen=True, slots=True)
class Other:
    """A cell whose text is not shared: its position in the block, style, type, and what is stored."""

    at: int
    style: int
    kind: str
    stored: bytes
    inside: bool
    """Whether the text stands in the cell itself (`inlineStr`)."""


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
    others: tuple[Other, ...]


def block(data: bytes) -> Block | None:
    """Return the rows in `data`, which begins with the first one and ends with the last; None if one is not plain."""
    if any(word in data for word in _NEVER):
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
        empty = (kinds == _CELL) & (at[closes - 1] == ord("/"))
        if empty.any():  # cells with a format and nothing in them
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
        shared = self._shared(cells, ends)
        places = np.full(len(cells), -1, np.int32)
        places[shared], read = self._numbers(self.closes[cells[shared] + 1] + 1, _PLACE_DIGITS, ord("<"))
        others = self._others(cells, ends, np.flatnonzero(~shared))
        return Block(numbers, rows, indexes, places, others) if (read > 0).all() and others is not None else None

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

    def _shared(self, cells: Ints, ends: Ints) -> Mask:
        """Tell which cells hold a shared string and no attribute but that and a style."""
        tail = self.closes[cells] - len(_TAIL)
        plain: Mask = self._stands(tail, _TAIL) & (self.kinds[cells + 1] == _VALUE)
        styled = np.flatnonzero(plain & (ends != tail))
        _, marks = self._numbers(ends[styled] + len(_STYLE), _STYLE_DIGITS)
        plain[styled] = self._stands(ends[styled], _STYLE) & (marks + 1 == tail[styled])
        return plain

    def _others(self, cells: Ints, ends: Ints, which: Ints) -> tuple[Other, ...] | None:
        if not len(which):
            return ()
        if _CONTROL.search(self.data):
            return None
        tags = cells[which]
        inside = self.kinds[tags + 1] == _IS
        first = self.closes[tags + 1 + inside] + 1
        last = self.opens[tags + 2 + inside]
        known: dict[bytes, tuple[int, str] | None] = {}
        found = []
        sides = (which, ends[which], self.closes[tags], first, last, inside)
        for at, begin, end, start, stop, within in zip(*(side.tolist() for side in sides), strict=True):
            attributes = self.data[begin:end]
            if attributes not in known:
                known[attributes] = _style_and_kind(attributes)
            told = known[attributes]
            if told is None or within != (told[1] == "inlineStr") or told[1] == "s" or (start == stop and not within):
                return None
            found.append(Other(at, *told, self.data[start:stop], within))
        return tuple(found)


def _style_and_kind(attributes: bytes) -> tuple[int, str] | None:
    found = _ATTRIBUTES.fullmatch(attributes)
    return (int(found[1] or 0), (found[2] or b"n").decode()) if found else None


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
