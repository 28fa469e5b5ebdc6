"""`map`: how the columns of a file would be matched with a platform's fields, and why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.column_samples import match_reasons, samples
from clientimport.cli.command import command
from clientimport.cli.console import Console, render_output
from clientimport.cli.options import File, Force, MatchingOptions, PlatformOptions, ReadingOptions
from clientimport.cli.result import CommandResult
from clientimport.messages.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clientimport.matching.column_mapping import ColumnMatch
    from clientimport.matching.profile_match import ProfileMatch
    from clientimport.messages.catalog import MessageCatalog
    from clientimport.validation.import_file import ImportFile

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
    against: PlatformOptions,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Console,
    save: Annotated[str | None, typer.Option("--save", metavar="NAME", help="Keep it as a profile.")] = None,
    force: Force = False,
) -> CommandResult:
    """Show which column of a file becomes which field, and why; on a terminal, change any of it by keyboard.

    A matching that you have looked at can be kept under a name: it is found again by the headers of the next file.
    """
    from clientimport.cli.load_file import load_import_file, save_profile
    from clientimport.cli.next_command import file_arguments
    from clientimport.cli.open_account import schema_for

    portfolio = load_import_file(file, schema_for(against), reading, matching, screen)
    if screen.is_interactive and not screen.as_json and sys.stdout.isatty():
        from clientimport.cli.mapping_screen.application import edit_mapping

        portfolio = edit_mapping(portfolio, screen, lambda seen, name: save_profile(seen, name, force=force))
    if save is not None:
        save_profile(portfolio, save, force=force)
        screen.info("map.saved", name=save)
    exit_code = 1 if portfolio.missing else 0
    following = file_arguments(file, ["-p", portfolio.schema.id], reading, matching)
    return CommandResult(_data(portfolio), _text(portfolio, screen, following), exit_code)


def _data(portfolio: ImportFile) -> dict[str, object]:
    table, mapping = portfolio.table, portfolio.mapping
    return {
        "file": table.file,
        "sheet": table.sheet,
        "header_row": table.header_row,
        "platform": portfolio.schema.id,
        "profile": mapping.profile,
        "profile_differences": _differences(mapping.profile_match),
        "columns": [_column(match) for match in mapping.matches],
        "missing_required": list(portfolio.missing),
    }


def _differences(recall: ProfileMatch | None) -> dict[str, object] | None:
    """Return what the header row has that the profile's has not, and the other way round; null where it is the same."""
    if recall is None or recall.is_exact:
        return None
    return {
        "added": [one.header for one in recall.added],
        "gone": [one.header for one in recall.missing],
        "renamed": [{"before": one.before, "now": one.column.header} for one in recall.renamed],
    }


def _column(match: ColumnMatch) -> dict[str, object]:
    return {
        "column": match.column.letter,
        "header": match.column.header,
        "field": match.field,
        "certain": match.certain,
        "used": match.used,
        "confidence": round(match.confidence, 2),
        "reasons": [reason.code for reason in match.reasons],
    }


def _text(portfolio: ImportFile, screen: Console, following: str) -> str:
    from clientimport.matching.mapping_findings import quoted_headers

    words, mapping = screen.messages, portfolio.mapping
    read = [one for one in mapping.matches if one.field or one.used]
    unknown = list(mapping.unmatched)
    rest = [one for one in mapping.matches if one not in read and one not in unknown]
    parts = [_drawn(read, screen)]
    if unknown:
        parts.append(f"{words.phrase('map.unmatched', count=len(unknown))}\n{_drawn(unknown, screen)}")
    if rest:
        parts.append(words.phrase("map.idle", columns=quoted_headers(rest)))
    return "\n\n".join((*parts, "\n".join(_next(portfolio, words, following))))


def _next(portfolio: ImportFile, words: MessageCatalog, following: str) -> Iterator[str]:
    """Yield what the person has to know or do."""
    from clientimport.matching.mapping_findings import quoted_headers

    if portfolio.mapping.profile:
        yield words.phrase("map.profile", name=portfolio.mapping.profile)
    if portfolio.mapping.proposals:
        yield words.phrase("map.proposals", columns=quoted_headers(portfolio.mapping.proposals))
    for field, flag in portfolio.missing.items():
        yield words.phrase("map.missing", flag=flag, label=words.label(field))
    if not portfolio.missing:
        yield words.phrase("map.next", given=following)


def _drawn(matches: Iterable[ColumnMatch], screen: Console) -> str:
    """Return two lines per column: what it is taken for, and what it holds and why."""
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    grid.add_column(overflow="fold")
    for one in matches:
        grid.add_row(one.column.letter, Text(_taken_for(one, screen.messages), style=_style(one)))
        grid.add_row("", Text(_holds(one, screen), style="dim"))
    return render_output(grid)


def _style(match: ColumnMatch) -> str:
    """Return how the eye finds a column: what is not used is pale, what wants a look is yellow."""
    if not (match.field and match.used):
        return ""
    return "bold" if match.certain else "yellow"


def _taken_for(match: ColumnMatch, words: MessageCatalog) -> str:
    from clientimport.matching.mapping_findings import equal_columns

    header = printable(match.column.header) or "–"
    if match.field is None:
        flags = ((words.label(field), f"--set {match.column.letter}={field}") for field in equal_columns(match))
        return " · ".join((header, *(words.phrase("map.candidate", label=label, flag=flag) for label, flag in flags)))
    facts = [words.phrase(f"map.{'certain' if match.certain else 'proposed'}")]
    facts += [] if match.used else [words.phrase("map.unused")]
    return f"{header} → {words.label(match.field)} ({match.field}) · {' · '.join(facts)}"


def _holds(match: ColumnMatch, screen: Console) -> str:
    """Return sample values and why the column is taken for what it is."""
    texts = (printable(" | ".join(samples(match, screen))), "; ".join(match_reasons(match, screen.messages)))
    return " · ".join(text for text in texts if text)
