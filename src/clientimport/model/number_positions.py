"""Number positions: which of many texts may hold a national register number or a matricule, looked at all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Ints = np.ndarray[Any, np.dtype[Any]]

_MATRICULE, _NATIONAL, _EATEN = 13, 11, 10
"""Digits of Luxembourg's number, of Belgium's, and of one of which a spreadsheet ate the first zero."""
_GAP = 3
"""Characters at most between two digits of a number."""
_APART = "\0" * (_GAP + 1)
"""Between texts: no number goes on behind it."""
_ASCII = 127
"""The last byte of ASCII; texts beyond it may have digits and gaps of other scripts, and are looked at one by one."""
_CENTURY = 2_000_000_000 % 97
"""Added before the nine digits of somebody born from 2000 on."""


def positions_with_numbers(texts: Sequence[str]) -> list[int]:
    """Return the positions of all texts that hold such a number, and of a few that only look like it.

    >>> positions_with_numbers(["85.07.30-033.28", "BE68 5390 0754 7034", "5011500772", "9000 Gent"])
    [0, 2]
    """
    characters = np.frombuffer(_APART.join(texts).encode(errors="surrogatepass"), np.uint8)
    apart = np.flatnonzero(characters == ord(_APART[0]))
    if len(apart) != len(_APART) * max(len(texts) - 1, 0):  # one of them has such a character itself
        return list(range(len(texts)))
    places = np.concatenate([_candidates(characters), np.flatnonzero(characters > _ASCII)])
    positions: list[int] = np.unique(np.searchsorted(apart[:: len(_APART)], places)).tolist()
    return positions


def _candidates(characters: Ints) -> Ints:
    """Return where in ASCII characters a number may begin: at the start of a run of digits, ending with one."""
    places = np.flatnonzero((characters >= ord("0")) & (characters <= ord("9")))
    digits = (characters[places] - ord("0")).astype(np.int64)
    distances = np.diff(places, prepend=-2, append=len(characters) + 1)
    starts, ends, breaks = distances[:-1] > 1, distances[1:] > 1, np.cumsum(distances > _GAP + 1)
    candidates = []
    for length, may_be in ((_MATRICULE, _is_dated), (_NATIONAL, _has_check_digits), (_EATEN, _has_lost_zero)):
        first = np.flatnonzero(starts[: max(len(digits) - length + 1, 0)] & ends[length - 1 :])
        first = first[breaks[first + length - 1] == breaks[first]]
        candidates.append(places[first[may_be(digits[first[:, None] + np.arange(length)])]])
    return np.concatenate(candidates)


def _is_dated(numbers: Ints) -> Ints:
    """Return which numbers may begin with a year of the 19th century or a later one."""
    may_be: Ints = np.isin(numbers[:, 0], (1, 2))
    return may_be


def _has_check_digits(numbers: Ints) -> Ints:
    """Return which numbers have the check digits of a birth in either century."""
    body, check = _number(numbers[:, :-2]), _number(numbers[:, -2:])
    fits: Ints = (97 - body % 97 == check) | (97 - (body + _CENTURY) % 97 == check)
    return fits


def _has_lost_zero(numbers: Ints) -> Ints:
    fits: Ints = (numbers[:, 0] > 0) & _has_check_digits(numbers)
    return fits


def _number(digits: Ints) -> Ints:
    """Return the number that the digits of each row are."""
    result: Ints = digits @ 10 ** np.arange(digits.shape[1] - 1, -1, -1)
    return result
