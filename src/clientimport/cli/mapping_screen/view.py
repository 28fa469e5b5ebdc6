"""The view of the mapping screen: its state as lines of text for a terminal of a given size."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

from clientimport.cli.column_samples import match_reasons, shorten
from clientimport.cli.column_table import ColumnTable
from clientimport.cli.console import Console
from clientimport.cli.mapping_screen.state import ScreenMode, ScreenState, choice_label
from clientimport.cli.sheet_read import sheet_read
from clientimport.matching.column_mapping import ColumnMatch
from clientimport.messages.printable import printable

Line = tuple[str, str]
"""A style and a text."""

_SIGN = 7
"""Characters for how sure a column is: `100% ?`, and a blank."""
NOT_USED = "–"
"""The sign of a column that is known and that the platform does not take."""
_REASONS = 2
"""Lines for the reasons of the column under the eye."""
_ROUND_A_LIST = 3
"""Lines around a list: its heading, and what there is above and below."""
_STYLES = {"current": "reverse", "sure": "", "asked": "bold", "idle": "fg:ansibrightblack", "head": "bold"}


def view(state: ScreenState, console: Console, width: int, height: int) -> list[Line]:
    """Return every line of the screen, none longer than `width`."""
    head, foot = _head(state, console), _foot(state, console, width)
    room = height - len(head) - len(foot)
    lines = _fields(state, console, room) if state.mode is ScreenMode.FIELDS else _columns(state, console, width, room)
    return [(style, shorten(printable(text), width)) for style, text in (*head, *lines, *foot)]


def _head(state: ScreenState, console: Console) -> list[Line]:
    table, schema = state.portfolio.table, state.portfolio.schema
    title = f"{Path(table.file).name} → {schema.name}"
    return [(_STYLES["head"], title), ("", sheet_read(table, console.messages))]


def _columns(state: ScreenState, console: Console, width: int, height: int) -> list[Line]:
    table = ColumnTable.that_fits(state.matches, console, width - len(_MARK), _SIGN)

    def line(number: int) -> Line:
        match, current = state.matches[number], number == state.cursor
        text = f"{'>' if current else ' '} {table.line(match, console, _sign(match))}"
        return _STYLES["current" if current else _kind(match)], text

    room = max(1, height - _ROUND_A_LIST - _REASONS)
    heading = (_STYLES["head"], f"{_MARK}{table.headings(console)}")
    shown = _scrolled([line(number) for number in range(len(state.matches))], state.cursor, room, console)
    return [heading, *shown, *_detail(state, console, width)]


_MARK = "  "
"""As wide as the mark before the line under the eye."""


def _scrolled(lines: Sequence[Line], current: int, room: int, console: Console) -> list[Line]:
    """Return the lines in sight, with how many there are above and below, in `room` + 2 lines at most."""
    first = _first(current, len(lines), room)
    above, below = first, max(0, len(lines) - first - room)
    return [
        ("", f"{_MARK}{console.messages.phrase('screen.above', count=above)}" if above else ""),
        *lines[first : first + room],
        ("", f"{_MARK}{console.messages.phrase('screen.below', count=below)}" if below else ""),
    ]


def _sign(match: ColumnMatch) -> str:
    if match.field is None:
        return ""
    if not match.used:
        return NOT_USED
    return "✓" if match.certain else f"{round(100 * match.confidence)}% ?"


def _kind(match: ColumnMatch) -> str:
    if match.field is None or not match.used:
        return "idle"
    return "sure" if match.certain else "asked"


def _detail(state: ScreenState, console: Console, width: int) -> list[Line]:
    """Return why the column under the eye is taken for what it is, on lines that are always there."""
    match = state.match
    reasons = [*match_reasons(match, console.messages)]
    if match.field and not match.used:
        reasons.append(console.messages.phrase("map.unused"))
    text = f"{match.column.letter} {printable(match.column.header)}: {'; '.join(reasons)}"
    lines = textwrap.wrap(text, width, max_lines=_REASONS, placeholder="…")
    return [("", line) for line in [*lines, *[""] * (_REASONS - len(lines))]]


def _fields(state: ScreenState, console: Console, height: int) -> list[Line]:
    messages, fields = console.messages, state.fields(console.messages)
    lines = [
        (
            _STYLES["current"] if number == state.choice else _STYLES["asked"] if name in state.missing else "",
            f"{'>' if number == state.choice else ' '} {_choice(name, state, console)}",
        )
        for number, name in enumerate(fields)
    ] or [("", f"{_MARK}{messages.phrase('screen.none')}")]
    asked = messages.phrase("screen.which", header=state.match.column.header or state.match.column.letter)
    shown = _scrolled(lines, state.choice, max(1, height - _ROUND_A_LIST), console)
    return [(_STYLES["head"], f"{asked} {state.typed}▏"), *shown]


def _choice(name: str, state: ScreenState, console: Console) -> str:
    """Return a choice with its canonical name, and whether it is missing or given by another column."""
    messages = console.messages
    texts = [f"{choice_label(name, messages)} ({name})" if name else choice_label(name, messages)]
    if name in state.missing:
        texts.append(messages.phrase("screen.still_missing"))
    elif name and (giver := state.column_of(name)):
        column = f"{giver.column.letter} {printable(giver.column.header)}"
        texts.append(messages.phrase("screen.now_from", column=column))
    return " · ".join(texts)


def _foot(state: ScreenState, console: Console, width: int) -> list[Line]:
    messages, portfolio = console.messages, state.portfolio
    missing = ", ".join(_labels(portfolio.missing, console))
    asked = len(portfolio.mapping.proposals)
    lines = [
        (
            "bold" if missing else "",
            messages.phrase("screen.missing", fields=missing) if missing else messages.phrase("screen.complete"),
        ),
        ("", messages.plural("screen.asked", asked) if asked else messages.phrase("screen.nothing_asked")),
    ]
    if state.mode is ScreenMode.NAME:
        lines.append(("bold", f"{messages.phrase('screen.name')} {state.typed}▏"))
    else:
        lines.append(("", state.notice))
    keys = messages.phrase(f"screen.keys.{state.mode.name.lower()}")
    return [*lines, *(("reverse", line) for line in _packed(keys.split(_BETWEEN), width))]


_BETWEEN = " · "


def _packed(texts: Iterable[str], width: int) -> list[str]:
    """Return texts beside each other, on as many lines as they need.

    >>> _packed(["Enter change", "u undo", "q done"], 21)
    ['Enter change · u undo', 'q done']
    """
    lines: list[str] = []
    for text in texts:
        if lines and len(longer := f"{lines[-1]}{_BETWEEN}{text}") <= width:
            lines[-1] = longer
        else:
            lines.append(text)
    return lines


def _labels(names: Iterable[str], console: Console) -> list[str]:
    return [" | ".join(console.messages.label(field) for field in name.split("|")) for name in names]


def _first(line: int, count: int, room: int) -> int:
    """Return the first line that is shown, so that line `at` is in sight.

    >>> _first(0, 50, 10), _first(30, 50, 10), _first(49, 50, 10), _first(3, 5, 10)
    (0, 25, 40, 0)
    """
    return max(0, min(line - room // 2, count - room))


def text(lines: Sequence[Line]) -> str:
    """Return the screen without its styles."""
    return "\n".join(line for _, line in lines)
