"""A closed choice of words."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc


def is_one_of(values: pa.StringArray, words: Iterable[str]) -> pa.BooleanArray:
    """Return which values are one of `words`; null where the value is null.

    >>> is_one_of(pa.array(["BE", "be", None]), ["BE", "LU"]).to_pylist()
    [True, False, None]
    """
    among = pc.is_in(values, pa.array(list(words), pa.string()))
    known: pa.BooleanArray = pc.if_else(pc.is_valid(values), among, pa.scalar(None, pa.bool_()))
    return known
