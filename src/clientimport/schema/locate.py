"""Where a finding belongs: a problem at a position of a column becomes a finding with row, letter and typed value."""

from __future__ import annotations

from clientimport.model.finding import Finding, Problem, Severity
from clientimport.model.platform_schema import Issue
from clientimport.model.records import Records
from clientimport.model.table import Column, Table
from clientimport.schema.finding_catalog import finding_kinds


def to_finding(records: Records, noticed: Issue, severity: Severity | None = None) -> Finding:
    """Return the finding for what was noticed; `severity` overrides what the catalogue says."""
    problem, field = noticed.problem, noticed.field
    origin = records.origins.get(field) if field else None
    at = noticed.position
    return Finding(
        code=problem.code,
        severity=severity or finding_kinds()[problem.code].severity,
        row=None if at is None else int(records.rows[at]),
        column=origin.letter if origin else None,
        field=field,
        header=origin.header if origin else None,
        value=None if at is None or not origin else origin.values[at].as_py(),
        suggestion=problem.suggestion,
        facts=problem.facts,
    )


def cell_finding(table: Table, position: int, column: Column, problem: Problem) -> Finding:
    """Return a finding about a cell of the table, whatever field its column is taken for."""
    return Finding(
        code=problem.code,
        severity=finding_kinds()[problem.code].severity,
        row=int(table.rows[position]),
        column=column.letter,
        header=column.header,
        value=column.values[position].as_py(),
        suggestion=problem.suggestion,
        facts=problem.facts,
    )


def table_finding(problem: Problem, **place: str) -> Finding:
    """Return a finding about the whole table, with `field`, `column` or `header` where it has one."""
    severity = finding_kinds()[problem.code].severity
    return Finding(problem.code, severity, suggestion=problem.suggestion, facts=problem.facts, **place)  # type: ignore[arg-type]
