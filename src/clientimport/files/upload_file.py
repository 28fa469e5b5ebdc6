"""The upload file: clients as the platform's own upload takes them, in its headers and its words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clientimport.client import Client
from clientimport.files.new_file import require_new, save
from clientimport.files.sheet_style import Heading, add_top_row, width_for
from clientimport.files.text_cell import text_row
from clientimport.schema import Schema, SchemaColumn
from clientimport.texts.words import words


def write_upload_file(schema: Schema, language: str, clients: Sequence[Client], path: Path, *, force: bool) -> None:
    """Write one row per client, in the platform's column order, readable by the user alone.

    Raises FileUnreadable when it cannot be written.
    """
    from openpyxl import Workbook

    require_new(path, force=force)
    workbook = Workbook(write_only=True)  # rows go straight to disk: a federation has 100,000 clients
    sheet = workbook.create_sheet(words(language).say("template.sheet.clients"))
    add_top_row(sheet, (_heading(column, language) for column in schema.columns))
    for client in clients:
        sheet.append(text_row(sheet, (_written(column, client, language) for column in schema.columns)))
    save(workbook, path, force=force, private=True)


def _heading(column: SchemaColumn, language: str) -> Heading:
    header = column.header(language)
    return Heading(header, width_for(max(len(header), len(column.example))), strong=column.required)


def _written(column: SchemaColumn, client: Client, language: str) -> str | None:
    value = client.fields.get(column.field) or column.constant
    return column.word(value, language) if value else None
