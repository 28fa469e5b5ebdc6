"""Row numbers as people write them."""

from __future__ import annotations

from collections.abc import Iterable

_SHOWN = 20


def row_ranges_cut(numbers: Iterable[int]) -> str:
    """Return rising `numbers` with neighbours joined, the tail of a long list left out.

    >>> row_ranges_cut([3, 7, 8, 9])
    '3, 7-9'
    """
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    names = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
