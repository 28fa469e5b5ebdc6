"""A report: everything noticed about one file, and the counts people ask for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clientimport.model.finding import Finding, Severity
from clientimport.model.findings import finding_groups, group_rows, with_severity

if TYPE_CHECKING:
    from clientimport.model.table import SheetPart  # Arrow, which a report alone does not need


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over one file or several."""

    rows: int
    clean_rows: int
    """Rows with neither error nor warning."""
    errors: int
    warnings: int
    infos: int
    repairs: int

    def to_document(self) -> dict[str, int]:
        """Return them under the keys of the JSON."""
        return {
            "rows": self.rows,
            "clean_rows": self.clean_rows,
            "errors": self.errors,
            "warnings": self.warnings,
            "infos": self.infos,
            "repairs": self.repairs,
        }


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One column of the file and what it was taken for."""

    letter: str
    header: str
    field: str | None
    certain: bool
    used: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The findings about one file, those about the table first, then by row and column."""

    file: str
    sheet: str | None
    header_row: int
    rows: int
    """Rows with data; blank and total lines are not counted."""
    findings: Sequence[Finding]
    """Those of one kind in one column are made when they are asked for (`model/findings.py`)."""
    row_numbers: tuple[int, ...] = ()
    """The spreadsheet's own numbers of the rows with data."""
    columns: tuple[ColumnUse, ...] = ()
    parts: tuple[SheetPart, ...] = ()
    """The sheets that were read as one list; none where one sheet was read."""
    defaults: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """By the letter of a column that lacks many values, the option that gives one for all of them."""

    def rows_with(self, *severities: Severity) -> frozenset[int]:
        """Return the numbers of the rows that have a finding of one of these severities."""
        groups = finding_groups(with_severity(self.findings, *severities))
        return frozenset(np.concatenate([np.array([], np.int64), *map(group_rows, groups)]).tolist()) - {0}

    @property
    def lacks_columns(self) -> bool:
        """Whether a required field has no column, so that only `validate` can work with the file."""
        return any(finding.code == "required.no_column" for finding in with_severity(self.findings, Severity.ERROR))

    @property
    def totals(self) -> Totals:
        """The counts of this file."""
        count = {severity: len(with_severity(self.findings, severity)) for severity in Severity}
        clean = self.rows - len(self.rows_with(Severity.ERROR, Severity.WARNING))
        return Totals(
            self.rows,
            clean,
            count[Severity.ERROR],
            count[Severity.WARNING],
            count[Severity.INFO],
            count[Severity.REPAIR],
        )

    def fails_on(self, severity: Severity) -> bool:
        """Return whether a finding is at or above `severity` (error or warning)."""
        failing = {Severity.ERROR} if severity is Severity.ERROR else {Severity.ERROR, Severity.WARNING}
        return len(with_severity(self.findings, *failing)) > 0


def sum_totals(reports: Iterable[Report]) -> Totals:
    """Return the totals over several files."""
    totals = [report.totals for report in reports]
    names = Totals.__dataclass_fields__
    return Totals(**{name: sum(getattr(counts, name) for counts in totals) for name in names})
