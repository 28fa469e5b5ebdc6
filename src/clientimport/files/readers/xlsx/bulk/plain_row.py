"""One row of a sheet as nearly all programs write it, parsed by one regular expression."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clientimport.files.readers.xlsx.bulk.plain_text import TEXT, plain_text

_ROW = re.compile(rb'<row r="([0-9]{1,7})"([^<>]*)>')
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,5})")?(?: t="([a-zA-Z]+)")?>'
    rb'(?:<v>(%b+)</v>|<is><t(?: xml:space="preserve")?>(%b*)</t></is>)</c>' % (TEXT, TEXT)
)
_INLINE = b"inlineStr"


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A row whose cells all hold a value or a text, and no formula and no text in parts."""

    number: int
    cells: list[tuple[str, int, str, str]]
    """Of each its column's letters, style, type and stored text."""


def parse_row(row: bytes) -> PlainRow | None:
    """Return the row, None when it is hidden or one `<` in it belongs to anything but a plain cell.

    >>> parse_row(b'<row r="2"><c r="A2" s="1"><v>7</v></c>')
    PlainRow(number=2, cells=[('A', 1, 'n', '7')])
    """
    opening = _ROW.match(row)
    if opening is None or b"hidden" in opening[2] or b"xmlns" in opening[2] or opening[2].endswith(b"/"):
        return None
    matches: list[tuple[bytes, bytes, bytes, bytes, bytes]] = _CELL.findall(row, opening.end())
    # Each plain cell has four tags, one with its text inside has six; anything else has more.
    if row.count(b"<") != 1 + 4 * len(matches) + 2 * row.count(b"<is>"):
        return None
    cells = []
    for letters, style, cell_type, value, inline_text in matches:
        text = plain_text(inline_text or value)
        if text is None or bool(value) is (cell_type == _INLINE):
            return None
        cells.append((letters.decode(), int(style or 0), cell_type.decode() or "n", text))
    return PlainRow(int(opening[1]), cells)
