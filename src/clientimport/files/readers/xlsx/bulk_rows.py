"""The rows of a sheet that `bulk` can read, given to the handler that the XML parser gives all others to."""

from __future__ import annotations

from collections.abc import Sequence

from clientimport.files.readers.xlsx import bulk
from clientimport.files.readers.xlsx.sheet_parser import SheetHandler, Shown

ParsedRows = tuple[bulk.RowBlock, Sequence[Shown]]
"""Rows, and what their cells show that hold no text."""


class BulkRows:
    """Reads rows for a SheetHandler."""

    opening, closing = b"<row ", b"</row>"

    def __init__(self, handler: SheetHandler) -> None:
        self._handler = handler

    def parse(self, elements: bytes) -> ParsedRows | None:
        """Return all these rows, None when the parser must read one. Raises ValueError when they are damaged."""
        block = bulk.read(elements)
        if block is None:
            return None
        shown = {value: self._handler.shown(value[1], value[2], value[0]) for value in set(block.stored_values)}
        return block, [shown[value] for value in block.stored_values]

    def add(self, parsed: ParsedRows) -> None:
        """Add rows. Raises ValueError and LookupError when they are damaged."""
        self._handler.add_block(*parsed)

    def add_one(self, element: bytes) -> bool:
        """Add one row and return True; False when the parser must read it, or must say where it is damaged."""
        row = bulk.read_row(element)
        if row is None:
            return False
        try:
            shown = [self._handler.shown(cell_type, text, style) for _, style, cell_type, text in row.cells]
        except IndexError:
            return False
        self._handler.open_row(row.number)
        for (letters, *_), (text, flag) in zip(row.cells, shown, strict=True):
            self._handler.put(self._handler.column(letters), text, flag)
        self._handler.close_row()
        return True
