"""`map`: how the columns of a file would be matched with a platform's fields, and why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.column_samples import match_reasons, samples
from clientimport.cli.command import command
from clientimport.cli.console import Console, render_output
from clientimport.cli.file_options import FileOptions
from clientimport.cli.options import File, Force, PlatformOptions, option
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
    save: Annotated[str | None, option("--save", None, "Keep it as a profile.", "NAME")] = None,
    force: Force = False,
    against: PlatformOptions,
    file_options: FileOptions,
    console: Console,
) -> CommandResult:
    """Show which column of a file becomes which field, and why; on a terminal, change any of it by keyboard.

    A matching that you have looked at can be kept under a name: it is found again by the headers of the next file.
    """
    from clientimport.cli.load_file import load_import_file, save_profile
    from clientimport.cli.next_command import file_argument, next_command
    from clientimport.cli.open_account import schema_for

    import_file = load_import_file(file, schema_for(against), file_options, console)
    if console.is_interactive and not console.as_json and sys.stdout.isatty():
        from clientimport.cli.mapping_screen.application import edit_mapping

        import_file = edit_mapping(import_file, console, lambda seen, name: save_profile(seen, name, force=force))
    if save is not None:
        save_profile(import_file, save, force=force)
        console.info("map.saved", name=save)
    exit_code = 1 if import_file.missing else 0
    following = next_command(console, "validate", [file_argument(file)])
    return CommandResult(_data(import_file), _text(import_file, console, following), exit_code)


def _data(import_file: ImportFile) -> dict[str, object]:
    table, mapping = import_file.table, import_file.mapping
    return {
        "file": table.file,
        "sheet": table.sheet,
        "header_row": table.header_row,
        "platform": import_file.schema.id,
        "profile": mapping.profile,
        "profile_differences": _differences(mapping.profile_match),
        "columns": [_column(match) for match in mapping.matches],
        "missing_required": list(import_file.missing),
    }


def _differences(profile_match: ProfileMatch | None) -> dict[str, object] | None:
    """Return what the header row has that the profile's has not, and the other way round; null where it is the same."""
    if profile_match is None or profile_match.is_exact:
        return None
    return {
        "added": [column.header for column in profile_match.added],
        "gone": [column.header for column in profile_match.missing],
        "renamed": [{"before": column.before, "now": column.column.header} for column in profile_match.renamed],
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


def _text(import_file: ImportFile, console: Console, following: str) -> str:
    from clientimport.matching.mapping_findings import quoted_headers

    messages, mapping = console.messages, import_file.mapping
    shown = [match for match in mapping.matches if match.field or match.used]
    unknown = list(mapping.unmatched)
    unused = [match for match in mapping.matches if match not in shown and match not in unknown]
    parts = [_read(import_file, messages), _columns_text(shown, console)]
    if unknown:
        parts.append(f"{messages.phrase('map.unmatched', count=len(unknown))}\n{_columns_text(unknown, console)}")
    if unused:
        parts.append(messages.phrase("map.idle", columns=quoted_headers(unused)))
    return "\n\n".join((*parts, "\n".join(_next(import_file, messages, following))))


def _read(import_file: ImportFile, messages: MessageCatalog) -> str:
    """Return which sheet was read, and which row for the headers."""
    table = import_file.table
    code = f"map.read{'' if table.header_row else '_bare'}{'' if table.sheet else '_text'}"
    return messages.phrase(code, sheet=printable(table.sheet or ""), row=str(table.header_row))


def _next(import_file: ImportFile, messages: MessageCatalog, following: str) -> Iterator[str]:
    """Yield what the person has to know or do."""
    from clientimport.matching.mapping_findings import quoted_headers

    if import_file.mapping.profile:
        yield messages.phrase("map.profile", name=import_file.mapping.profile)
    if import_file.mapping.proposals:
        yield messages.phrase("map.proposals", columns=quoted_headers(import_file.mapping.proposals))
    for field, flag in import_file.missing.items():
        yield messages.phrase("map.missing", flag=flag, label=messages.label(field))
    if not import_file.missing:
        yield messages.phrase("map.next", command=following)


def _columns_text(matches: Iterable[ColumnMatch], console: Console) -> str:
    """Return two lines per column: what it is taken for, and what it holds and why."""
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    grid.add_column(overflow="fold")
    for match in matches:
        grid.add_row(match.column.letter, Text(_field_text(match, console.messages), style=_style(match)))
        grid.add_row("", Text(_content_text(match, console), style="dim"))
    return render_output(grid)


def _style(match: ColumnMatch) -> str:
    """Return how the eye finds a column: what is not used is pale, what wants a look is yellow."""
    if not (match.field and match.used):
        return ""
    return "bold" if match.certain else "yellow"


def _field_text(match: ColumnMatch, messages: MessageCatalog) -> str:
    from clientimport.matching.mapping_findings import equal_columns

    header = printable(match.column.header) or "–"
    if match.field is None:
        flags = ((messages.label(field), f"--set {match.column.letter}={field}") for field in equal_columns(match))
        return " · ".join(
            (header, *(messages.phrase("map.candidate", label=label, flag=flag) for label, flag in flags))
        )
    facts = [messages.phrase(f"map.{'certain' if match.certain else 'proposed'}")]
    facts += [] if match.used else [messages.phrase("map.unused")]
    return f"{header} → {messages.label(match.field)} ({match.field}) · {' · '.join(facts)}"


def _content_text(match: ColumnMatch, console: Console) -> str:
    """Return sample values and why the column is taken for what it is."""
    texts = (printable(" | ".join(samples(match, console))), "; ".join(match_reasons(match, console.messages)))
    return " · ".join(text for text in texts if text)
