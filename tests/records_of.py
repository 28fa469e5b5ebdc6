"""Records for tests: columns of canonical values, numbered as a spreadsheet with its header in row 1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from clientimport.model.records import Records
from clientimport.model.table import Column


def records_of(**columns: Sequence[str | None]) -> Records:
    """Return records with these fields, each read from a column of its own whose header is the field's name."""
    fields = {field: pa.array(values, pa.string()) for field, values in columns.items()}
    origins = {field: Column(at, field, values) for at, (field, values) in enumerate(fields.items())}
    length = max(len(values) for values in columns.values())
    return Records(np.arange(2, length + 2), fields, origins)
