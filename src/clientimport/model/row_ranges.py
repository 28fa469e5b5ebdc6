"""Row ranges: many row numbers in few characters, as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

_MOST = 20
"""Ranges after which a sentence is cut off (chosen, not measured)."""


def row_ranges(rows: Iterable[int]) -> str:
    """Return row numbers with neighbours joined, none left out.

    >>> row_ranges([9, 4, 2, 3, 2])
    '2-4, 9'
    """
    return ", ".join(_ranges(rows))


def row_ranges_cut(rows: Iterable[int]) -> str:
    """Return row numbers with neighbours joined, the tail of a long list left out.

    >>> row_ranges_cut([3, 7, 8, 9]), row_ranges_cut(range(1, 99, 2))[-9:]
    ('3, 7-9', '37, 39, …')
    """
    ranges = _ranges(rows)
    return ", ".join(ranges[:_MOST]) + (", …" if len(ranges) > _MOST else "")


def _ranges(rows: Iterable[int]) -> list[str]:
    pairs = groupby(enumerate(sorted(set(rows))), lambda pair: pair[1] - pair[0])
    runs = [[row for _, row in run] for _, run in pairs]
    return [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
