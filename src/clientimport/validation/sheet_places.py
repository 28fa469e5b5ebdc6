"""Where a finding is when several sheets were read as one list: the sheet, and its own row and column there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from clientimport.model.finding import Finding
from clientimport.model.table import Table, column_index, column_letter


def name_sheets(findings: Iterable[Finding], table: Table) -> list[Finding]:
    """Return the findings with the sheet that each is on; unchanged where one sheet was read."""
    return [_with_sheet(finding, table) for finding in findings] if table.parts else list(findings)


def _with_sheet(finding: Finding, table: Table) -> Finding:
    part = table.part_of(finding.row) if finding.row is not None and finding.sheet is None else None
    if part is None or finding.row is None:
        return finding
    part_column = part.columns.get(column_index(finding.column)) if finding.column else None
    column = finding.column if part_column is None else column_letter(part_column)
    return replace(finding, sheet=part.sheet, sheet_row=finding.row - part.shift, column=column)
