"""Sheets that look like the one that was read: the same headings, so probably more clients."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from clientimport.files.readers.sheet import Sheet
from clientimport.files.table_detection.header_row import HeaderRow, IsKnownHeader, header_row_at
from clientimport.messages.added_headers import is_added_header
from clientimport.model.normalize import normalize

_SHARED, _OF = 3, 4
"""Three headings of four in common, of those of both sheets together: chosen, not measured."""


def added_header_row(sheet: Sheet, is_known_header: IsKnownHeader) -> HeaderRow | None:
    """Return the first row of a sheet that this program wrote, by the header of a column that it adds; else None."""
    for row in sheet.grid.head(1):
        if any(map(is_added_header, row.cells.values())):
            return header_row_at(sheet, row.number, is_known_header)
    return None


def has_our_column(heading: HeaderRow) -> bool:
    """Return whether a sheet has a column that this program adds, such as rejected rows have: its rows are copies."""
    return any(map(is_added_header, heading.texts.values()))


def has_same_headers(heading: HeaderRow, chosen: HeaderRow) -> bool:
    """Return whether a sheet's headers are those of the chosen one, in any order and but for a few."""
    theirs, ours = ({normalize(text) for text in header_row.texts.values()} for header_row in (heading, chosen))
    return share_headers(theirs, ours)


def share_headers(theirs: AbstractSet[str], ours: AbstractSet[str]) -> bool:
    """Return whether most of the headings of both are in both."""
    return len(theirs & ours) * _OF >= len(theirs | ours) * _SHARED
