"""Which required fields a table holds and its mapping has not: with these a user cannot start."""

from __future__ import annotations

from collections.abc import Sequence

from clientimport.matching.column_mapping import ColumnMapping, ColumnMatch
from clientimport.matching.duplicate_columns import is_filled
from clientimport.matching.missing_columns import missing_required
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.table import Table
from header_rows import HeaderRow, Labelled

_OFFICE = frozenset({"responsible_email", "assignee_emails"})


def right_fields(one: Labelled, row: HeaderRow, schema: PlatformSchema) -> tuple[str, ...]:
    """Return the fields that are right; a list of persons and companies has last names among the companies' names."""
    if not one.right_on(schema):
        return ()
    if _OFFICE.intersection(one.fields):
        return tuple(field for field in schema.fields if field in _OFFICE)  # what the platform takes of them
    mixed = row.mixed and "legal_name" in one.fields
    return (*one.fields, "contact_last_name") if mixed else one.fields


def unseen(row: HeaderRow, sheet: Table, found: Sequence[str | None], schema: PlatformSchema) -> tuple[str, ...]:
    """Return the required fields that the right columns would give and those that were found do not."""
    pairs = zip(row.columns, sheet.columns, strict=True)
    right = [_certainly(one, row, schema) if is_filled(column) else None for one, column in pairs]
    lacking = missing_required(_mapping(sheet, right), schema, ())
    return tuple(name for name in missing_required(_mapping(sheet, found), schema, ()) if name not in lacking)


def _certainly(one: Labelled, row: HeaderRow, schema: PlatformSchema) -> str | None:
    fields = () if one.forgiven_on(schema) else right_fields(one, row, schema)
    return fields[0] if fields else None


def _mapping(sheet: Table, fields: Sequence[str | None]) -> ColumnMapping:
    return ColumnMapping(tuple(ColumnMatch(column, field) for column, field in zip(sheet.columns, fields, strict=True)))
