"""Columns: functions on whole columns, most of which look at each distinct value once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

T = TypeVar("T")

Positions = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class DistinctValues:
    """The distinct values of a column, or the distinct combinations of several columns (as pandas' `factorize`)."""

    codes: Positions
    """The index into `rows` of each position."""
    rows: tuple[tuple[Any, ...], ...]
    """Each combination, one value per column; None where a cell is empty."""


def distinct_values(columns: Sequence[pa.StringArray]) -> DistinctValues:
    """Return the distinct combinations of values in these columns.

    >>> distinct_values([pa.array(["a", "b", "a"]), pa.array(["x", None, "x"])]).rows
    (('a', 'x'), ('b', None))
    """
    codes, *others = map(_codes_of, columns)
    for values in others:
        # New codes after each column, so that no product grows beyond the number of rows.
        together = pa.array(codes * (values.max(initial=0) + 1) + values).dictionary_encode()
        codes = together.indices.to_numpy().astype(np.int64)
    firsts = np.empty(codes.max(initial=-1) + 1, np.int64)
    firsts[codes[::-1]] = np.arange(len(codes))[::-1]
    return DistinctValues(codes, tuple(zip(*(column.take(firsts).to_pylist() for column in columns), strict=True)))


def map_distinct(columns: Sequence[pa.StringArray], function: Callable[..., T | None]) -> dict[int, T]:
    """Return by position what `function` makes of the values that stand there, called once for each distinct set.

    It takes one value per column, None where there is none; positions for which it returns None are left out.

    >>> map_distinct([pa.array(["a", "b", None, "a"])], lambda text: text and text.upper() if text != "b" else None)
    {0: 'A', 3: 'A'}
    """
    distinct = distinct_values(columns)
    results = [function(*row) for row in distinct.rows]
    has_result = np.array([result is not None for result in results], np.bool_)
    if not has_result.any():
        return {}
    hits = np.flatnonzero(has_result[distinct.codes])
    by_position = zip(hits.tolist(), distinct.codes[hits].tolist(), strict=True)
    return {position: result for position, code in by_position if (result := results[code]) is not None}


def keep_matching(column: pa.StringArray, expression: str) -> pa.StringArray:
    """Return the column with null where a value does not match the expression (RE2, as Arrow takes it).

    >>> keep_matching(pa.array(["9000 Gent", "Gent", None]), "[0-9]").to_pylist()
    ['9000 Gent', None, None]
    """
    matches = pc.match_substring_regex(column, expression)
    return cast("pa.StringArray", pc.if_else(matches, column, pa.scalar(None, pa.string())))


def repeated_positions(column: pa.StringArray) -> Positions:
    """Return the positions of values that occur more than once.

    >>> repeated_positions(pa.array(["a", None, "b", "a", None])).tolist()
    [0, 3]
    """
    dictionary = column.dictionary_encode()
    codes = dictionary.indices.fill_null(len(dictionary.dictionary)).to_numpy()
    counts = np.bincount(codes, minlength=len(dictionary.dictionary) + 1)
    counts[-1] = 0  # the empty ones
    return np.flatnonzero(counts[codes] > 1)


def _codes_of(column: pa.StringArray) -> Positions:
    """Return the code of the value at each position, from 0; null has a code too."""
    dictionary = column.dictionary_encode(null_encoding="encode")
    return dictionary.indices.to_numpy().astype(np.int64)


def is_one_of(values: pa.StringArray, words: Iterable[str]) -> pa.BooleanArray:
    """Return which values are one of `words`; null where the value is null.

    >>> is_one_of(pa.array(["BE", "be", None]), ["BE", "LU"]).to_pylist()
    [True, False, None]
    """
    among = pc.is_in(values, pa.array(list(words), pa.string()))
    result: pa.BooleanArray = pc.if_else(pc.is_valid(values), among, pa.scalar(None, pa.bool_()))
    return result


def true_positions(mask: pa.BooleanArray) -> list[int]:
    """Return the positions at which `mask` is true; null is not.

    >>> true_positions(pa.array([True, None, False, True]))
    [0, 3]
    """
    positions: list[int] = np.flatnonzero(mask.fill_null(False).to_numpy(zero_copy_only=False)).tolist()
    return positions
