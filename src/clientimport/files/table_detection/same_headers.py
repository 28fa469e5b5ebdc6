"""Sheets that look like the one that was read: the same headings, so probably more clients."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from clientimport.files.readers.sheet import Sheet
from clientimport.files.table_detection.header_row import HeaderRow, IsKnownHeader, header_row_at
from clientimport.messages.added_headers import is_added_header, is_marks_header
from clientimport.model.normalize import normalize

_SHARED, _OF = 3, 4
"""Three headings of four in common, of those of both sheets together: chosen, not measured."""


def added_header_row(sheet: Sheet, is_known_header: IsKnownHeader) -> HeaderRow | None:
    """Return the first row of a sheet that this program wrote, by the header of a column that it adds; else None."""
    for row in sheet.grid.head(1):
        if any(map(is_added_header, row.cells.values())):
            return header_row_at(sheet, row.number, is_known_header)
    return None


def holds_copies(heading: HeaderRow) -> bool:
    """Return whether the rows of a sheet are copies that this program made, such as rejected rows are."""
    return any(is_added_header(text) and not is_marks_header(text) for text in heading.texts.values())


def is_marked(heading: HeaderRow) -> bool:
    """Return whether a sheet is the user's own with our marks: it was read before."""
    return any(map(is_marks_header, heading.texts.values()))


def has_same_headers(heading: HeaderRow, chosen: HeaderRow) -> bool:
    """Return whether a sheet's headers are those of the chosen one, in any order and but for a few."""
    return share_headers(heading.texts.values(), chosen.texts.values(), normalize)


def share_headers(theirs: Iterable[str], ours: Iterable[str], key: Callable[[str], str]) -> bool:
    """Return whether most of the headings of both are in both by their keys; columns that we added do not count."""
    first, second = ({key(text) for text in texts if not is_added_header(text)} for texts in (theirs, ours))
    return len(first & second) * _OF >= len(first | second) * _SHARED
