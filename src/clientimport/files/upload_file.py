"""The upload file: clients as the platform's own upload takes them, in its headers and its words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from clientimport.client import Client
from clientimport.files.new_file import require_new, saved, write_new
from clientimport.files.sheet_style import Heading, add_top_row, width_for
from clientimport.files.text_cell import text_row
from clientimport.files.text_rows import SAMPLE, with_rows
from clientimport.schema import Schema, SchemaColumn
from clientimport.texts.words import words


def write_upload_file(schema: Schema, language: str, clients: Sequence[Client], path: Path, *, force: bool) -> None:
    """Write one row per client, in the platform's column order, readable by the user alone.

    Raises FileUnreadable when it cannot be written.
    """
    from openpyxl import Workbook

    require_new(path, force=force)
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(words(language).say("template.sheet.clients"))
    add_top_row(sheet, (_heading(column, language) for column in schema.columns))
    sheet.append(text_row(sheet, SAMPLE))
    written = [partial(_written, column, language) for column in schema.columns]
    rows = ([write(client) for write in written] for client in clients)
    write_new(with_rows(saved(workbook), rows), path)


def _heading(column: SchemaColumn, language: str) -> Heading:
    header = column.header(language)
    return Heading(header, width_for(max(len(header), len(column.example))), strong=column.required)


def _written(column: SchemaColumn, language: str, client: Client) -> str | None:
    value = client.fields.get(column.field) or column.constant
    return column.word(value, language) if value else None
