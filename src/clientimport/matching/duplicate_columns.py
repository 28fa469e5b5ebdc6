"""Duplicate columns: columns of one table that repeat another one, or claim the same field by their header alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clientimport.model.table import Column, Table
from clientimport.schema.header_key import normalize_header


def duplicate_columns(table: Table) -> frozenset[int]:
    """Return the columns that repeat an earlier one, in header and values."""
    first: dict[str, list[Column]] = {}
    repeated = set()
    for column in table.columns:
        earlier = first.setdefault(normalize_header(column.header), [])
        if is_filled(column) and any(column.values.equals(other.values) for other in earlier):
            repeated.add(column.index)
        earlier.append(column)
    return frozenset(repeated)


def undisputed_claims(claims: Iterable[tuple[Column, str]]) -> Mapping[int, str]:
    """Return column -> field where one column claims the field, or one filled column among several."""
    by_field: dict[str, list[Column]] = {}
    for column, field in claims:
        by_field.setdefault(field, []).append(column)
    undisputed = {}
    for field, columns in by_field.items():
        candidates = columns if len(columns) == 1 else [column for column in columns if is_filled(column)]
        if len(candidates) == 1:
            undisputed[candidates[0].index] = field
    return undisputed


def is_filled(column: Column) -> bool:
    """Return whether any cell of the column holds something."""
    return column.values.null_count < len(column.values)
