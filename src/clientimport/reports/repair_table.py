"""Repairs folded: a line a kind, with how often it was made, in which columns, and an example or two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from clientimport.messages.finding_messages import is_masked_value
from clientimport.messages.printable import printable
from clientimport.messages.repaired_value import repaired_value
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
SEEN = 1000
"""Repairs of a kind among which an example is sought; chosen, not measured."""
MOST_LETTERS = 3
"""Columns that are named; chosen, not measured."""
_INDENT, _GAP = 2, 2
_TITLE_SHARE = 0.4
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
    """Return the first different changes, as before → after, one that fits whole before one that must be shortened.

    There is none where a mask hides the difference.
    """
    changes = list(dict.fromkeys(filter(None, (_change(repair, context) for repair in islice(kind, SEEN)))))
    if not changes:
        return ""
    whole = [text for change in changes if len(text := _ARROW.join(change)) <= room][:MOST_EXAMPLES]
    if not whole:
        longest = max(1, min(LONGEST, (room - len(_ARROW)) // 2))
        return _ARROW.join(shorten_middle(text, longest) for text in changes[0])
    both = _BETWEEN.join(whole)
    return both if len(both) <= room else whole[0]


def _change(repair: Finding, context: ReportContext) -> tuple[str, str] | None:
    value = repair.value or ""
    before = printable(mask_value(is_masked_value(repair), value) if context.masks else value)
    after = printable(repaired_value(context.messages, repair, masks=context.masks))
    return None if before == after else (before, after)


def shorten_middle(text: str, longest: int) -> str:
    """Return `text`, with `…` in its middle where it is longer.

    >>> shorten_middle("Kerkstraat 12 bus 3", 11), shorten_middle("Gent", 4)
    ('Kerks…bus 3', 'Gent')
    """
    if len(text) <= longest:
        return text
    end = (longest - 1) // 2
    return f"{text[: longest - 1 - end]}…{text[len(text) - end :]}"
