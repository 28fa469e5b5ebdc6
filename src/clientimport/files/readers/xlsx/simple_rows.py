"""Rows of a sheet as nearly all programs write them: many at once, else one by one, without the parser.

A row is left to the parser as a whole when it is hidden, or when one `<` in it belongs to anything but a plain cell:
a formula, a text in parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from clientimport.files.readers.xlsx.bulk_rows import RowBlock, block
from clientimport.files.readers.xlsx.sheet_parser import SheetHandler, Shown
from clientimport.files.readers.xlsx.simple_text import TEXT, plain_text

_ROW = re.compile(rb'<row r="([0-9]{1,7})"([^<>]*)>')
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,5})")?(?: t="([a-zA-Z]+)")?>'
    rb'(?:<v>(%b+)</v>|<is><t(?: xml:space="preserve")?>(%b*)</t></is>)</c>' % (TEXT, TEXT)
)
_INLINE = b"inlineStr"

Ready = tuple[RowBlock, Sequence[Shown]]
"""Rows, and what their cells show that are no text."""
_Cell = tuple[bytes, bytes, bytes, bytes, bytes]
"""Letters, style, type, stored value, and the text that stands inside."""


class _Columns(dict[bytes, int]):
    """The position of each column, looked up once."""

    def __init__(self, position: Callable[[str], int]) -> None:
        super().__init__()
        self._position = position

    def __missing__(self, letters: bytes) -> int:
        found = self[letters] = self._position(letters.decode())
        return found


class BulkRows:
    """Takes rows for a SheetHandler."""

    opening, closing = b"<row ", b"</row>"

    def __init__(self, handler: SheetHandler) -> None:
        self._handler = handler
        self._columns = _Columns(handler.column)

    def ready(self, elements: bytes) -> Ready | None:
        """Return all these rows unless one is not plain. Raises ValueError when they are damaged."""
        found = block(elements)
        if found is None:
            return None
        known = {cell: self._shown(cell[0][1], cell[0][0], cell[1]) for cell in set(found.stored)}
        shown = [text for cell in found.stored if (text := known[cell]) is not None]
        return (found, shown) if len(shown) == len(found.stored) else None

    def keep(self, ready: Ready) -> None:
        """Keep rows. Raises ValueError and LookupError when they are damaged."""
        self._handler.keep_block(*ready)

    def take(self, element: bytes) -> bool:
        """Take one row unless something about it is not plain. Raises ValueError when it is damaged."""
        row = _ROW.match(element)
        if row is None or b"hidden" in row[2] or b"xmlns" in row[2] or row[2].endswith(b"/"):
            return False
        cells: list[_Cell] = _CELL.findall(element, row.end())
        # Each plain cell has four tags, one with its text inside has six; whatever else there is has more.
        if element.count(b"<") != 1 + 4 * len(cells) + 2 * element.count(b"<is>"):
            return False
        shown = [self._stored(*cell) for cell in cells]
        texts = [text for text in shown if text is not None]
        if len(texts) < len(shown):
            return False
        self._handler.open_row(int(row[1]))
        for (letters, *_), (text, oddity) in zip(cells, texts, strict=True):
            self._handler.put(self._columns[letters], text, oddity)
        self._handler.close_row()
        return True

    def _stored(self, _letters: bytes, style: bytes, kind: bytes, value: bytes, inside: bytes) -> Shown | None:
        if bool(value) is (kind == _INLINE):
            return None
        return self._shown(kind.decode() or "n", int(style or 0), inside or value)

    def _shown(self, kind: str, style: int, stored: bytes) -> Shown | None:
        """Return what a cell shows, None when the parser must look at it, or must say where it is damaged."""
        text = plain_text(stored)
        try:
            return None if text is None else self._handler.shown(kind, text, style)
        except IndexError:
            return None
