"""Number positions: which of many texts may hold a national register number or a matricule, looked at all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Ints = np.ndarray[tuple[int], np.dtype[Any]]

_MATRICULE, _NATIONAL, _EATEN = 13, 11, 10
"""Digits of Luxembourg's number, of Belgium's, and of one of which a spreadsheet ate the first zero."""
_GAP = 3
"""Characters at most between two digits of a number."""
_CENTURY = 2_000_000_000 % 97
"""Added before the nine digits of somebody born from 2000 on."""


def positions_with_numbers(texts: Sequence[str]) -> list[int]:
    """Return the positions of all texts that hold such a number, and of a few that only look like it.

    >>> positions_with_numbers(["85.07.30-033.28", "BE68 5390 0754 7034", "5011500772", "9000 Gent"])
    [0, 2]
    """
    others = [position for position, text in enumerate(texts) if not text.isascii()]
    positions = [position for position, text in enumerate(texts) if text.isascii()]
    lengths = [len(texts[position]) + 1 for position in positions]
    together = np.frombuffer("\n".join([texts[position] for position in positions]).encode(), np.uint8)
    ends = np.cumsum(lengths)
    numbers = np.unique(np.searchsorted(ends, _candidates(together), side="right"))
    return sorted([*others, *(positions[number] for number in numbers.tolist())])


def _candidates(characters: Ints) -> Ints:
    """Return where in ASCII characters a number may begin: at the start of a run of digits, ending with one."""
    is_digit = (characters >= ord("0")) & (characters <= ord("9"))
    places = np.flatnonzero(is_digit)
    digits = (characters[places] - ord("0")).astype(np.int64)
    follows = np.diff(places, prepend=-2) == 1
    starts, ends = ~follows, ~np.append(follows[1:], False)
    found = []
    for length, fits in ((_MATRICULE, _is_dated), (_NATIONAL, _has_check_digits), (_EATEN, _has_lost_zero)):
        first = np.flatnonzero(starts[: max(len(digits) - length + 1, 0)] & ends[length - 1 :])
        first = first[places[first + length - 1] - places[first] <= (length - 1) * (_GAP + 1)]
        found.append(places[first[fits(digits[first[:, None] + np.arange(length)])]])
    return np.concatenate(found)


def _is_dated(numbers: Ints) -> Ints:
    """Return which numbers may begin with a year of the 19th century or a later one."""
    return np.isin(numbers[:, 0], (1, 2))


def _has_check_digits(numbers: Ints) -> Ints:
    """Return which numbers have the check digits of a birth in either century."""
    body, check = _number(numbers[:, :-2]), _number(numbers[:, -2:])
    return (97 - body % 97 == check) | (97 - (body + _CENTURY) % 97 == check)


def _has_lost_zero(numbers: Ints) -> Ints:
    return (numbers[:, 0] > 0) & _has_check_digits(numbers)


def _number(digits: Ints) -> Ints:
    """Return the number that the digits of each row are."""
    result: Ints = digits @ 10 ** np.arange(digits.shape[1] - 1, -1, -1)
    return result
