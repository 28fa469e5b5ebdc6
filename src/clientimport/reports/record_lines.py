"""Records as lines under headings, as wide as the screen: columns fold where they must, notes stand below a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clientimport.messages.printable import printable

GAP = 2
"""Blanks between two columns."""
NARROWEST = 10
"""Characters that a folding column keeps on a screen that is too narrow. Chosen, not measured."""
INDENT = 6
"""Blanks before a note, so that the records' first column stays in sight."""
_BREAKS = " @-_,;/"
"""Characters after which a line may end."""
_PARTS = re.compile(r"[^ @_,;/-]*[ @_,;/-]?")


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """One column."""

    heading: str
    folds: bool = False
    """Whether its values may go over several lines."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record, and what is to be said below it."""

    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()


def record_lines(columns: Sequence[RecordColumn], records: Iterable[RecordLine], width: int) -> str:
    """Return the records as text; nothing is cut."""
    printed = [
        RecordLine(tuple(map(printable, record.cells)), tuple(map(printable, record.notes))) for record in records
    ]
    widths = _widths(columns, printed, width)
    headings = [folded(column.heading, width, " ") for column, width in zip(columns, widths, strict=True)]
    lines = [*_beside_each_other(headings, widths), "─" * min(width, _total(widths))]
    for record in printed:
        lines += _folded(record.cells, widths)
        lines += [f"{' ' * INDENT}{line}" for note in record.notes for line in folded(note, max(width - INDENT, 1))]
    return "\n".join(lines)


def folded(text: str, width: int, breaks: str = _BREAKS) -> list[str]:
    """Return a text as lines: broken behind a blank or within an address, within a word only where that is too long.

    `breaks` are the characters after which a line may end.

    >>> folded("an.peeters@bakkerijpeeters.be", 19), folded("de laatste cijfers", 12)
    (['an.peeters@', 'bakkerijpeeters.be'], ['de laatste', 'cijfers'])
    """
    lines = []
    while len(text) > width:
        end = next((at for at in range(width, 0, -1) if text[at - 1] in breaks or text[at] == " "), width)
        lines.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*lines, text]


def _widths(columns: Sequence[RecordColumn], records: Sequence[RecordLine], width: int) -> list[int]:
    """Return each column's width: its longest value's, less where the screen is too narrow for all."""
    values = [[record.cells[index] for record in records] for index in range(len(columns))]
    headings = [max(map(len, column.heading.split(" "))) for column in columns]
    widths = [max([head, *map(len, cells)]) for head, cells in zip(headings, values, strict=True)]
    folding = [index for index, column in enumerate(columns) if column.folds]
    unbroken = {index: max(map(_longest_part, values[index]), default=0) for index in folding}
    for least in (unbroken, dict.fromkeys(folding, NARROWEST)):
        while _total(widths) > width:
            wider = [index for index in folding if widths[index] > max(least[index], NARROWEST)]
            if not wider:
                break
            widths[max(wider, key=lambda index: widths[index])] -= 1
    return widths


def _longest_part(text: str) -> int:
    """Return the length of the longest part that stays on one line.

    >>> _longest_part("an.peeters@bakkerijpeeters.be")
    18
    """
    return max(map(len, _PARTS.findall(text)), default=0)


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _folded(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Return one record's lines."""
    return _beside_each_other([folded(cell, width) for cell, width in zip(cells, widths, strict=True)], widths)


def _beside_each_other(columns: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Return the lines of each column, all columns beside each other."""
    height = max(map(len, columns))
    padded = [[*lines, *[""] * (height - len(lines))] for lines in columns]
    return [
        (" " * GAP).join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in zip(*padded, strict=True)
    ]
