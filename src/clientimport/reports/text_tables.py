"""Tables and coloured lines as plain text, for a terminal or a file of 80 columns."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from clientimport.messages.printable import printable

_LONGEST_ID = 36
"""A UUID."""

NO_BREAK_SPACE, GLUE = "\N{NO-BREAK SPACE}", "\U0010fffd"
"""Rich breaks a line at every kind of space, so a character that is none stands for the no-break space until then."""

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table as Grid
    from rich.text import Text


def render(parts: Iterable[RenderableType], *, width: int, colour: bool) -> str:
    """Return what rich draws, without markup, emoji or guesses about what a word is."""
    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    for part in parts:
        is_pasted = isinstance(part, Text) and part.no_wrap  # all else folds
        console.print(part, no_wrap=is_pasted or None, overflow="ignore" if is_pasted else None, crop=not is_pasted)
    lines = console.file.getvalue().split("\n")  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in lines).rstrip("\n").replace(GLUE, NO_BREAK_SPACE)


def styled_text(text: str, style: str = "") -> Text:
    """Return a text whose no-break spaces keep their words on one line."""
    from rich.text import Text

    return Text(text.replace(NO_BREAK_SPACE, GLUE), style)


def text_table(headings: Sequence[str], rows: Iterable[Sequence[str]], whole: int = 1) -> Grid:
    """Return a table that folds long values and never cuts them; the first `whole` columns are not folded either."""
    from rich import box
    from rich.table import Table as Grid

    drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    printed = [[printable(cell) for cell in row] for row in rows]
    for index, heading in enumerate(headings):
        longest = max((len(row[index]) for row in printed), default=0)
        in_one_piece = index < whole and longest <= _LONGEST_ID  # what one copies
        drawn.add_column(styled_text(heading), overflow="fold", no_wrap=in_one_piece)
    for row in printed:
        drawn.add_row(*map(styled_text, row))
    return drawn
