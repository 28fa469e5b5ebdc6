"""Parsing a table: what was typed becomes canonical values, with a finding for every repair and problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.errors import UsageError
from clientimport.matching.column_mapping import ColumnMapping
from clientimport.matching.value_overrides import NO_OVERRIDES, ValueOverrides, override_values
from clientimport.model.columns import map_distinct
from clientimport.model.field_type import FieldType
from clientimport.model.finding import Issue, Severity
from clientimport.model.findings import FindingColumn, FindingSequence, Noticed
from clientimport.model.parallel import map_parallel
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.records import Records
from clientimport.model.table import CellFlag, Column, Table
from clientimport.schema.derivations.deceased_persons import deceased_persons
from clientimport.schema.derivations.dependencies import needed_fields
from clientimport.schema.derivations.mailto_links import follow_mailto_links
from clientimport.schema.derivations.split_cells import split_combined_cells
from clientimport.schema.fields import canonical_fields
from clientimport.schema.finding_catalog import new_finding, to_finding, to_finding_column
from clientimport.schema.types.float_suffix import float_suffixes
from clientimport.schema.types.parse_column import ParsedColumn, parse_column, positions_by_code
from clientimport.validation.same_spelling import NO_REPAIRS, is_same_spelling

CELL_FLAG_CODES = {CellFlag.ERROR: "cell.error", CellFlag.UNCACHED: "cell.formula", CellFlag.NUMBER: "cell.rounded"}
"""The finding of each kind of cell whose text was not typed."""


DECIDED = "value.decided"
"""The repair of a word that the user has decided about."""
FLOAT_TAIL = "number.float_tail"
"""The repair of a number that a program has given decimals."""


@dataclass(frozen=True, slots=True)
class ParsedTable:
    """Canonical values and what was noticed on the way."""

    records: Records
    findings: FindingSequence


def parse_table(
    table: Table,
    mapping: ColumnMapping,
    schema: PlatformSchema,
    defaults: Mapping[str, str],
    decided: ValueOverrides = NO_OVERRIDES,
    *,
    exact: bool = False,
) -> ParsedTable:
    """Read every column the platform wants, the country first, for it decides how the others are read.

    With `exact` a spelling in which a person sees no difference is a repair too.
    """
    columns, linked = follow_mailto_links(mapping.columns, table)
    columns, apart = split_combined_cells(columns, table, needed_fields(schema), schema.fields)
    findings: list[Noticed] = [*linked, *apart, *deceased_persons(mapping.columns, table, needed_fields(schema))]
    records = Records(table.rows, {}, {})
    fields = sorted(needed_fields(schema) & (columns.keys() | defaults.keys()))
    for group in ([field for field in fields if field == "country"], [field for field in fields if field != "country"]):
        typed = [field for field in group if field in columns]
        countries = row_countries(records, schema)
        reader = TableParser(records, countries, columns, schema, mapping.language, decided, exact)
        read = dict(zip(typed, map_parallel(reader.column, typed, size=len(table.rows)), strict=True))
        for field in group:
            if field in read:
                values, noticed = read[field]
                records = records.with_field(field, values, columns[field])
                findings += noticed
            if field in defaults:
                records, noticed = _fill_default(records, field, defaults[field], schema)
                findings += noticed
    return ParsedTable(records, FindingSequence(findings))


def field_type(field: str, schema: PlatformSchema) -> FieldType:
    """Return the platform's own type of a field, else that of the canonical field."""
    column = schema.column(field)
    return column.type if column else canonical_fields()[field].type


@dataclass(frozen=True, slots=True)
class TableParser:
    """Reads columns, each for itself, once the countries of the rows are known."""

    records: Records
    countries: pa.StringArray
    columns: Mapping[str, Column]
    schema: PlatformSchema
    language: str | None
    decided: ValueOverrides
    exact: bool

    def column(self, field: str) -> tuple[pa.StringArray, list[Noticed]]:
        """Return the canonical values of a field, and what was noticed."""
        column = self.columns[field]
        odd = {position: kind for position, kind in column.cell_flags.items() if kind in CELL_FLAG_CODES}
        values = _blank_at(column.values, odd) if odd else column.values
        type_ = field_type(field, self.schema)
        tails = float_suffixes(type_, values)
        reading = _parse_with_overrides(type_, values, self.countries, self.decided.for_field(field), tails.damage)
        records = self.records.with_field(field, reading.values, column)
        noticed = [Issue(CELL_FLAG_CODES[kind]).at(position, field) for position, kind in odd.items()]
        noticed += [problem.at(position, field) for position, problem in reading.problems]
        noticed += [Issue("code.decimal", {}, whole).at(position, field) for position, whole in tails.unsure.items()]
        findings: list[Noticed] = [to_finding(records, issue) for issue in noticed]
        findings += self._repairs(records, field, reading)
        sent = self.schema.column(field) is not None
        return reading.values, findings if sent else [_downgraded(finding) for finding in findings]

    def _repairs(self, records: Records, field: str, reading: ParsedColumn) -> Iterator[FindingColumn]:
        typed, canonical = records.origins[field].values, reading.values
        for code, positions in reading.repairs.items():
            at = pa.array(positions, pa.int64())
            accepted = self._accepted_as_typed(field, typed.take(at), canonical.take(at), code)
            repaired = np.delete(positions, accepted)
            if len(repaired):
                suggestions = canonical.take(pa.array(repaired, pa.int64()))
                yield to_finding_column(records, code, field, repaired, suggestions)

    def _accepted_as_typed(
        self, field: str, typed: pa.StringArray, canonical: pa.StringArray, code: str
    ) -> Sequence[int]:
        """Return the indices of what the platform's upload, or a person, understands as typed: nothing was repaired."""
        column = self.schema.column(field)
        if column and code in column.reads:
            return range(len(typed))
        alike = not self.exact and code in NO_REPAIRS
        if code == DECIDED or not (alike or (column and (column.words or column.takes))):
            return ()
        taken = {word.casefold() for word in column.takes} if column else set[str]()

        def is_accepted(text: str, value: str | None) -> bool | None:
            by_language = column.words.get(value or "", {}) if column else {}
            spellings = {by_language.get(self.language, "")} if self.language else set(by_language.values())
            understood = text in spellings or text.casefold() in taken
            return understood or (alike and is_same_spelling(code, text, value or "", spellings)) or None

        return list(map_distinct([typed, canonical], is_accepted))


def _parse_with_overrides(
    type_: FieldType, values: pa.StringArray, where: pa.StringArray, words: Mapping[str, str], whole: Mapping[int, str]
) -> ParsedColumn:
    """Parse a column; what the user has decided about a word comes before the type, and is a repair.

    `whole` are the numbers at which a program has left decimals.
    """
    chosen = override_values(values.to_pylist(), words) if words else {}
    if not chosen and not whole:
        return parse_column(type_, values, where)
    instead = {**whole, **chosen}
    given = pa.array([instead.get(position, value) for position, value in enumerate(values.to_pylist())], pa.string())
    reading = parse_column(type_, given, where)
    tailless = [position for position in whole if reading.values[position].is_valid]
    ours = {**dict.fromkeys(tailless, FLOAT_TAIL), **dict.fromkeys(chosen, DECIDED)}
    coded = {position: code for code, positions in reading.repairs.items() for position in positions.tolist()}
    return replace(reading, repairs=positions_by_code({**coded, **ours}.items()))


def row_countries(records: Records, schema: PlatformSchema) -> pa.StringArray:
    """Return the country of each row: its own, else the platform's."""
    column = records.fields.get("country")
    if column is None:
        return pa.array([schema.country] * len(records.rows), pa.string())
    return cast("pa.StringArray", pc.fill_null(column, pa.scalar(schema.country)))


def _downgraded(finding: Noticed) -> Noticed:
    """Return a finding on a field the platform does not take: it cannot have the row refused."""
    return replace(finding, severity=Severity.WARNING) if finding.severity is Severity.ERROR else finding


def _blank_at(values: pa.StringArray, positions: Mapping[int, CellFlag]) -> pa.StringArray:
    kept = [None if position in positions else value for position, value in enumerate(values.to_pylist())]
    return pa.array(kept, pa.string())


def _fill_default(records: Records, field: str, text: str, schema: PlatformSchema) -> tuple[Records, list[Noticed]]:
    """Fill the empty cells of a field with the user's `--default`."""
    parsed = field_type(field, schema).parse(text, schema.country)
    if isinstance(parsed, Issue) or parsed.value is None:
        raise UsageError("default.unreadable", field=field, value=text)
    origin = records.origins.get(field)
    if origin is None:
        filled = pa.array([parsed.value] * len(records.rows), pa.string())
        finding = new_finding("default.column", field=field, default=parsed.value)
        return records.with_field(field, filled), [finding]
    empty = np.flatnonzero(origin.values.is_null().to_numpy(zero_copy_only=False))
    values = pc.if_else(pc.is_null(origin.values), parsed.value, records.fields[field])
    records = records.with_field(field, values)
    suggestions = pa.array([parsed.value] * len(empty), pa.string())
    return records, [to_finding_column(records, "default.cell", field, empty, suggestions)]
