"""Decisions of the user: `--set "Header=field"`, where a header that occurs twice is addressed by its letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clientimport.errors import UsageError
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.table import Column, Table
from clientimport.schema.fields import canonical_fields
from clientimport.schema.header_key import normalize_header

IGNORE = "ignore"
_SHELL_CHARACTERS = frozenset("\"'`$\\!=\n")
"""Characters that have a meaning of their own for a shell or for the option."""


def resolve_overrides(table: Table, decisions: Mapping[str, str]) -> Mapping[int, str]:
    """Return column position -> field or `ignore`.

    Raises UsageError for a header or field that does not exist, a header that occurs twice (`set.ambiguous_header`),
    and a field or column that is set twice.
    """
    fields: dict[int, str] = {}
    for name, field in decisions.items():
        require_field(field)
        column = find_column(table, name, must=True)
        assert column is not None
        if fields.get(column.index, field) != field:
            raise UsageError("set.column_twice", header=column.header or column.letter)
        if field != IGNORE and fields.get(column.index) is None and field in fields.values():
            raise UsageError("set.field_twice", field=field)
        fields[column.index] = field
    return fields


def require_field(field: str) -> None:
    """Raise UsageError unless `field` is a canonical field or `ignore`."""
    known = (*canonical_fields(), IGNORE)
    if field not in known:
        raise UsageError("set.unknown_field", field=field, meant=did_you_mean(field, known))


def set_option(column: Column, columns: Iterable[Column], field: str) -> str:
    """Return the option that says what a column is, quoted for a shell."""
    name = override_name(column, columns)
    return f"--set {name}={field}" if name == column.letter else f'--set "{name}={field}"'


def override_name(column: Column, columns: Iterable[Column]) -> str:
    """Return the name of a column for `--set`: its header where that is unique and safe in a shell, else its letter."""
    header = normalize_header(column.header)
    alone = header and sum(normalize_header(other.header) == header for other in columns) == 1
    return column.header if alone and not set(column.header) & _SHELL_CHARACTERS else column.letter


def find_column(table: Table, name: str, *, must: bool = False) -> Column | None:
    """Return the column of this header, else of this letter; the exact header wins.

    Raises UsageError for a header that occurs twice, and where there `must` be such a column and is none.
    """
    columns = [column for column in table.columns if column.header == name.strip()]
    columns = columns or [
        column
        for column in table.columns
        if normalize_header(column.header) and normalize_header(column.header) == normalize_header(name)
    ]
    if len(columns) > 1:
        letters = ", ".join(column.letter for column in columns)
        raise UsageError("set.ambiguous_header", header=name, letters=letters, letter=columns[0].letter)
    column = columns[0] if columns else table.column_by_letter(name)
    if column is None and must:
        headers = [column.header for column in table.columns if column.header]
        raise UsageError("set.unknown_header", header=name, meant=did_you_mean(name, headers))
    return column
