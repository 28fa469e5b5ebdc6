"""Row ranges: many row numbers in few characters, none left out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby


def row_ranges(rows: Iterable[int]) -> str:
    """Return row numbers with neighbours drawn together.

    >>> row_ranges([9, 4, 2, 3, 2])
    '2-4, 9'
    """
    numbers = sorted(set(rows))
    runs = (tuple(run) for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]))
    return ", ".join(_run(run[0][1], run[-1][1]) for run in runs)


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
