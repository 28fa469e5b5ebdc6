"""Suggested defaults: where a column lacks many values that a whole file may share, one value for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from clientimport.matching.column_mapping import ColumnMapping, ColumnMatch
from clientimport.matching.duplicate_columns import is_filled
from clientimport.matching.value_sample import ValueVerdict, value_sample
from clientimport.model.finding import Finding
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.records import Records

SAME_FOR_ALL = {"country": "BE", "language": "nl", "contact_language": "nl"}
"""Fields that a whole file may share, with a value to suggest where the file has none."""
MANY = 3
"""Empty cells from which on one value for all of them is worth a line; chosen, not measured."""
_NEARLY_ALL = 0.8
"""The share of filled cells that must agree for their value to be suggested; chosen, not measured."""
_ANY = "…"
"""A value that is left to the person, for the column has several."""


def suggested_defaults(
    findings: Iterable[Finding], records: Records, mapping: ColumnMapping, schema: PlatformSchema
) -> Mapping[str, str]:
    """Return the `--default` option for columns with many empty cells, by the column's letter."""
    empty = Counter(finding.column for finding in findings if finding.code == "required.empty" and finding.row)
    return dict(_options({letter for letter, count in empty.items() if count >= MANY}, records, mapping, schema))


def _options(
    letters: Iterable[str | None], records: Records, mapping: ColumnMapping, schema: PlatformSchema
) -> Iterator[tuple[str, str]]:
    for match in mapping.matches:
        letter, field = match.column.letter, match.field
        if letter in letters and field in SAME_FOR_ALL and not unused_columns_holding(mapping, field, schema.country):
            yield letter, f"--default {field}={_value(records, field, schema)}"


def _value(records: Records, field: str, schema: PlatformSchema) -> str:
    counts = Counter(value for value in records.values(field) if value is not None)
    if not counts:
        return default_for_all(field, schema)
    value, count = counts.most_common(1)[0]
    return value if count >= _NEARLY_ALL * counts.total() else _ANY


def default_for_all(field: str, schema: PlatformSchema) -> str:
    """Return the value to suggest for a field of which the file holds none."""
    return schema.country if field == "country" else SAME_FOR_ALL[field]


def unused_columns_holding(mapping: ColumnMapping, field: str, country: str) -> list[ColumnMatch]:
    """Return the columns without a field whose values are that one: one value for all rows would overrule them."""
    left = [
        match for match in mapping.matches if match.field is None and not match.is_decided and is_filled(match.column)
    ]
    return [match for match in left if value_sample(match.column, country).verdict(field) is ValueVerdict.AGREES]
