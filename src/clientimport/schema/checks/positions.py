"""Positions: where in a column something holds."""

from __future__ import annotations

import numpy as np
import pyarrow as pa


def true_positions(mask: pa.BooleanArray) -> list[int]:
    """Return the positions at which `mask` is true; null is not.

    >>> true_positions(pa.array([True, None, False, True]))
    [0, 3]
    """
    found: list[int] = np.flatnonzero(mask.fill_null(False).to_numpy(zero_copy_only=False)).tolist()
    return found
