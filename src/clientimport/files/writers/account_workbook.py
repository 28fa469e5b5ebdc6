"""The state of an account as a workbook: an overview with charts of the program's own, and a sheet for each table."""

from __future__ import annotations

from datetime import date
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from clientimport.files.writers.sheet_style import HeaderCell, add_header_row, styled_header_cell, text_font, width_for
from clientimport.files.writers.sheets import sheet_name
from clientimport.files.writers.text_cell import day_cell, text_cell
from clientimport.files.writers.workbook_bytes import save_workbook
from clientimport.messages.catalog import MessageCatalog, message_catalog
from clientimport.model.masking import mask_text
from clientimport.reports.account.account_state import AccountState
from clientimport.reports.account.state_tables import StateTable, StateTables, TableCell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

CHART_WIDTH, CHART_HEIGHT = 16, 7.5
"""In centimetres: two charts beside their numbers on a screen."""
ROWS_OF_CHART = 17
"""Rows that a chart of that height covers."""
WIDE_COLUMNS = (34, 14, 14)
"""Of the overview, in characters."""
_TITLE_SIZE = 16
SUBJECT = "clientimport: state of an account"
"""The property by which a workbook of ours is known again."""


def write_account_workbook(state: AccountState, path: Path, language: str, *, masks: bool) -> None:
    """Write the workbook, readable by the user alone. Raises FileUnreadable when it cannot be written."""
    from openpyxl import Workbook

    workbook, messages = Workbook(write_only=True), message_catalog(language, for_pages=True)
    tables = StateTables(state, messages, masks)
    overview = workbook.create_sheet(sheet_name(messages.phrase("account.overview.heading"), set()))
    _Overview(overview, messages, masks=masks).add(
        (messages.phrase("account.title"), state.title, tables.about()), tables
    )
    names = {overview.title.casefold()}
    for table in tables.every():
        _add_sheet(workbook, table, names, messages, masks=masks)
    workbook.properties.subject = SUBJECT
    save_workbook(workbook, path, force=True, private=True)


def is_account_workbook(path: Path) -> bool:
    """Return whether a file is such a workbook of ours, which may be replaced by the next one."""
    try:
        with ZipFile(path) as package:
            return SUBJECT.encode() in package.read("docProps/core.xml")
    except (OSError, KeyError, BadZipFile):
        return False


def _add_sheet(
    workbook: Workbook, table: StateTable, names: set[str], messages: MessageCatalog, *, masks: bool
) -> None:
    sheet = workbook.create_sheet(sheet_name(messages.phrase(f"account.{table.key}.sheet"), names))
    names.add(sheet.title.casefold())
    columns = zip(table.columns, zip(*table.texts(messages), strict=True) if table.rows else repeat(()), strict=False)
    longest = [max([len(heading), *map(len, column)]) for heading, column in columns]
    add_header_row(sheet, map(HeaderCell, table.columns, map(width_for, longest)))
    day_format = messages.phrase("day.short").replace("%d", "dd").replace("%m", "mm").replace("%Y", "yyyy")
    for row in table.rows:
        sheet.append([_cell(sheet, value, day_format, masks=masks) for value in row])


def _cell(sheet: Worksheet, value: TableCell, day_format: str, *, masks: bool) -> Cell | int | None:
    """Return a cell: a day or a number as what it is, anything else as text that never runs."""
    if isinstance(value, str):
        return text_cell(sheet, mask_text(value) if masks else value) if value else None
    return day_cell(sheet, value, day_format) if isinstance(value, date) else value


class _Overview:
    """The first sheet: what it is about, and the counts with a chart beside each."""

    def __init__(self, sheet: Worksheet, messages: MessageCatalog, *, masks: bool) -> None:
        self._sheet, self._messages, self._masks = sheet, messages, masks
        self._rows = 0

    def add(self, titles: tuple[str, ...], tables: StateTables) -> None:
        """Add all of it."""
        for letter, width in zip("ABC", WIDE_COLUMNS, strict=True):
            self._sheet.column_dimensions[letter].width = width
        for number, title in enumerate(filter(None, titles)):
            cell = text_cell(self._sheet, mask_text(title) if self._masks else title)
            cell.font = text_font(bold=number == 0, size=_TITLE_SIZE if number == 0 else 11)
            self._append([cell])
        self._append([])
        for key, number in tables.totals().items():
            self._append([text_cell(self._sheet, self._messages.phrase(f"account.tile.{key}")), number])
        for table, kind in ((tables.by_status(), "bar"), (tables.by_age(), "col"), (tables.over_time(), "line")):
            if any(number for row in table.rows for number in row[1:]):
                self._add_counts(table, kind)

    def _add_counts(self, table: StateTable, kind: str) -> None:
        """Add a table of numbers and its chart, which the next table stands below."""
        self._append([])
        heading = text_cell(self._sheet, table.heading)
        heading.font = text_font(bold=True, size=13)
        self._append([heading])
        self._append([styled_header_cell(self._sheet, column) for column in table.columns])
        first = self._rows
        for (label, *_), (_, *numbers) in zip(table.texts(self._messages), table.rows, strict=True):
            self._append([text_cell(self._sheet, label), *(number for number in numbers if isinstance(number, int))])
        self._add_chart(table, kind, first)
        while self._rows < first + ROWS_OF_CHART:
            self._append([])

    def _add_chart(self, table: StateTable, kind: str, first: int) -> None:
        from openpyxl.chart import BarChart, LineChart, Reference

        chart = LineChart() if kind == "line" else BarChart()
        if isinstance(chart, BarChart):
            chart.type, chart.legend, chart.gapWidth = kind, None, 60
        chart.width, chart.height = CHART_WIDTH, CHART_HEIGHT
        chart.x_axis.delete = chart.y_axis.delete = False  # without this some programs show no axes
        if kind == "bar":
            chart.x_axis.scaling.orientation = "maxMin"  # the first one on top, as in the table
        last = first + len(table.rows)
        numbers = Reference(self._sheet, min_col=2, max_col=len(table.columns), min_row=first, max_row=last)
        chart.add_data(numbers, titles_from_data=True)
        chart.set_categories(Reference(self._sheet, min_col=1, min_row=first + 1, max_row=last))
        for series in chart.series if kind == "line" else ():
            series.smooth = False
        self._sheet.add_chart(chart, f"E{first - 1}")

    def _append(self, cells: list[Cell | int]) -> None:
        self._sheet.append(cells)
        self._rows += 1
