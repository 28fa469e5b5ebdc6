"""`map`: how the columns of a file would be matched with a platform's fields, and why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.column_samples import match_reasons
from clientimport.cli.command import command
from clientimport.cli.console import Console, output_width, render_output
from clientimport.cli.file_options import FileOptions
from clientimport.cli.options import File, Force, PlatformOptions, option
from clientimport.cli.result import CommandResult
from clientimport.messages.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    from clientimport.cli.mapping_screen.unsaved import decision_options
    from clientimport.cli.next_command import file_argument, next_command
    from clientimport.cli.open_account import schema_for

    saved = import_file = load_import_file(file, schema_for(against), file_options, console)

    def keep(mapped: ImportFile, name: str) -> None:
        nonlocal saved
        save_profile(mapped, name, force=force)
        saved = mapped

    if console.is_interactive and not console.as_json and sys.stdout.isatty():
        from clientimport.cli.mapping_screen.application import edit_mapping

        import_file = edit_mapping(import_file, console, keep)
    if save is not None:
        keep(import_file, save)
        console.info("map.saved", name=save)
    exit_code = 1 if import_file.missing else 0
    decided = list(decision_options(saved, import_file))
    name = "map" if import_file.missing else "validate"
    following = next_command(console, name, [file_argument(file), *decided]) if decided or name == "validate" else ""
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
    from clientimport.cli.sheet_read import sheet_read
    from clientimport.matching.mapping_findings import quoted_headers

    messages, mapping = console.messages, import_file.mapping
    unknown = list(mapping.unmatched)
    shown = [match for match in mapping.matches if match.field or match.used]
    idle = [match for match in mapping.matches if match not in shown and match not in unknown and not match.is_ours]
    parts = [sheet_read(import_file.table, messages), _table(shown, unknown, console)]
    if candidates := [line for match in unknown for line in _candidates(match, messages)]:
        parts.append("\n".join(candidates))
    if idle:
        parts.append(messages.phrase("map.idle", columns=quoted_headers(idle)))
    return "\n\n".join((*parts, "\n".join(_next(import_file, console, following))))


def _next(import_file: ImportFile, console: Console, following: str) -> Iterator[str]:
    """Yield what the person has to know or do."""
    from clientimport.matching.mapping_findings import quoted_headers

    messages = console.messages
    if import_file.mapping.profile:
        yield messages.phrase("map.profile", name=import_file.mapping.profile)
    for match in import_file.mapping.proposals:
        column = printable(quoted_headers([match]))
        yield messages.phrase("map.proposals", columns=_with_reasons(column, match, messages))
    for field, flag in import_file.missing.items():
        yield messages.phrase("map.missing", flag=flag, label=messages.label(field))
    if following:
        yield messages.phrase("map.again" if import_file.missing else "map.next", command=following)


def _with_reasons(column: str, match: ColumnMatch, messages: MessageCatalog) -> str:
    facts = [f"{messages.label(match.field or '')} ({match.field})", *match_reasons(match, messages)]
    return f"{column} → {'; '.join(facts)}"


def _table(shown: Sequence[ColumnMatch], unknown: Sequence[ColumnMatch], console: Console) -> str:
    """Return a line a column, those without a field under a heading of their own."""
    from rich.text import Text

    from clientimport.cli.column_table import ColumnTable

    statuses = {name: console.messages.phrase(f"map.{name}") for name in ("certain", "proposed", "unused")}
    width = max(map(len, statuses.values()))
    table = ColumnTable.that_fits((*shown, *unknown), console, output_width(), width)
    lines = [Text(table.headings(console), "bold")]
    lines += [Text(table.line(match, console, statuses[_status(match)]), _style(match)) for match in shown]
    if unknown:
        lines += [Text(""), Text(console.messages.phrase("map.unmatched", count=len(unknown)), "bold")]
        lines += [Text(table.line(match, console, "")) for match in unknown]
    return render_output(*lines)


def _status(match: ColumnMatch) -> str:
    if not match.used:
        return "unused"
    return "certain" if match.certain else "proposed"


def _style(match: ColumnMatch) -> str:
    """Return how the eye finds a column: what is not used is pale, what wants a look is yellow."""
    return {"unused": "dim", "certain": "", "proposed": "yellow"}[_status(match)]


def _candidates(match: ColumnMatch, messages: MessageCatalog) -> Iterator[str]:
    """Yield what a column without a field may be, with the option that says so."""
    from clientimport.matching.mapping_findings import equal_columns

    header = printable(match.column.header) or "–"
    for field in equal_columns(match):
        flag = f"--set {match.column.letter}={field}"
        candidate = messages.phrase("map.candidate", label=messages.label(field), flag=flag)
        yield f"{match.column.letter} ({header}): {candidate}"
