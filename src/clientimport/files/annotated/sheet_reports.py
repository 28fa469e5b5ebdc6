"""The report about several sheets that were read as one list, sheet by sheet, each with its own rows and columns."""

from __future__ import annotations

from dataclasses import replace

from clientimport.model.report import Report
from clientimport.model.table import SheetPart, column_index, column_letter


def sheet_reports(report: Report) -> tuple[Report, ...]:
    """Return what is to be marked on each sheet; the report itself where one sheet was read."""
    starts = [0, *(part.last for part in report.parts)]
    parts = zip(report.parts, starts, strict=False)
    return tuple(_of_sheet(report, part, start) for part, start in parts) or (report,)


def _of_sheet(report: Report, part: SheetPart, start: int) -> Report:
    """Return the report about the rows of the list after `start`, up to the part's last, as its sheet has them."""
    findings = (finding for finding in report.findings if finding.sheet == part.sheet)
    places = {column_letter(index): column_letter(own) for index, own in part.columns.items()}
    columns = (replace(column, letter=places[column.letter]) for column in report.columns if column.letter in places)
    return replace(
        report,
        sheet=part.sheet,
        header_row=part.header_row,
        findings=tuple(replace(finding, row=finding.sheet_row, sheet=None, sheet_row=None) for finding in findings),
        row_numbers=tuple(row - part.shift for row in report.row_numbers if start < row <= part.last),
        columns=tuple(sorted(columns, key=lambda column: column_index(column.letter))),
        parts=(),
    )
