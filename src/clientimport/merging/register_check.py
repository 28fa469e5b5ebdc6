"""A merged list beside the registers: what is filled in where no list says anything, and what is noticed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa

from clientimport.merging.cells import Given
from clientimport.merging.merge import Merge, MergedRow
from clientimport.model.finding import Finding
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.records import Records
from clientimport.model.table import column_letter
from clientimport.registers.row_lookup import RowLookup

FIRST_ROW = 2
"""The row of the first client in the workbook."""
_FILLED = "kbo.filled"
_SOURCE = "KBO"
"""What a cell's source is called that no list has filled."""


def look_up_merged(merge: Merge, schema: PlatformSchema, lookup: RowLookup) -> tuple[Merge, tuple[Finding, ...]]:
    """Return the merge with empty cells filled where that was asked for, and what the registers say of its rows."""
    rows = [row for client in merge.clients for row in client.rows]
    records, findings = lookup.apply(_records(rows, schema), schema)
    columns = {field: records.values(field) for field in schema.fields if field in records.fields}
    filled = [_filled(row, {field: values[at] for field, values in columns.items()}) for at, row in enumerate(rows)]
    remaining = iter(filled)
    clients = (replace(client, rows=tuple(next(remaining) for _ in client.rows)) for client in merge.clients)
    return replace(merge, clients=tuple(clients)), tuple(_of_empty_cells(findings, rows, schema))


def _records(rows: list[MergedRow], schema: PlatformSchema) -> Records:
    """Return what is known of the rows; a text that was not understood is not."""
    fields = {}
    for field in schema.fields:
        cells = (row.cells.get(field) for row in rows)
        fields[field] = pa.array([cell.value if cell and cell.is_read else None for cell in cells], pa.string())
    return Records(np.arange(FIRST_ROW, FIRST_ROW + len(rows)), fields, {})


def _filled(row: MergedRow, values: Mapping[str, str | None]) -> MergedRow:
    """Return a row with the values of cells that were empty."""
    new = {field: Given(_SOURCE, 0, value) for field, value in values.items() if value and field not in row.cells}
    return replace(row, cells={**row.cells, **new}) if new else row


def _of_empty_cells(findings: list[Finding], rows: list[MergedRow], schema: PlatformSchema) -> Iterator[Finding]:
    """Yield the findings with their cells in the workbook, without fillings of cells that hold something."""
    letters = {column.field: column_letter(index) for index, column in enumerate(schema.columns)}
    for finding in findings:
        row = rows[finding.row - FIRST_ROW] if finding.row is not None else None
        if finding.code == _FILLED and row is not None and finding.field in row.cells:
            continue
        yield replace(finding, column=letters.get(finding.field or ""))
