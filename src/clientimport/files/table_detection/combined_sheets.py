"""Several sheets with the same headings as one list; the rows of later sheets are numbered on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from clientimport.files.table_detection.same_headers import share_headers
from clientimport.model.finding import Finding
from clientimport.model.table import Column, SheetPart, Table
from clientimport.schema.finding_catalog import new_finding
from clientimport.schema.header_key import normalize_header


def combine_tables(tables: Sequence[Table], names: Sequence[str]) -> Table:
    """Return several tables, sheets or files of these names, as one: columns by header, in the order of the first."""
    placed = _columns_by_position(tables)
    parts: list[SheetPart] = []
    for table, name, own_columns in zip(tables, names, placed, strict=True):
        shift = max(parts[-1].last - table.header_row, 0) if parts else 0
        last = int(table.rows.max(initial=table.header_row)) + shift
        positions = {index: column.index for index, column in own_columns.items()}
        parts.append(SheetPart(name, shift, last, positions, table.header_row))
    findings = [
        _in_list(finding, part) for table, part in zip(tables, parts, strict=True) for finding in table.findings
    ]
    ranges = new_finding("sheets.combined", ranges=", ".join(map(_range, parts, tables)))
    return replace(
        tables[0],
        sheet=", ".join(names),
        columns=_concatenate_columns(tables, placed),
        rows=np.concatenate([table.rows + part.shift for table, part in zip(tables, parts, strict=True)]),
        findings=(ranges, *findings),
        parts=tuple(parts),
    )


def same_columns(table: Table, first: Table) -> bool:
    """Tell whether two tables have the same headings, in any order and but for a few."""
    theirs, ours = ([column.header for column in each.columns] for each in (table, first))
    return share_headers(theirs, ours, normalize_header)


def _in_list(finding: Finding, part: SheetPart) -> Finding:
    """Return what was noticed in reading one sheet, with its row in the list."""
    if finding.row is None:
        return finding
    return replace(finding, row=finding.row + part.shift, sheet=part.sheet, sheet_row=finding.row)


def _columns_by_position(tables: Sequence[Table]) -> list[dict[int, Column]]:
    """Return for each table its columns by their position in the list.

    A header that occurs twice goes with the same one of its like; a new one comes behind all others.
    """
    positions = {key: column.index for key, column in _header_keys(tables[0])}
    placed = []
    for table in tables:
        columns = {}
        for key, column in _header_keys(table):
            columns[positions.setdefault(key, max(positions.values(), default=-1) + 1)] = column
        placed.append(columns)
    return placed


def _header_keys(table: Table) -> list[tuple[tuple[str, int], Column]]:
    """Return each column with its header (else its position), and which of several with that header it is."""
    keys, counts = [], dict[str, int]()
    for column in table.columns:
        header = normalize_header(column.header) or f"#{column.index}"
        counts[header] = counts.get(header, 0) + 1
        keys.append(((header, counts[header]), column))
    return keys


def _concatenate_columns(tables: Sequence[Table], placed: Sequence[dict[int, Column]]) -> tuple[Column, ...]:
    starts = np.cumsum([0, *(len(table.rows) for table in tables)]).tolist()
    columns = []
    for index in sorted({index for columns_of_part in placed for index in columns_of_part}):
        pieces = [columns_of_part.get(index) for columns_of_part in placed]
        values = [
            piece.values if piece else pa.nulls(len(table.rows), pa.string())
            for piece, table in zip(pieces, tables, strict=True)
        ]
        present = [(start, piece) for start, piece in zip(starts, pieces, strict=False) if piece]
        flags = {start + at: flag for start, piece in present for at, flag in piece.cell_flags.items()}
        links = {start + at: link for start, piece in present for at, link in piece.mail_links.items()}
        columns.append(Column(index, present[0][1].header, pa.concat_arrays(values), flags, links))
    return tuple(columns)


def _range(part: SheetPart, table: Table) -> str:
    """Return which rows of a sheet are which of the list.

    >>> from types import SimpleNamespace
    >>> _range(SheetPart("2025", 50, 90), SimpleNamespace(header_row=1))
    '“2025” 2-40 = 52-90'
    """
    first, last = table.header_row + 1, part.last - part.shift
    return f"“{part.sheet}” {first}-{last} = {first + part.shift}-{part.last}"
