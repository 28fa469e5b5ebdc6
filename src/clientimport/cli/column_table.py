"""Columns as a table: a line a column over the whole width, with its header, what it holds and what it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientimport.cli.column_samples import samples, shorten
from clientimport.messages.printable import printable

if TYPE_CHECKING:
    from clientimport.cli.console import Console
    from clientimport.matching.column_mapping import ColumnMatch

_LETTER, _GAP = 3, 2
_SHARE = 0.34
"""The part of the width that headers, and that fields, may take; what both leave is for the content."""
_NO_FIELD = "–"


@dataclass(frozen=True, slots=True)
class ColumnTable:
    """The widths of a table of columns."""

    header: int
    samples: int
    field: int

    @classmethod
    def that_fits(cls, matches: Iterable[ColumnMatch], console: Console, width: int, status: int) -> ColumnTable:
        """Return the widths for `width` characters, `status` of them for the last column."""
        matches = list(matches)
        names = [len(printable(match.column.header)) for match in matches]
        labels = [len(field_label(match, console)) for match in matches]
        headings = [len(console.messages.phrase(f"map.{name}")) for name in ("header", "field")]
        room = width - _LETTER - status - 3 * _GAP
        header, field = (
            min(max([*lengths, heading]), int(room * _SHARE))
            for lengths, heading in zip((names, labels), headings, strict=True)
        )
        return cls(header, room - header - field, field)

    def line(self, match: ColumnMatch, console: Console, status: str) -> str:
        """Return the line of one column."""
        content = printable(" | ".join(samples(match, console)))
        header = printable(match.column.header) or _NO_FIELD
        return self._line(match.column.letter, (header, content, field_label(match, console)), status)

    def headings(self, console: Console) -> str:
        """Return the line above the others."""
        names = (console.messages.phrase(f"map.{name}") for name in ("header", "content", "field"))
        return self._line("", tuple(names), "")

    def _line(self, letter: str, cells: Sequence[str], status: str) -> str:
        widths = (self.header, self.samples, self.field)
        texts = (f"{shorten(cell, width):<{width}}" for cell, width in zip(cells, widths, strict=True))
        return (" " * _GAP).join((f"{letter:<{_LETTER}}{next(texts)}", *texts, status)).rstrip()


def field_label(match: ColumnMatch, console: Console) -> str:
    """Return what a column becomes, nothing where it has no field."""
    return console.messages.label(match.field) if match.field else _NO_FIELD
