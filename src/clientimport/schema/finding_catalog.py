"""The catalogue of findings, from which every finding takes its severity and source (schemas/_findings.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa
import tomli

from clientimport.model.columns import Positions
from clientimport.model.finding import Finding, Issue, Severity
from clientimport.model.findings import FindingColumn
from clientimport.model.records import Records
from clientimport.model.table import Column
from clientimport.schema.data_files import data_folder


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding."""

    severity: Severity
    source: str
    """A URL, or the name of the document that states the rule."""
    masked: bool = False
    """Whether the value is, or may be, the number of a person, in any field."""


@cache
def finding_kinds() -> Mapping[str, FindingKind]:
    """Return every kind of finding by its code."""
    entries = tomli.loads((data_folder("schemas") / "_findings.toml").read_text(encoding="utf-8"))
    return {code: _finding_kind(entry) for code, entry in entries.items()}


def _finding_kind(entry: Mapping[str, Any]) -> FindingKind:
    return FindingKind(Severity(entry["severity"]), entry["source"], masked=entry.get("masked", False))


def new_finding(
    issue: Issue | str,
    *,
    row: int | None = None,
    column: Column | None = None,
    field: str | None = None,
    value: str | None = None,
    **facts: object,
) -> Finding:
    """Return the finding for an issue, or for a code with these facts; without a row it is about the whole table.

    >>> new_finding("rows.left_out", count=3, kept=4)  # doctest: +ELLIPSIS
    Finding(code='rows.left_out', severity=<Severity.INFO: 'info'>, ... facts={'count': '3', 'kept': '4'}, ...)
    """
    if isinstance(issue, str):
        issue = Issue(issue, {name: str(fact) for name, fact in facts.items()})
    return Finding(
        issue.code,
        finding_kinds()[issue.code].severity,
        row=row,
        column=column.letter if column else None,
        field=field,
        header=column.header if column else None,
        value=value,
        suggestion=issue.suggestion,
        facts=issue.facts,
    )


def to_finding(records: Records, issue: Issue, severity: Severity | None = None) -> Finding:
    """Return the finding for an issue with a place in `records`; `severity` overrides the catalogue's."""
    position, origin = issue.position, records.origins.get(issue.field or "")
    return Finding(
        issue.code,
        severity or finding_kinds()[issue.code].severity,
        row=None if position is None else int(records.rows[position]),
        column=origin.letter if origin else None,
        field=issue.field,
        header=origin.header if origin else None,
        value=None if position is None or not origin else origin.values[position].as_py(),
        suggestion=issue.suggestion,
        facts=issue.facts,
    )


def to_finding_column(
    records: Records,
    code: str,
    field: str,
    positions: Positions,
    suggestions: pa.StringArray | None = None,
    facts: Mapping[str, pa.StringArray] | None = None,
) -> FindingColumn:
    """Return the findings of one code at these positions; suggestions and facts are those of the positions."""
    origin = records.origins.get(field)
    return FindingColumn(
        code,
        finding_kinds()[code].severity,
        records.rows[positions],
        origin.values.take(pa.array(positions, pa.int64())) if origin else pa.nulls(len(positions), pa.string()),
        column=origin.letter if origin else None,
        field=field,
        header=origin.header if origin else None,
        suggestions=suggestions,
        facts=facts or {},
    )
