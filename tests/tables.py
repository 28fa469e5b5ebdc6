"""Small tables for tests, as reading would give them: the header in row 1, the first record in row 2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from clientimport.matching.column_mapping import ColumnMapping, ColumnMatch
from clientimport.model.table import CellFlag, Column, Table

Cells = Sequence[str | None]


def column(index: int, header: str, cells: Cells, oddities: Mapping[int, CellFlag] | None = None) -> Column:
    """Return a column of text."""
    return Column(index, header, pa.array(list(cells), pa.string()), oddities or {})


def table(columns: Mapping[str, Cells]) -> Table:
    """Return a table with these headers and cells."""
    made = tuple(column(index, header, cells) for index, (header, cells) in enumerate(columns.items()))
    count = len(made[0].values) if made else 0
    return Table("clients.xlsx", "Clients", 1, made, np.arange(2, count + 2, dtype=np.int64))


def mapped(read: Table, language: str | None = None) -> ColumnMapping:
    """Return the mapping of a table whose headers are the canonical names themselves."""
    return ColumnMapping(
        tuple(ColumnMatch(column, column.header, certain=True, confidence=1.0, used=True) for column in read.columns),
        language=language,
    )
