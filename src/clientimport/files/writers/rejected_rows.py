"""The rejects: the user's own rows that cannot be sent, with what to correct, to be corrected and given again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from clientimport.files.writers.original_rows import OriginalRows
from clientimport.files.writers.sheet_style import HeaderCell, add_header_row, height_for, width_for
from clientimport.files.writers.text_cell import text_cell
from clientimport.files.writers.workbook_bytes import save_workbook
from clientimport.messages.added_headers import REJECTED_ROWS_HEADERS
from clientimport.messages.catalog import MessageCatalog, message_catalog
from clientimport.messages.finding_messages import finding_advice, finding_message
from clientimport.model.finding import Finding, Severity
from clientimport.model.table import Table
from clientimport.storage.output_file import require_new

if TYPE_CHECKING:
    from openpyxl.cell import Cell

_REASON_WIDTH = 90


def write_rejected_rows(table: Table, findings: Iterable[Finding], path: Path, language: str, *, force: bool) -> int:
    """Write the rows of `table` that have an error, and return how many there are.

    Columns keep their place and header; at the end come two of our own (`added_headers.py`): the row's number in the
    user's file and the reasons. The cells an error is about are coloured. The file is readable by the user alone.
    Raises FileUnreadable when it cannot be written.
    """
    from openpyxl import Workbook

    require_new(path, force=force)
    phrases = message_catalog(language, for_pages=True)
    reasons = _by_row(findings)
    positions = [position for position, row in enumerate(table.rows.tolist()) if row in reasons]
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(phrases.phrase("rejects.sheet"))
    rows = OriginalRows.from_table(table, positions)
    add_header_row(sheet, _headings(rows, phrases))
    for line, position in enumerate(positions, 2):
        row = int(table.rows[position])
        cells = rows.cells(sheet, position, {finding.column for finding in reasons[row]})
        reason = list(dict.fromkeys(_sentence(phrases, finding) for finding in reasons[row]))
        sheet.row_dimensions[line].height = height_for(reason, _REASON_WIDTH)
        cells += [text_cell(sheet, str(row)), text_cell(sheet, "\n".join(reason))]
        sheet.append(_from_the_top(cells))
    save_workbook(workbook, path, force=force, private=True)
    return len(positions)


def _by_row(findings: Iterable[Finding]) -> Mapping[int, list[Finding]]:
    errors: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.severity is Severity.ERROR and finding.row is not None:
            errors[finding.row].append(finding)
    return dict(errors)


def _headings(rows: OriginalRows, phrases: MessageCatalog) -> Iterator[HeaderCell]:
    yield from rows.header_cells()
    row, reason = (phrases.phrase(key) for key in REJECTED_ROWS_HEADERS)
    yield HeaderCell(row, width_for(len(row)), strong=True)
    yield HeaderCell(reason, _REASON_WIDTH, strong=True)


def _from_the_top(cells: list[Cell | None]) -> list[Cell | None]:
    from openpyxl.styles import Alignment

    for cell in filter(None, cells):
        cell.alignment = Alignment(vertical="top", wrap_text=cell is cells[-1])
    return cells


def _sentence(phrases: MessageCatalog, finding: Finding) -> str:
    place = f"[{finding.column}]" if finding.column else ""
    return " ".join(filter(None, (place, finding_message(phrases, finding), finding_advice(phrases, finding))))
