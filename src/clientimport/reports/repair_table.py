"""Repairs folded: a line a kind, with how often it was made, in which columns, and an example or two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from clientimport.messages.finding_messages import is_masked_value
from clientimport.messages.printable import printable
from clientimport.model.finding import Finding
from clientimport.model.masking import mask_value
from clientimport.model.table import column_index
from clientimport.reports.protocol import ReportContext
from clientimport.reports.text_tables import styled_text

if TYPE_CHECKING:
    from rich.table import Table as Grid

MOST_EXAMPLES = 2
LONGEST = 30
"""Characters of one value in an example; chosen, not measured."""
MOST_LETTERS = 3
"""Columns that are named; chosen, not measured."""
_INDENT, _GAP = 2, 2
_TITLE_SHARE = 0.45
"""The part of the width that a kind's name may take, so that an example fits beside it; chosen, not measured."""
_ARROW, _BETWEEN = " → ", " · "


def repair_table(repairs: Sequence[Finding], context: ReportContext) -> Grid:
    """Return the repairs as a table, the most frequent kind first."""
    from rich.table import Table as Grid

    kinds = _kinds(repairs)
    lines = [(f"{len(kind)} ×", _letters(kind), context.messages.findings[kind[0].code].title) for kind in kinds]
    count, letters, title = (max(map(len, texts)) for texts in zip(*lines, strict=True))
    count, title = count + _INDENT, min(title, int(context.width * _TITLE_SHARE))
    room = context.width - count - letters - title - 3 * _GAP
    grid = Grid.grid(padding=(0, _GAP, 0, 0))
    grid.add_column(width=count, justify="right")
    grid.add_column(width=letters)
    grid.add_column(width=title, overflow="fold")
    grid.add_column(no_wrap=True)
    for line, kind in zip(lines, kinds, strict=True):
        grid.add_row(line[0], line[1], styled_text(line[2]), styled_text(_examples(kind, context, room), "cyan"))
    return grid


def _kinds(repairs: Iterable[Finding]) -> list[list[Finding]]:
    kinds: dict[str, list[Finding]] = {}
    for repair in repairs:
        kinds.setdefault(repair.code, []).append(repair)
    return sorted(kinds.values(), key=len, reverse=True)


def _letters(kind: Sequence[Finding]) -> str:
    """Return the letters of the columns, `…` where there are many."""
    letters = sorted({repair.column for repair in kind if repair.column}, key=column_index)
    return " ".join([*letters[:MOST_LETTERS], *(["…"] if len(letters) > MOST_LETTERS else [])])


def _examples(kind: Sequence[Finding], context: ReportContext, room: int) -> str:
    """Return the first different changes, as before → after; none where a mask hides the difference."""
    longest = max(1, min(LONGEST, (room - len(_ARROW)) // 2))
    changes = filter(None, (_change(repair, context, longest) for repair in kind))
    first = list(islice(dict.fromkeys(islice(changes, 1000)), MOST_EXAMPLES))
    return max((_BETWEEN.join(first), *first[:1]), key=lambda text: (len(text) <= room, len(text)))


def _change(repair: Finding, context: ReportContext, longest: int) -> str:
    before, after = (_shown(repair, text, context) for text in (repair.value, repair.suggestion))
    after = after or printable(repair.facts.get("apart", ""))
    if not after or before == after:
        return ""
    return f"{shorten_middle(before, longest)}{_ARROW}{shorten_middle(after, longest)}".strip()


def _shown(repair: Finding, text: str | None, context: ReportContext) -> str:
    return printable(mask_value(is_masked_value(repair), text or "") if context.masks else text or "")


def shorten_middle(text: str, longest: int) -> str:
    """Return `text`, with `…` in its middle where it is longer.

    >>> shorten_middle("Kerkstraat 12 bus 3", 11), shorten_middle("Gent", 4)
    ('Kerks…bus 3', 'Gent')
    """
    if len(text) <= longest:
        return text
    end = (longest - 1) // 2
    return f"{text[: longest - 1 - end]}…{text[len(text) - end :]}"
