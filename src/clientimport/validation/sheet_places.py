"""Where a finding is when several sheets were read as one list: the sheet, and its own row and column there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from clientimport.model.finding import Finding
from clientimport.model.findings import FindingSequence, Noticed
from clientimport.model.table import Table, column_index, column_letter


def name_sheets(findings: Iterable[Noticed], table: Table) -> list[Noticed]:
    """Return the findings with the sheet that each is on; unchanged where one sheet was read."""
    return [_with_sheet(finding, table) for finding in FindingSequence(findings)] if table.parts else list(findings)


def _with_sheet(finding: Finding, table: Table) -> Finding:
    part = table.part_of(finding.row) if finding.row is not None and finding.sheet is None else None
    if part is None or finding.row is None:
        return finding
    index = part.columns.get(column_index(finding.column)) if finding.column else None
    column = finding.column if index is None else column_letter(index)
    return replace(finding, sheet=part.sheet, sheet_row=finding.row - part.shift, column=column)
