"""Required fields that no column gives and that cannot be derived either."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from clientimport.matching.column_mapping import ColumnMapping
from clientimport.model.platform_schema import PlatformSchema
from clientimport.schema.derivations.dependencies import derivable_from
from clientimport.schema.derivations.split_cells import fields_in_combined_cells


def missing_required(mapping: ColumnMapping, schema: PlatformSchema, filled: Collection[str]) -> tuple[str, ...]:
    """Return the required fields that are missing, in the order of the file; either-or as `rcs_number|vat_number`.

    `filled` are the fields that `--default` gives every row.
    """
    # Further fields in combined cells are looked for only where a field is missing without them.
    return _missing_fields(mapping, schema, filled) and _missing_fields(
        mapping, schema, {*filled, *fields_in_combined_cells(mapping.columns)}
    )


def _missing_fields(mapping: ColumnMapping, schema: PlatformSchema, filled: Collection[str]) -> tuple[str, ...]:
    given = derivable_from({*mapping.columns, *filled})
    single = [column.field for column in schema.columns if column.required and column.field not in given]
    groups = ["|".join(group) for group in schema.alternatives if given.isdisjoint(group)]
    return (*(field for field in single if not _in_group(field, schema.alternatives)), *groups)


def _in_group(field: str, groups: Iterable[Collection[str]]) -> bool:
    return any(field in group for group in groups)
