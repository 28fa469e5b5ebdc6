"""References to cells: `B12`, and ranges of them, whole columns and whole rows among them."""

from __future__ import annotations

import re

from clientimport.files.limits import COLUMNS, ROWS
from clientimport.files.readers.sheet import MergedRange

_LETTERS = 3
_SIDE = re.compile(r"\$?(?P<letters>[A-Z]{0,3})\$?(?P<digits>[0-9]{0,7})")


def column_index(letters: str) -> int:
    """Return the position of a column, from 0. Raises ValueError for what is none, as beyond XFD.

    >>> column_index("A"), column_index("XFD")
    (0, 16383)
    """
    index = 0
    for character in letters[: _LETTERS + 1]:
        if not "A" <= character <= "Z":
            raise ValueError("not a cell")
        index = index * 26 + ord(character) - ord("A") + 1
    if not 0 < index <= COLUMNS:
        raise ValueError("not a cell")
    return index - 1


def parse_range(reference: str) -> MergedRange | None:
    """Return the range, cut at the edges of a sheet; None for what names none.

    >>> parse_range("B2:C3"), parse_range("J:K") == MergedRange(1, 9, ROWS, 10), parse_range("#REF!")
    (MergedRange(top=2, left=1, bottom=3, right=2), True, None)
    """
    first, _, last = reference.strip().partition(":")
    begin, end = _SIDE.fullmatch(first), _SIDE.fullmatch(last or first)
    if not begin or not end or not first:
        return None
    try:
        left = column_index(begin["letters"]) if begin["letters"] else 0
        right = column_index(end["letters"]) if end["letters"] else COLUMNS - 1
    except ValueError:
        return None
    top, bottom = int(begin["digits"] or 1), int(end["digits"] or ROWS)
    return MergedRange(max(top, 1), left, min(bottom, ROWS), right)
