"""`map`: how the columns of a file would be matched with a platform's fields, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.options import Against, File, Force, Matching, Reading
from clientimport.cli.outcome import Outcome
from clientimport.cli.screen import Screen, table
from clientimport.texts.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientimport.mapping.mapping import Match
    from clientimport.portfolio import Portfolio
    from clientimport.table import Column
    from clientimport.texts.words import Words

SAMPLES = 3
"""How many different values of a column are shown."""

app = typer.Typer()


@command(
    app,
    "map",
    "clientimport map clients.xlsx -p banqup-partner",
    'clientimport map clients.xlsx -p accounton --set "Dossier=client_code" --save our-program',
)
def map_(
    *,
    file: File,
    against: Against,
    reading: Reading,
    matching: Matching,
    screen: Screen,
    save: Annotated[str | None, typer.Option("--save", metavar="NAME", help="Keep it as a profile.")] = None,
    force: Force = False,
) -> Outcome:
    """Show which column of a file becomes which field, and why.

    A matching that you have looked at can be kept under a name: it is found again by the headers of the next file.
    """
    from clientimport.cli.access import schema_for
    from clientimport.cli.source import looked_at

    portfolio = looked_at(file, schema_for(against), reading, matching, screen)
    if save is not None:
        from clientimport.cli.source import keep

        keep(portfolio, save, force=force)
        screen.note("map.saved", name=save)
    exit_code = 1 if portfolio.missing else 0
    return Outcome(_data(portfolio), _text(portfolio, screen), exit_code)


def _data(portfolio: Portfolio) -> dict[str, object]:
    table, mapping = portfolio.table, portfolio.mapping
    return {
        "file": table.file,
        "sheet": table.sheet,
        "header_row": table.header_row,
        "platform": portfolio.schema.id,
        "profile": mapping.profile,
        "columns": [_column(match) for match in mapping.matches],
        "missing_required": list(portfolio.missing),
    }


def _column(match: Match) -> dict[str, object]:
    return {
        "column": match.column.letter,
        "header": match.column.header,
        "field": match.field,
        "certain": match.certain,
        "used": match.used,
        "confidence": round(match.confidence, 2),
        "reasons": [reason.code for reason in match.reasons],
    }


def _text(portfolio: Portfolio, screen: Screen) -> str:
    words = screen.words
    headings = ["", *(words.say(f"map.{key}") for key in ("header", "field", "sure"))]
    rows = [row for match in portfolio.mapping.matches for row in _rows(match, screen)]
    lines = [table(headings, rows), ""]
    if portfolio.mapping.profile:
        lines.append(words.say("map.profile", name=portfolio.mapping.profile))
    proposals = ", ".join(
        f"{one.column.letter} “{printable(one.column.header)}”" for one in portfolio.mapping.proposals
    )
    if proposals:
        lines.append(words.say("map.proposals", columns=proposals))
    lines += [
        words.say("map.missing", flag=flag, label=_labels(field, words)) for field, flag in portfolio.missing.items()
    ]
    if not portfolio.missing:
        lines.append(words.say("map.next", file=portfolio.table.file, platform=portfolio.schema.id))
    return "\n".join(lines)


def _labels(field: str, words: Words) -> str:
    """Return what a field is called, or the fields of which one is needed (`rcs_number|vat_number`)."""
    return " | ".join(words.label(name) for name in field.split("|"))


def _rows(match: Match, screen: Screen) -> Iterator[tuple[str, ...]]:
    """Yield what the column is taken for, and below it sample values and why."""
    words = screen.words
    why = "; ".join(words.say(f"reason.{reason.code}", **reason.facts) for reason in match.reasons)
    state = "unused" if match.field and not match.used else "certain" if match.certain else "proposed"
    sure = words.say(f"map.{state}") if match.field else ""
    samples = " | ".join(screen.shown(match.field or "", value) for value in _different(match.column))
    yield match.column.letter, match.column.header, match.field or "–", sure
    yield "", samples, why, ""


def _different(column: Column) -> list[str]:
    seen: dict[str, None] = {}
    for value in column.values:
        text = value.as_py()
        if text:
            seen.setdefault(text)
        if len(seen) == SAMPLES:
            break
    return list(seen)
