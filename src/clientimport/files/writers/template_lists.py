"""Drop-down lists in a template, and the sheet their values stand on."""

from __future__ import annotations

from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from clientimport.connectors.protocol import ReferenceLists
from clientimport.files.writers.sheet_style import HeaderCell, add_header_row, width_for
from clientimport.files.writers.template_choices import offered_values
from clientimport.files.writers.text_cell import text_row
from clientimport.messages.catalog import MessageCatalog
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.table import column_letter

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LAST_ROW = 1_048_576


def add_drop_downs(
    workbook: Workbook, schema: PlatformSchema, phrases: MessageCatalog, lists: ReferenceLists | None
) -> None:
    """Give the first sheet's columns their drop-downs, with the values on a sheet of their own at the end.

    A list inside a cell's rule may hold 255 characters only, the countries alone take 750. A value that is not in a
    list is questioned, not refused: the lists hold what is usual, and what is pasted is not stopped by Excel anyway.
    """
    offered = {
        index: values
        for index, column in enumerate(schema.columns)
        if (values := offered_values(schema, column, phrases.language, lists))
    }
    if not offered:
        return
    target = workbook.create_sheet(phrases.phrase("template.sheet.lists"))
    _fill(target, tuple((schema.columns[index].header(phrases.language), *values) for index, values in offered.items()))
    for position, (index, values) in enumerate(offered.items()):
        where = column_letter(position)
        source = f"'{target.title}'!${where}$2:${where}${len(values) + 1}"
        _offer(workbook.worksheets[0], column_letter(index), source, phrases)


def _fill(target: Worksheet, columns: tuple[tuple[str, ...], ...]) -> None:
    add_header_row(target, (HeaderCell(column[0], width_for(max(map(len, column)))) for column in columns))
    for row in islice(zip_longest(*columns), 1, None):
        target.append(text_row(target, row))


def _offer(sheet: Worksheet, column: str, source: str, phrases: MessageCatalog) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle="warning", showErrorMessage=True)
    rule.errorTitle = phrases.phrase("template.choice.title")
    rule.error = phrases.phrase("template.choice.message")
    rule.add(f"{column}2:{column}{LAST_ROW}")
    sheet.add_data_validation(rule)
