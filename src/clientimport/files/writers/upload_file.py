"""The upload file: clients as the platform's own upload takes them, in its headers and its words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from clientimport.files.writers.bulk_text_rows import SAMPLE_ROW, TextRows, insert_rows
from clientimport.files.writers.sheet_style import HeaderCell, add_header_row, width_for
from clientimport.files.writers.text_cell import text_row
from clientimport.files.writers.workbook_bytes import workbook_bytes
from clientimport.messages.catalog import message_catalog
from clientimport.model.client import Client
from clientimport.model.platform_schema import PlatformColumn, PlatformSchema
from clientimport.storage.output_file import require_new, write_output


def write_upload_file(
    schema: PlatformSchema, language: str, clients: Sequence[Client], path: Path, *, force: bool
) -> None:
    """Write one row per client, in the platform's column order, readable by the user alone.

    Raises FileUnreadable when it cannot be written.
    """
    from openpyxl import Workbook

    require_new(path, force=force)
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(message_catalog(language).phrase("template.sheet.clients"))
    add_header_row(sheet, (column_heading(column, language) for column in schema.columns))
    sheet.append(text_row(sheet, SAMPLE_ROW))
    columns = [_written(column, language, clients) for column in schema.columns]
    write_output(insert_rows(workbook_bytes(workbook), TextRows(columns)), path)


def column_heading(column: PlatformColumn, language: str) -> HeaderCell:
    """Return the head of one of the platform's own columns."""
    header = column.header(language)
    return HeaderCell(header, width_for(max(len(header), len(column.example))), strong=column.required)


def _written(column: PlatformColumn, language: str, clients: Sequence[Client]) -> pa.StringArray:
    """Return a column in the platform's own words."""
    values = [client.fields.get(column.field) or column.constant for client in clients]
    if column.words:
        values = [column.word(value, language) if value else None for value in values]
    return pa.array(values, pa.string())
