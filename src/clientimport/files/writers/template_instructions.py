"""The instructions sheet of a template: every column with its rule, example and source, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from clientimport.files.writers.sheet_style import (
    BLACK,
    DARK,
    LIGHT,
    LINK,
    QUIET,
    TEXT_SIZE,
    fit_to_page,
    height_for,
    styled_header_cell,
    text_font,
)
from clientimport.files.writers.text_cell import text_cell
from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.upload_step import upload_step
from clientimport.model.platform_schema import PlatformColumn, PlatformSchema
from clientimport.model.shell_command import shell_command
from clientimport.model.table import column_letter

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_HEADINGS = ("column", "header", "required", "rule", "example", "source")
_WIDTHS = (9, 30, 21, 76, 34, 8)
_WHOLE_WIDTH = 140
"""Characters of running text that fit beside the first column."""
_TITLE, _SUBTITLE = 16, 13


def add_instructions(workbook: Workbook, schema: PlatformSchema, phrases: MessageCatalog, file: str) -> None:
    """Add the sheet to `workbook`; its commands name the template `file`."""
    sheet = workbook.create_sheet(phrases.phrase("template.sheet.instructions"))
    for index, width in enumerate(_WIDTHS):
        sheet.column_dimensions[column_letter(index)].width = width
    sheet.sheet_view.showGridLines = False
    _add_title(sheet, schema, phrases, workbook.worksheets[0].title)
    sources = list(dict.fromkeys(column.source for column in schema.columns))
    _add_columns(sheet, schema, phrases, sources)
    _add_steps(sheet, schema, phrases, file)
    _add_sources(sheet, phrases, sources)
    fit_to_page(sheet)


def _add_title(sheet: Worksheet, schema: PlatformSchema, phrases: MessageCatalog, data_sheet: str) -> None:
    _add_line(sheet, "", phrases.phrase("template.title", platform=schema.name), color=DARK, size=_TITLE)
    _add_line(sheet, "", phrases.phrase("template.intro", sheet=data_sheet))
    _add_line(sheet, "", phrases.phrase("template.reviewed", date=phrases.format_date(schema.reviewed)), color=QUIET)
    sheet.append([])


def _add_columns(sheet: Worksheet, schema: PlatformSchema, phrases: MessageCatalog, sources: list[str]) -> None:
    sheet.append(
        [styled_header_cell(sheet, phrases.phrase(f"template.heading.{name}"), strong=True) for name in _HEADINGS]
    )
    for index, column in enumerate(schema.columns):
        texts = (column_letter(index), *_row(schema, column, phrases), str(sources.index(column.source) + 1))
        cells = [text_cell(sheet, text) for text in texts]
        _style(cells, column)
        sheet.append(cells)
        highest = max(height_for([text], width) for text, width in zip(texts, _WIDTHS, strict=True))
        sheet.row_dimensions[sheet.max_row].height = highest
    sheet.append([])


def _row(schema: PlatformSchema, column: PlatformColumn, phrases: MessageCatalog) -> tuple[str, str, str, str]:
    language = phrases.language
    rule, example = phrases.rule(schema.id, column.field), column.word(column.example, language)
    return column.header(language), requirement_text(schema, column, phrases), rule, example


def _style(cells: list[Cell], column: PlatformColumn) -> None:
    from openpyxl.styles import Alignment, Border, Side

    for cell in cells:
        cell.font = text_font()
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        cell.border = Border(bottom=Side("thin", color=LIGHT))
    _, header, required, *_, source = cells
    header.font = text_font(DARK, bold=True)
    required.font = text_font(bold=column.required)
    _link(source, column.source)


def _add_steps(sheet: Worksheet, schema: PlatformSchema, phrases: MessageCatalog, file: str) -> None:
    _add_line(sheet, "", phrases.phrase("template.next"), color=DARK, size=_SUBTITLE)
    for number, (step, command) in enumerate(_steps(schema, phrases, file), 1):
        _add_line(sheet, f"{number}.", step)
        if command:
            _add_line(sheet, "", command, font="Courier New")
    sheet.append([])


def _steps(schema: PlatformSchema, phrases: MessageCatalog, file: str) -> Iterator[tuple[str, str]]:
    """Yield what to do and the command to type for it, if there is one."""
    given, upload = [file, "-p", schema.id], f"{schema.id}-upload.xlsx"
    yield phrases.phrase("template.step.fill"), ""
    yield phrases.phrase("template.step.check"), shell_command(["clientimport", "validate", *given])
    written = ["-o", upload, "--rejects", f"{schema.id}-rejects.xlsx"]
    yield phrases.phrase("template.step.repair"), shell_command(["clientimport", "fix", *given, *written])
    yield upload_step(phrases, schema, upload), ""
    if schema.api is not None:
        pushing = [file, "-c", "CONNECTION", *(["--invite"] if schema.creating_mails else [])]
        yield phrases.phrase("template.step.push"), shell_command(["clientimport", "push", *pushing])


def _add_sources(sheet: Worksheet, phrases: MessageCatalog, sources: list[str]) -> None:
    _add_line(sheet, "", phrases.phrase("template.sources"), color=DARK, size=_SUBTITLE)
    for number, source in enumerate(sources, 1):
        _link(_add_line(sheet, f"{number}.", source), source)


def _add_line(
    sheet: Worksheet, mark: str, text: str, *, color: str = BLACK, size: int = TEXT_SIZE, font: str = "Calibri"
) -> Cell:
    """Add a line of running text over the whole width, with a mark in the margin, and return its cell."""
    from openpyxl.styles import Alignment

    cells = [text_cell(sheet, mark), text_cell(sheet, text)]
    for cell in cells:
        cell.font = text_font(color, bold=size > TEXT_SIZE, size=size, font=font)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    cells[0].alignment = Alignment(vertical="center", horizontal="right")
    sheet.append(cells)
    cell = cells[1]
    sheet.merge_cells(start_row=cell.row, end_row=cell.row, start_column=2, end_column=len(_WIDTHS))
    sheet.row_dimensions[cell.row].height = height_for([text], _WHOLE_WIDTH, size)
    return cell


def _link(cell: Cell, source: str) -> None:
    if source.startswith("https://"):
        cell.hyperlink = source
        cell.font = text_font(LINK)


def requirement_text(schema: PlatformSchema, column: PlatformColumn, phrases: MessageCatalog) -> str:
    """Return "Required", "Optional", or which other columns must be filled in when this one is not."""
    if column.required:
        return phrases.phrase("template.required")
    for group in schema.alternatives:
        if column.field in group:
            others = (other for other in schema.columns if other.field in group and other is not column)
            return phrases.phrase(
                "template.either", others=" / ".join(other.header(phrases.language) for other in others)
            )
    return phrases.phrase("template.optional")
