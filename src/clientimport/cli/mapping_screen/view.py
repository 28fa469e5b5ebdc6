"""The view of the mapping screen: its state as lines of text for a terminal of a given size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from clientimport.cli.column_samples import match_reasons, samples, shorten
from clientimport.cli.console import Console
from clientimport.cli.mapping_screen.state import ScreenMode, ScreenState, choice_label
from clientimport.matching.column_mapping import ColumnMatch
from clientimport.messages.printable import printable

Line = tuple[str, str]
"""A style and a text."""

_HEADER, _SAMPLES, _FIELD = 18, 26, 22
_ABOVE, _BELOW = 2, 6
_STYLES = {"current": "reverse", "sure": "", "asked": "bold", "idle": "fg:ansibrightblack", "head": "bold"}


def view(state: ScreenState, console: Console, width: int, height: int) -> list[Line]:
    """Return every line of the screen, none longer than `width`."""
    body = _fields(state, console, height) if state.mode is ScreenMode.FIELDS else _columns(state, console, height)
    lines = [*_head(state), *body, *_foot(state, console)]
    return [(style, shorten(printable(text), width)) for style, text in lines]


def _head(state: ScreenState) -> list[Line]:
    table, schema = state.portfolio.table, state.portfolio.schema
    return [(_STYLES["head"], f"{Path(table.file).name} → {schema.name}"), ("", "")]


def _columns(state: ScreenState, console: Console, height: int) -> list[Line]:
    room = max(1, height - _ABOVE - _BELOW)
    first = _first(state.cursor, len(state.matches), room)
    lines = []
    for number, match in enumerate(state.matches[first : first + room], first):
        current = number == state.cursor
        mark = ">" if current else " "
        style = _STYLES["current" if current else _kind(match)]
        lines.append((style, f"{mark} {_column(match, console)}"))
    return [*lines, ("", ""), *_detail(state, console)]


def _column(match: ColumnMatch, console: Console) -> str:
    messages = console.messages
    header = shorten(printable(match.column.header) or "–", _HEADER)
    content = shorten(printable(" | ".join(samples(match, console))), _SAMPLES)
    field = shorten(messages.label(match.field), _FIELD) if match.field else ""
    sure = "✓" if match.certain and match.field else f"{round(100 * match.confidence)}% ?" if match.field else "–"
    return f"{match.column.letter:<3}{header:<{_HEADER}} {content:<{_SAMPLES}} {field:<{_FIELD}} {sure}"


def _kind(match: ColumnMatch) -> str:
    if match.field is None or not match.used:
        return "idle"
    return "sure" if match.certain else "asked"


def _detail(state: ScreenState, console: Console) -> list[Line]:
    match = state.match
    reasons = "; ".join(match_reasons(match, console.messages))
    return [("", f"{match.column.letter} {printable(match.column.header)}: {reasons}")]


def _fields(state: ScreenState, console: Console, height: int) -> list[Line]:
    messages, fields = console.messages, state.fields(console.messages)
    room = max(1, height - _ABOVE - _BELOW)
    first = _first(state.choice, len(fields), room)
    lines = [
        (
            _STYLES["current"] if number == state.choice else "",
            f"{'>' if number == state.choice else ' '} {_choice(name, console)}",
        )
        for number, name in enumerate(fields[first : first + room], first)
    ]
    if not fields:
        lines.append(("", f"  {messages.phrase('screen.none')}"))
    asked = messages.phrase("screen.which", header=state.match.column.header or state.match.column.letter)
    return [(_STYLES["head"], f"{asked} {state.typed}▏"), *lines, ("", "")]


def _choice(name: str, console: Console) -> str:
    label = choice_label(name, console.messages)
    return f"{label} ({name})" if name else label


def _foot(state: ScreenState, console: Console) -> list[Line]:
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
    return [*lines, ("reverse", messages.phrase(f"screen.keys.{state.mode.name.lower()}"))]


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
