"""Row ranges: many row numbers in few characters, with neighbours joined."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

LIMIT = 20
"""Ranges that a finding shows: about two lines in a terminal; chosen, not measured."""


def row_ranges(rows: Iterable[int], *, limit: int | None = None) -> str:
    """Return row numbers as ranges, of which at most `limit` are shown.

    >>> row_ranges([9, 4, 2, 3, 2]), row_ranges([1, 3, 5], limit=2)
    ('2-4, 9', '1, 3, …')
    """
    numbers = sorted(set(rows))
    runs = (tuple(run) for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]))
    names = [_range(run[0][1], run[-1][1]) for run in runs]
    return ", ".join(names[:limit]) + (", …" if limit is not None and len(names) > limit else "")


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
