"""The file of what was pulled: a source system's clients as a list like any other, every cell as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from clientimport.files.writers.sheet_style import HeaderCell, add_header_row, width_for
from clientimport.files.writers.text_cell import text_row
from clientimport.files.writers.workbook_bytes import save_workbook
from clientimport.storage.output_file import require_new


def write_source_clients(
    headers: Sequence[str], rows: Sequence[Mapping[str, str]], path: Path, title: str, *, force: bool
) -> None:
    """Write the rows under their headers, readable by the user alone. Raises FileUnreadable."""
    from openpyxl import Workbook

    require_new(path, force=force)
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    longest = {header: max((len(row.get(header, "")) for row in rows), default=0) for header in headers}
    add_header_row(sheet, (HeaderCell(header, width_for(max(len(header), longest[header]))) for header in headers))
    for row in rows:
        sheet.append(text_row(sheet, (row.get(header) for header in headers)))
    save_workbook(workbook, path, force=force, private=True)
