"""Records: the canonical values of a table, by field and column-wise, and where each came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from clientimport.model.table import Column


@dataclass(frozen=True, slots=True)
class Records:
    """Canonical columns of equal length, aligned with `rows`; null where a value is absent or was not understood."""

    rows: np.ndarray[tuple[int], np.dtype[np.int64]]
    """The spreadsheet's row numbers."""
    fields: Mapping[str, pa.StringArray]
    """By canonical field name."""
    origins: Mapping[str, Column]
    """The column each field was read or derived from; a field filled by `--default` has none."""

    def column(self, field: str) -> pa.StringArray:
        """Return the column of `field`; all null when the field is not there."""
        column = self.fields.get(field)
        return pa.nulls(len(self.rows), pa.string()) if column is None else column

    def values(self, field: str) -> list[str | None]:
        """Return the values of `field` in row order; all None when the field is not there."""
        column = self.fields.get(field)
        return [None] * len(self.rows) if column is None else column.to_pylist()

    def typed_value(self, field: str, position: int) -> str | None:
        """Return what the user typed where `field` of this row came from."""
        origin = self.origins.get(field)
        return None if origin is None else origin.values[position].as_py()

    def with_field(self, field: str, column: pa.StringArray, origin: Column | None = None) -> Records:
        """Return records in which `field` has these values, read or derived from `origin`."""
        origins = dict(self.origins) if origin is None else {**self.origins, field: origin}
        return Records(self.rows, {**self.fields, field: column}, origins)
