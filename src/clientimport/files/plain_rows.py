"""Rows of a sheet as nearly all programs write them, each read with one regular expression instead of the parser.

Ten calls a cell become one tuple: reading 100,000 rows takes a third of the time. A row is left to the parser as a
whole when it is hidden, or when one `<` in it belongs to anything but a plain cell: a formula, a text in parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from clientimport.files.plain_text import TEXT, plain_text
from clientimport.files.shared_strings import unescaped
from clientimport.files.sheet_xml import SheetHandler
from clientimport.table import Oddity

_ROW = re.compile(rb'<row r="([0-9]{1,7})"([^<>]*)>')
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,5})")?(?: t="([a-zA-Z]+)")?>'
    rb'(?:<v>(%b+)</v>|<is><t(?: xml:space="preserve")?>(%b*)</t></is>)</c>' % (TEXT, TEXT)
)
_SHARED, _INLINE = b"s", b"inlineStr"

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


class PlainRows:
    """Takes rows for a SheetHandler."""

    opening, closing = b"<row ", b"</row>"

    def __init__(self, handler: SheetHandler, strings: tuple[str, ...]) -> None:
        self._handler = handler
        self._strings = tuple("" if text.isspace() else text for text in strings)
        self._columns = _Columns(handler.column)

    def take_all(self, elements: list[bytes]) -> bool:  # noqa: ARG002 -- the Plain protocol
        """Have each row looked at: what stands in it differs too much."""
        return False

    def take(self, element: bytes) -> bool:
        """Take one row unless something about it is not plain. Raises ValueError when it is damaged."""
        row = _ROW.match(element)
        if row is None or b"hidden" in row[2] or row[2].endswith(b"/"):
            return False
        cells: list[_Cell] = _CELL.findall(element, row.end())
        # Each plain cell has four tags, one with its text inside has six; whatever else there is has more.
        if element.count(b"<") != 1 + 4 * len(cells) + 2 * element.count(b"<is>"):
            return False
        if all(kind == _SHARED and at for _, _, kind, at, _ in cells):
            return self._take_shared(int(row[1]), cells)
        return self._take_any(int(row[1]), cells)

    def _take_shared(self, number: int, cells: list[_Cell]) -> bool:
        strings, columns = self._strings, self._columns
        self._handler.keep_row(
            number, {columns[letters]: text for letters, _, _, at, _ in cells if (text := strings[int(at)])}
        )
        return True

    def _take_any(self, number: int, cells: list[_Cell]) -> bool:
        shown = [self._stored(*cell) for cell in cells]
        texts = [text for text in shown if text is not None]
        if len(texts) < len(shown):
            return False
        self._handler.open_row(number)
        for (letters, style, kind, *_), text in zip(cells, texts, strict=True):
            if kind == _SHARED:
                read: tuple[str, Oddity | None] = self._strings[int(text)], None
            elif kind == _INLINE:
                read = unescaped(text), None
            else:
                read = self._handler.computed(kind.decode() or "n", text, int(style or 0))
            self._handler.put(self._columns[letters], *read)
        self._handler.close_row()
        return True

    @staticmethod
    def _stored(_letters: bytes, _style: bytes, kind: bytes, value: bytes, inside: bytes) -> str | None:
        """Return what is stored, None when the parser must look at it."""
        if bool(value) is (kind == _INLINE):
            return None
        return plain_text(inside or value)
