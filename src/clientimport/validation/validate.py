"""Validation: from a table and its mapping to a report, and to the clients that may be sent."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from clientimport.matching.column_mapping import ColumnMapping, ColumnMatch
from clientimport.matching.mapping_findings import mapping_findings
from clientimport.matching.value_overrides import NO_OVERRIDES, ValueOverrides
from clientimport.model.client_columns import ClientColumns
from clientimport.model.finding import Finding, Severity
from clientimport.model.findings import FindingColumn, FindingSequence, Noticed, in_columns
from clientimport.model.parallel import map_parallel
from clientimport.model.platform_schema import Check, PlatformSchema
from clientimport.model.records import Records
from clientimport.model.report import ColumnUse, Report
from clientimport.model.table import Table
from clientimport.schema.checks import COMMON_CHECKS
from clientimport.schema.checks.duplicate_rows import ClientGroups, group_clients
from clientimport.schema.checks.former_client import former_clients
from clientimport.schema.checks.missing_values import (
    ABSENCE_CODES,
    EXPLAINED_CODES,
    drop_doubts_of_assumed_country,
    drop_explained_absences,
)
from clientimport.schema.checks.required import required
from clientimport.schema.derivations.apply import apply_derivations
from clientimport.schema.finding_catalog import finding_kinds, to_finding
from clientimport.validation.further_contacts import parse_further_contacts
from clientimport.validation.parse_table import parse_table
from clientimport.validation.same_spelling import NO_REPAIRS
from clientimport.validation.severity_overrides import apply_strict, reject_repairs
from clientimport.validation.sheet_places import name_sheets
from clientimport.validation.suggested_defaults import suggested_defaults
from clientimport.validation.valid_clients import FurtherContacts, columns_of, valid_clients

if TYPE_CHECKING:
    from clientimport.registers.row_lookup import RowLookup  # 0.2 s that few commands need

NAMES = ("legal_name", "contact_last_name", "contact_name")
"""The fields in which offices write that a client has left."""


@dataclass(frozen=True)
class Validation:
    """The result of validating a file; nothing has been sent or written."""

    table: Table
    mapping: ColumnMapping
    schema: PlatformSchema
    report: Report
    records: Records
    groups: ClientGroups
    """Which rows speak of the same client."""
    further: FurtherContacts
    """Further contacts in columns of their own, by position."""

    @cached_property
    def rows_as_clients(self) -> ClientColumns:
        """Each row as if it were a client, those with an error among them."""
        return columns_of(self.records, tuple(self.schema.fields))

    @cached_property
    def clients(self) -> ClientColumns:
        """The clients without an error, in the order of the file: each is made when it is asked for."""
        wrong = np.flatnonzero(np.isin(self.records.rows, self.invalid_rows))
        return valid_clients(self.rows_as_clients, wrong, self.groups, self.further)

    @property
    def invalid_rows(self) -> tuple[int, ...]:
        """The rows with an error, which are not sent."""
        return tuple(sorted(self.report.rows_with(Severity.ERROR)))


@dataclass(frozen=True, slots=True)
class CellDecisions:
    """What the user has decided about cells."""

    defaults: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Field -> its value in every row that has none."""
    values: ValueOverrides = NO_OVERRIDES
    no_repair: Collection[str] = ()
    """The codes of repairs that are errors."""
    registers: RowLookup | None = None
    """Whom the rows are held against, once what follows from their cells is known."""


@dataclass(frozen=True, slots=True)
class MissingColumns:
    """The required columns that the file does not have."""

    findings: tuple[Finding, ...] = ()
    fields: frozenset[str] = frozenset()
    """Their fields, whose absence is not reported row by row."""


def validate(
    table: Table,
    mapping: ColumnMapping,
    schema: PlatformSchema,
    *,
    strict: bool = False,
    decisions: CellDecisions = CellDecisions(),
    missing: MissingColumns = MissingColumns(),
) -> Validation:
    """Parse, derive and check; `strict` asks whether the platform's own upload would take the file as it stands."""
    exact = strict or not NO_REPAIRS.isdisjoint(decisions.no_repair)
    parsed_table = parse_table(table, mapping, schema, decisions.defaults, decisions.values, exact=exact)
    records, derived = apply_derivations(parsed_table.records, schema)
    records, registered = decisions.registers.apply(records, schema) if decisions.registers else (records, [])
    repairs, parsed = _apart([*parsed_table.findings.noticed, *derived.noticed])
    noticed, groups = group_clients(records)
    checked = [*(to_finding(records, issue) for issue in noticed), *_rule_findings(records, schema, missing.fields)]
    parsed = _escalate(parsed, checked)
    former = _former_clients(table, mapping, datetime.now(UTC).date())
    contacts = parse_further_contacts(table, mapping.further_contacts, schema, records, decisions.values)
    checked = list(drop_explained_absences(checked, parsed, records))
    findings_of_rows = [*mapping_findings(mapping), *drop_doubts_of_assumed_country([*parsed, *checked])]
    about_rows: list[Noticed] = [*repairs, *findings_of_rows, *former, *contacts.findings, *registered]
    findings: list[Noticed] = [*missing.findings, *table.findings, *about_rows]
    findings = reject_repairs(findings, decisions.no_repair)
    if strict:
        findings = apply_strict(findings, table, mapping, schema)
    findings = name_sheets(findings, table)
    numbers, columns = tuple(table.rows.tolist()), tuple(map(_column_use, mapping.matches))
    head = (table.file, table.sheet, table.header_row, len(numbers))
    defaults = suggested_defaults(checked, records, mapping, schema)
    report = Report(*head, FindingSequence(in_columns(findings)).sorted(), numbers, columns, table.parts, defaults)
    return Validation(table, mapping, schema, report, records, groups, contacts.by_position)


def _former_clients(table: Table, mapping: ColumnMapping, today: date) -> Iterator[Finding]:
    unused = [match.column for match in mapping.matches if not match.used]
    names = [match.column for match in mapping.matches if match.field in NAMES]
    return former_clients(table, unused, names, today)


def _column_use(match: ColumnMatch) -> ColumnUse:
    return ColumnUse(match.column.letter, match.column.header, match.field, match.certain, match.used)


def _rule_findings(records: Records, schema: PlatformSchema, absent: Collection[str]) -> Iterator[Finding]:
    """Yield what the platform's rules notice, the required columns first, of those that are there."""
    wanted = [column.field for column in schema.columns if column.required and column.field not in absent]
    needed = [partial(required, field=field) for field in wanted]
    checks: list[tuple[Check, Severity | None]] = [
        *((check, None) for check in needed),
        *((rule.check, rule.severity) for rule in schema.rules),
        *((check, None) for check in COMMON_CHECKS),
    ]
    noticed = map_parallel(lambda rule: list(rule[0](records)), checks, size=len(records.rows))
    for (_, severity), issues in zip(checks, noticed, strict=True):
        yield from (
            to_finding(records, issue, severity)
            for issue in issues
            if issue.code not in ABSENCE_CODES or issue.field not in absent
        )


def _apart(noticed: Iterable[Noticed]) -> tuple[list[FindingColumn], list[Finding]]:
    """Return columns of repairs, which stay what they are, and single findings, which may explain each other."""
    columns, findings = list[FindingColumn](), list[Finding]()
    for item in noticed:
        if isinstance(item, FindingColumn):
            columns.append(item)
        else:
            findings.append(item)
    return columns, findings


def _escalate(parsed: Iterable[Finding], checked: Iterable[Finding]) -> list[Finding]:
    """Return the findings of parsing, as errors where a required field stays empty because of them.

    A problem in a field that the platform does not take is only a warning, unless one that it needs follows from it.
    A doubt about a text that is left out is not reported beside the error that the value is missing.
    """
    absent = {finding.cell for finding in checked if finding.code in ABSENCE_CODES and finding.cell}
    return [
        replace(finding, severity=Severity.ERROR)
        if isinstance(finding, Finding)
        and finding.cell in absent
        and finding_kinds()[finding.code].severity is Severity.ERROR
        else finding
        for finding in parsed
        if not (finding.cell in absent and finding.code in EXPLAINED_CODES)
    ]
