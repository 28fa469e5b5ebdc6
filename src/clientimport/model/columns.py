"""Distinct values: what a column says again and again is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

T = TypeVar("T")

Positions = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class DistinctValues:
    """The distinct values of a column, or the distinct sets of values that stand side by side in several."""

    codes: Positions
    """Which of them stands at each position."""
    rows: tuple[tuple[Any, ...], ...]
    """The values of each, one per column; None where there is none."""


def distinct_values(columns: Sequence[pa.StringArray]) -> DistinctValues:
    """Return what stands in these columns, each set of values once.

    >>> distinct_values([pa.array(["a", "b", "a"]), pa.array(["x", None, "x"])]).rows
    (('a', 'x'), ('b', None))
    """
    codes, *others = map(_numbered, columns)
    for values in others:
        # Numbered anew each time, so that no product grows beyond the rows there are.
        together = pa.array(codes * (values.max(initial=0) + 1) + values).dictionary_encode()
        codes = together.indices.to_numpy().astype(np.int64)
    firsts = np.empty(codes.max(initial=-1) + 1, np.int64)
    firsts[codes[::-1]] = np.arange(len(codes))[::-1]
    return DistinctValues(codes, tuple(zip(*(column.take(firsts).to_pylist() for column in columns), strict=True)))


def map_distinct(columns: Sequence[pa.StringArray], found: Callable[..., T | None]) -> dict[int, T]:
    """Return by position what `found` makes of the values that stand there, called once for each distinct set of them.

    It takes one value per column, None where there is none; where it returns None nothing is said of the position.

    >>> map_distinct([pa.array(["a", "b", None, "a"])], lambda text: text and text.upper() if text != "b" else None)
    {0: 'A', 3: 'A'}
    """
    own = distinct_values(columns)
    known = [found(*row) for row in own.rows]
    told = np.array([one is not None for one in known], np.bool_)
    if not told.any():
        return {}
    hits = np.flatnonzero(told[own.codes])
    told_there = ((at, known[code]) for at, code in zip(hits.tolist(), own.codes[hits].tolist(), strict=True))
    return {at: one for at, one in told_there if one is not None}


def keep_matching(column: pa.StringArray, expression: str) -> pa.StringArray:
    """Return the values that match an expression of Arrow's, null for the others, which need no look at each.

    >>> keep_matching(pa.array(["9000 Gent", "Gent", None]), "[0-9]").to_pylist()
    ['9000 Gent', None, None]
    """
    found = pc.match_substring_regex(column, expression)
    return cast("pa.StringArray", pc.if_else(found, column, pa.scalar(None, pa.string())))


def repeated_positions(column: pa.StringArray) -> Positions:
    """Return the positions of values that stand there more than once.

    >>> repeated_positions(pa.array(["a", None, "b", "a", None])).tolist()
    [0, 3]
    """
    own = column.dictionary_encode()
    codes = own.indices.fill_null(len(own.dictionary)).to_numpy()
    counts = np.bincount(codes, minlength=len(own.dictionary) + 1)
    counts[-1] = 0  # the empty ones
    return np.flatnonzero(counts[codes] > 1)


def _numbered(column: pa.StringArray) -> Positions:
    """Return the number of the distinct value at each position, from 0; nothing is one of them."""
    own = column.dictionary_encode(null_encoding="encode")
    return own.indices.to_numpy().astype(np.int64)
