"""The file of what was done: the user's own rows, each with the id of its client, its state, why and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from clientimport.files.writers.original_rows import OriginalRows
from clientimport.files.writers.sheet_style import HeaderCell, add_header_row, width_for
from clientimport.files.writers.text_cell import text_cell
from clientimport.files.writers.workbook_bytes import save_workbook
from clientimport.messages.added_headers import RESULTS_HEADERS
from clientimport.messages.catalog import message_catalog
from clientimport.model.table import Table
from clientimport.storage.output_file import require_new

_WIDTH = 22


@dataclass(frozen=True, slots=True)
class ResultsRow:
    """What became of one row."""

    client_id: str
    state: str
    """A state of a run, such as `created`."""
    reason: str
    """Why it is so, in words; empty where there is nothing to say."""
    time: str
    """As people write it where they are; empty where nothing was asked of the platform."""


def write_results_file(
    table: Table, results: Mapping[int, ResultsRow], path: Path, language: str, *, force: bool
) -> None:
    """Write the rows of `table` that `done` knows, by their number in the user's file, readable by the user alone.

    Raises FileUnreadable when it cannot be written.
    """
    from openpyxl import Workbook

    require_new(path, force=force)
    phrases = message_catalog(language)
    numbers = table.rows.tolist()
    rows = OriginalRows.from_table(table, [position for position, row in enumerate(numbers) if row in results])
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(phrases.phrase("done.sheet"))
    ours = (HeaderCell(phrases.phrase(key), width_for(_WIDTH), strong=True) for key in RESULTS_HEADERS)
    add_header_row(sheet, (*rows.header_cells(), *ours))
    for position in rows.positions:
        result = results[numbers[position]]
        texts = (result.reason, result.client_id, phrases.phrase(f"state.{result.state}"), result.time)
        sheet.append([*rows.cells(sheet, position), *(text_cell(sheet, text) for text in texts)])
    save_workbook(workbook, path, force=force, private=True)
