"""The tags of a sheet's rows: where each begins and ends and what it is, found by a few passes over the bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from clientimport.files.readers.cell_grid import Ints
from clientimport.files.readers.xlsx.bulk.byte_index import ByteIndex, Bytes

ROW, CELL, VALUE, VALUE_END, CELL_END, ROW_END = range(6)
INSIDE, TEXT, TEXT_END, INSIDE_END, FORMULA, FORMULA_END, OTHER = range(6, 13)
_FOLLOWS = (
    *((ROW, CELL), (ROW, ROW_END), (CELL, VALUE), (CELL, INSIDE), (VALUE, VALUE_END), (VALUE_END, CELL_END)),
    *((CELL_END, CELL), (CELL_END, ROW_END), (ROW_END, ROW)),
    *((INSIDE, TEXT), (TEXT, TEXT_END), (TEXT_END, INSIDE_END), (INSIDE_END, CELL_END)),
    *((CELL, FORMULA), (FORMULA, FORMULA_END), (FORMULA_END, VALUE)),
)
"""Which tag may come after which."""
_ALLOWED = np.zeros(2**8, np.bool_)
_ALLOWED[[before << 4 | after for before, after in _FOLLOWS]] = True

_NAMES = (
    *(("ro", ROW, 0), ("c ", CELL, 0), ("v>", VALUE, 0), ("is", INSIDE, 3), ("t>", TEXT, 0), ("t ", TEXT, 0)),
    *(("f>", FORMULA, 0), ("f ", FORMULA, 0), ("/f", FORMULA_END, 3)),
    *(("/r", ROW_END, 5), ("/c", CELL_END, 3), ("/v", VALUE_END, 3), ("/i", INSIDE_END, 4), ("/t", TEXT_END, 3)),
)
"""The first two letters of each tag, what it is, and how far its end is from its beginning where that is fixed."""
_BY_LETTERS: np.ndarray[Any, np.dtype[np.uint8]] = np.full(2**16, OTHER, np.uint8)
_SIZES: np.ndarray[Any, np.dtype[np.int64]] = np.zeros(OTHER + 1, np.int64)
for _letters, _kind, _size in _NAMES:
    _BY_LETTERS[ord(_letters[0]) << 8 | ord(_letters[1])] = _kind
    _SIZES[_kind] = _size


@dataclass(frozen=True, slots=True)
class TagIndex:
    """The tags of rows that are written as nearly all are, in order; empty cells are left out."""

    index: ByteIndex
    opens: Ints
    """Where each begins."""
    closes: Ints
    """Where its `>` stands."""
    kinds: Bytes
    """What each is."""

    @classmethod
    def from_bytes(cls, data: bytes) -> TagIndex | None:
        """Return the tags in `data`; None when one is of another kind or stands where it must not."""
        index = ByteIndex.from_bytes(data)
        brackets = index.angle_brackets()  # they take turns
        opens, closes = np.ascontiguousarray(brackets[::2]), np.ascontiguousarray(brackets[1::2])
        values = index.values
        if len(brackets) % 2 or not (
            (values.take(opens) == ord("<")).all() and (values.take(closes) == ord(">")).all()
        ):
            return None
        kinds = _kinds(values, opens, closes)
        empty = ((kinds == CELL) | (kinds == FORMULA)) & (values.take(closes - 1) == ord("/"))
        if empty.any():  # cells with a format and nothing in them, and formulas that stand at another cell
            opens, closes, kinds = opens[~empty], closes[~empty], kinds[~empty]
        if not len(kinds) or kinds[0] != ROW or kinds[-1] != ROW_END:
            return None
        return cls(index, opens, closes, kinds) if _ALLOWED.take(kinds[:-1] << 4 | kinds[1:]).all() else None

    def has(self, kind: int) -> bool:
        """Return whether there is a tag of this kind."""
        return bool((self.kinds == kind).any())

    def of_kind(self, kind: int) -> Ints:
        """Return the positions of the tags of this kind."""
        return np.flatnonzero(self.kinds == kind)


def _kinds(values: Bytes, opens: Ints, closes: Ints) -> Bytes:
    """Return what each tag is."""
    kinds: Bytes = _BY_LETTERS.take(values.take(opens + 1).astype(np.int64) << 8 | values.take(opens + 2))
    sizes = _SIZES.take(kinds)
    longer = (sizes > 0) & (closes - opens != sizes)
    if longer.any():
        kinds[longer] = OTHER
    rows = np.flatnonzero((kinds == ROW) | (kinds == ROW_END))
    names = opens[rows] + 2 + (kinds[rows] == ROW_END)  # `<rPh` and `</rPh` begin so, too
    kinds[rows[(values.take(names) != ord("o")) | (values.take(names + 1) != ord("w"))]] = OTHER
    openers = np.concatenate([rows[kinds[rows] == ROW], np.flatnonzero(kinds == TEXT)])
    kinds[openers[values.take(closes[openers] - 1) == ord("/")]] = OTHER
    return kinds
