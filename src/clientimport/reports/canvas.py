"""The canvas: tables and coloured lines as plain text, for a terminal or a file of 80 columns."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from clientimport.printable import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table as Grid


def draw(parts: Iterable[RenderableType], *, width: int, colour: bool) -> str:
    """Return what rich draws, without markup, emoji or guesses about what a word is."""
    from rich.console import Console

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
        console.print(part)
    lines = console.file.getvalue().split("\n")  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in lines).rstrip("\n")


def grid(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Grid:
    """Return a table that folds long values and never cuts them."""
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for heading in headings:
        drawn.add_column(Text(heading), overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(printable(cell)) for cell in row))
    return drawn
