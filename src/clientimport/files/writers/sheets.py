"""A workbook of several sheets, each a header row and rows of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clientimport.files.writers.bulk_text_rows import SAMPLE_ROW, TextRows, insert_rows
from clientimport.files.writers.sheet_style import WRONG, HeaderCell, add_header_row
from clientimport.files.writers.text_cell import text_cell
from clientimport.files.writers.workbook_bytes import workbook_bytes
from clientimport.model.table import column_letter
from clientimport.storage.output_file import require_new, write_output

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_NAME = 31
"""Letters of a sheet's name, which is Excel's limit."""
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


@dataclass(frozen=True, slots=True)
class SheetRows:
    """One sheet."""

    name: str
    headings: tuple[HeaderCell, ...]
    rows: TextRows
    choices: tuple[str, ...] = ()
    """What a drop-down list in the first column offers."""


def write_sheets(sheets: Sequence[SheetRows], path: Path, *, force: bool) -> None:
    """Write a workbook, readable by the user alone. Raises FileUnreadable when it cannot be written."""
    from openpyxl import Workbook

    require_new(path, force=force)
    workbook, names = Workbook(write_only=True), set[str]()
    for content in sheets:
        sheet = workbook.create_sheet(sheet_name(content.name, names))
        names.add(sheet.title.casefold())
        add_header_row(sheet, content.headings)
        sheet.append(_sample_row(sheet))
        if content.choices:
            _offer(sheet, content.choices, len(content.rows.columns[0]))
        sheet.auto_filter.ref = f"A1:{column_letter(len(content.headings) - 1)}{len(content.rows.columns[0]) + 1}"
    write_output(insert_rows(workbook_bytes(workbook), *(content.rows for content in sheets)), path)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that Excel takes and that no other sheet has.

    >>> sheet_name("Only in a/b", set()), sheet_name("Review", {"review"})
    ('Only in a-b', 'Review 2')
    """
    plain = wanted.translate(_NOT_IN_NAMES).strip("' ") or "-"
    name, number = plain[:LONGEST_NAME], 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: LONGEST_NAME - len(f' {number}')]} {number}"
    return name


def _sample_row(sheet: Worksheet) -> list[Cell]:
    from openpyxl.styles import PatternFill

    cells = [text_cell(sheet, text) for text in (*SAMPLE_ROW, *SAMPLE_ROW)]
    for cell in cells[len(SAMPLE_ROW) :]:
        cell.fill = PatternFill("solid", fgColor=WRONG)
    return cells


def _offer(sheet: Worksheet, choices: Sequence[str], rows: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    rule.add(f"A2:A{max(rows, 1) + 1}")
    sheet.data_validations.append(rule)
