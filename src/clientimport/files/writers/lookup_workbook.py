"""The workbook of a look-up: one row a client, with what is right, doubtful and wrong in colours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clientimport.files.writers.sheet_style import WRONG, HeaderCell, add_header_row, height_for, width_for
from clientimport.files.writers.text_cell import text_cell
from clientimport.files.writers.workbook_bytes import save_workbook
from clientimport.reports.lookup_table import LookupTable, Tone
from clientimport.storage.output_file import require_new

_COLORS = {Tone.GOOD: "E2EFDA", Tone.DOUBT: "FFF2CC", Tone.BAD: WRONG}


def write_lookup_workbook(table: LookupTable, path: Path, title: str, *, force: bool) -> None:
    """Write the table, readable by the user alone. Raises FileUnreadable."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, PatternFill

    require_new(path, force=force)
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    lines = [[cell.text.split("\n") for cell in row] for row in table.rows]
    columns = zip(*lines, strict=True) if lines else [()] * len(table.headings)
    widths = [width_for(_longest(*column)) for column in zip(table.headings, columns, strict=True)]
    sheet.auto_filter.ref = sheet_range(len(table.headings), len(table.rows) + 1)
    add_header_row(sheet, map(HeaderCell, table.headings, widths))
    fills = {tone: PatternFill("solid", fgColor=color) for tone, color in _COLORS.items()}
    for number, (row, texts) in enumerate(zip(table.rows, lines, strict=True), 2):
        cells = [text_cell(sheet, cell.text) for cell in row]
        for cell, made in zip(row, cells, strict=True):
            made.alignment = Alignment(vertical="top", wrap_text=True)
            if cell.tone in fills:
                made.fill = fills[cell.tone]
        sheet.row_dimensions[number].height = max(
            height_for(some, width) for some, width in zip(texts, widths, strict=True)
        )
        sheet.append(cells)
    save_workbook(workbook, path, force=force, private=True)


def sheet_range(columns: int, rows: int) -> str:
    """Return the range that a table of this size takes."""
    from openpyxl.utils import get_column_letter

    return f"A1:{get_column_letter(columns)}{rows}"


def _longest(heading: str, column: Sequence[list[str]]) -> int:
    return max(len(heading), *(len(line) for lines in column for line in lines))
