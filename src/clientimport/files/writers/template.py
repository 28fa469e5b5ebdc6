"""A template: an empty workbook for one platform in one language, that helps while it is being filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from clientimport.files.writers.sheet_style import HeaderCell, add_header_row, width_for
from clientimport.files.writers.template_instructions import add_instructions, requirement_text
from clientimport.files.writers.template_lists import add_drop_downs
from clientimport.files.writers.text_cell import TEXT_FORMAT
from clientimport.files.writers.workbook_bytes import save_workbook
from clientimport.messages.catalog import MessageCatalog, message_catalog
from clientimport.model.platform_schema import PlatformColumn, PlatformSchema
from clientimport.model.remote import ReferenceLists
from clientimport.model.table import column_letter
from clientimport.storage.output_file import require_new

if TYPE_CHECKING:
    from openpyxl.comments import Comment
    from openpyxl.worksheet.worksheet import Worksheet

_NOTE_WIDTH, _LINE_HEIGHT, _LINE_LENGTH = 320, 19, 40
"""Of a note, in pixels and characters: large enough for its text in Excel's and LibreOffice's own fonts."""


def write_template(
    schema: PlatformSchema, language: str, path: Path, *, lists: ReferenceLists | None = None, force: bool
) -> None:
    """Write a workbook of three sheets: an empty table, the instructions, and the lists behind the drop-downs.

    `lists` is what a connection knows to exist on the platform. Raises FileUnreadable when it cannot be written.
    """
    from openpyxl import Workbook

    require_new(path, force=force)
    phrases = message_catalog(language)
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = phrases.phrase("template.sheet.clients")
    _add_headers(sheet, schema, phrases)
    add_instructions(workbook, schema, phrases, path.name)
    add_drop_downs(workbook, schema, phrases, lists)
    save_workbook(workbook, path, force=force)


def _add_headers(sheet: Worksheet, schema: PlatformSchema, phrases: MessageCatalog) -> None:
    """Add the header row; below it no cells, but columns whose format is text, so that `0123` keeps its zero."""
    cells = add_header_row(sheet, (_heading(column, phrases.language) for column in schema.columns))
    for index, (cell, column) in enumerate(zip(cells, schema.columns, strict=True)):
        cell.comment = _note(schema, column, phrases)
        sheet.column_dimensions[column_letter(index)].number_format = TEXT_FORMAT


def _heading(column: PlatformColumn, language: str) -> HeaderCell:
    longest = max(len(column.header(language)), len(column.word(column.example, language)))
    return HeaderCell(column.header(language), width_for(longest), strong=column.required)


def _note(schema: PlatformSchema, column: PlatformColumn, phrases: MessageCatalog) -> Comment:
    from openpyxl.comments import Comment

    paragraphs = [requirement_text(schema, column, phrases), phrases.rule(schema.id, column.field)]
    if example := column.word(column.example, phrases.language):
        paragraphs.append(phrases.phrase("template.example", example=example))
    lines = sum(-(-len(paragraph) // _LINE_LENGTH) for paragraph in paragraphs) + len(paragraphs)
    return Comment("\n\n".join(paragraphs), "clientimport", height=lines * _LINE_HEIGHT, width=_NOTE_WIDTH)
