"""A table as text, as rich draws it: rich draws the head and decides the widths, and the rows are put together here.

Rich alone takes forty seconds for 100,000 rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from clientimport.messages.printable import printable
from clientimport.reports.text_tables import GLUE, NO_BREAK_SPACE, render, text_table

_GAP = "   "
"""Between two columns: the divider of the box, which is blank, and the padding on both sides of it."""
_RULE = "─"


def table_text(
    headings: Sequence[str], rows: Iterable[Sequence[str]], whole: int = 1, *, width: int, colour: bool
) -> str:
    """Return rows under headings as `render` shows a `text_table`; the first `whole` columns are not folded."""
    cells = [[printable(cell).replace(NO_BREAK_SPACE, GLUE) for cell in row] for row in rows]
    columns = [_TableColumn.of(texts) for texts in zip(*cells, strict=True)]
    widest = [list(row) for row in zip(*(column.widest for column in columns), strict=True)]
    head = render([text_table(headings, widest, whole)], width=width, colour=colour).split("\n")
    widths = _widths(headings, widest, whole, width)
    if not cells or len(widths) != len(columns) or min(widths) < 1 or any(map(_is_cut, columns[:whole], widths)):
        return render([text_table(headings, cells, whole)], width=width, colour=colour)
    rule = next(number for number, line in enumerate(head) if _RULE in line)
    lines = chain(head[: rule + 1], chain.from_iterable(_row_lines(row, columns, widths) for row in cells))
    return "\n".join(lines).rstrip("\n").replace(GLUE, NO_BREAK_SPACE)


@dataclass(frozen=True, slots=True)
class _TableColumn:
    """What decides the width of a column."""

    measure: Callable[[str], int]
    """Returns how many places of the screen a text takes."""
    widest: tuple[str, str, str]
    """The text that takes most places, the one with the most letters, and the one with the longest word."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> _TableColumn:
        """Return what decides the width of these texts."""
        measure = len if "".join(texts).isascii() else _places()

        def longest_word(text: str) -> int:
            return max(map(measure, text.split()), default=0)

        return cls(measure, (max(texts, key=measure), max(texts, key=len), max(texts, key=longest_word)))


def _places() -> Callable[[str], int]:
    from rich.cells import cell_len

    return cell_len


def _is_cut(column: _TableColumn, width: int) -> bool:
    return column.measure(column.widest[0]) > width


def _widths(headings: Sequence[str], widest: Sequence[Sequence[str]], whole: int, width: int) -> list[int]:
    """Return how wide rich makes each column: what stands between the crosses of a box that has some."""
    from rich import box

    drawn = text_table(headings, widest, whole)
    drawn.box = box.SQUARE
    lines = render([drawn], width=width, colour=False).split("\n")
    rule = next((line for line in lines if line.startswith(_RULE) and not line.strip(f"{_RULE}┼")), "")
    spans = [len(span) for span in rule.split("┼")]
    edges = [1 if number in (0, len(spans) - 1) else 2 for number in range(len(spans))]
    return [span - edge for span, edge in zip(spans, edges, strict=True)] if len(spans) > 1 else []


def _row_lines(row: Sequence[str], columns: Sequence[_TableColumn], widths: Sequence[int]) -> Iterator[str]:
    places = [column.measure(text) for column, text in zip(columns, row, strict=True)]
    if all(taken <= width for taken, width in zip(places, widths, strict=True)):
        padded = (text + " " * (width - taken) for text, taken, width in zip(row, places, widths, strict=True))
        yield _GAP.join(padded).rstrip()
        return
    folded = [_folded(text, width) for text, width in zip(row, widths, strict=True)]
    for line in zip_longest(*folded, fillvalue=""):
        parts = (
            text + " " * (width - column.measure(text))
            for text, width, column in zip(line, widths, columns, strict=True)
        )
        yield _GAP.join(parts).rstrip()


def _folded(text: str, width: int) -> list[str]:
    """Return a text as the lines that rich folds it to."""
    from rich.console import Console
    from rich.text import Text

    lines = Text(text).wrap(Console(width=width), width, justify="left", overflow="fold")
    return [line.plain for line in lines]
