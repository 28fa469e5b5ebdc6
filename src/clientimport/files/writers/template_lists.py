"""Drop-down lists in a template, and the sheet their values stand on."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from clientimport.files.writers.sheet_style import HeaderCell, add_header_row, width_for
from clientimport.files.writers.text_cell import text_row
from clientimport.messages.catalog import MessageCatalog
from clientimport.model.platform_schema import PlatformColumn, PlatformSchema
from clientimport.model.remote import ReferenceLists
from clientimport.model.table import column_letter
from clientimport.schema.fields import LANGUAGES
from clientimport.schema.reference.countries import ISO_COUNTRIES

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LOCALES = {
    "BE": ("nl", "fr", "de", "en"),
    "LU": ("fr", "de", "en"),
    "NL": ("nl", "en"),
    "FR": ("fr", "en"),
    "DE": ("de", "en"),
}
"""The languages people have in the countries our users work in; another locale can still be typed."""
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


def offered_values(
    schema: PlatformSchema, column: PlatformColumn, language: str, lists: ReferenceLists | None
) -> tuple[str, ...]:
    """Return what a template in `language` offers for `column`, in the platform's words; nothing for free text.

    `lists` is what a connection knows to exist; without it only what holds for every account is offered.
    """
    if lists is not None and column.listed_in in {"configurations", "users"}:
        return getattr(lists, column.listed_in) or ()
    if column.constant:
        return (column.word(column.constant, language),)
    if column.field == "country":
        return tuple(column.word(code, language) for code in _at_home_first(schema.country, ISO_COUNTRIES))
    if column.field == "contact_locale":
        return _locales(schema.country)
    canonical = tuple(column.words) or _languages(column)
    if lists is not None and column.listed_in == "languages" and lists.languages is not None:
        canonical = tuple(code for code in canonical if code in lists.languages)
    return tuple(column.word(value, language) for value in canonical)


def _locales(home: str) -> tuple[str, ...]:
    return tuple(f"{language}-{country}" for country in _at_home_first(home, LOCALES) for language in LOCALES[country])


def _at_home_first(home: str, countries: Iterable[str]) -> list[str]:
    """Return the client's likely countries first, then the others in alphabetical order."""
    near = [home, *(country for country in LOCALES if country != home)]
    return sorted(countries, key=lambda code: (near.index(code) if code in near else len(near), code))


def _languages(column: PlatformColumn) -> tuple[str, ...]:
    """Return the language codes that the platform takes; all known ones where it does not restrict them."""
    if column.field not in {"language", "contact_language"}:
        return ()
    taken = {spelling.casefold() for spelling in column.takes}
    return tuple(code for code in LANGUAGES if not taken or code in taken)
