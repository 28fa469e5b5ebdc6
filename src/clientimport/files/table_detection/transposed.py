"""Transposed sheets: the headers stand below each other in the first column, and each client is a column."""

from __future__ import annotations

from clientimport.files.readers.sheet import Sheet
from clientimport.files.table_detection.header_row import HeaderRow, IsKnownHeader

_ROWS = 60
"""A list with more rows has its clients in rows."""
_FEWEST = 3
_WIDTH = 2


def is_transposed(sheet: Sheet, heading: HeaderRow, is_known_header: IsKnownHeader) -> bool:
    """Tell whether most texts of the first column name columns, and the header row names next to none."""
    rows = sheet.grid.rows(0, _ROWS + 1)
    texts = [text for row in rows if (text := row.cells.get(sheet.grid.used_columns[0]))]
    wide = any(len(row.cells) >= _WIDTH for row in rows)
    if not (wide and len(texts) >= _FEWEST and len(rows) <= _ROWS and heading.known_count < _FEWEST):
        return False
    names = sum(map(is_known_header, texts))
    return names >= _FEWEST and 2 * names > len(texts) and names > heading.known_count
