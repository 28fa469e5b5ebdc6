"""`settings`: what is taken for options that are not given, and where each comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_roles import FileRole
from clientimport.cli.list_format import FormatOption, ListFormat, list_result
from clientimport.cli.options import argument
from clientimport.cli.result import CommandResult
from clientimport.settings.default_values import DefaultName
from clientimport.settings.folders import folders
from clientimport.settings.project_file import NAME, find_project_file

if TYPE_CHECKING:
    from clientimport.settings.defaults import Defaults

app = typer.Typer()
_KEYS = ("name", "value", "source", "place")


@command(app, "settings", "clientimport settings", "clientimport settings clients/2026.xlsx --json")
def settings(
    *,
    file: Annotated[
        str, argument("[FILE]", "What holds for this file or folder; else for this folder."), FileRole.READS
    ] = ".",
    format_: FormatOption = ListFormat.TEXT,
    console: Console,
) -> CommandResult:
    """Show which options have a default, and from where: the environment, a project's file, or your settings."""
    from clientimport.settings.defaults import load_defaults

    folder = Path(file) if Path(file).is_dir() else Path(file).parent
    project = find_project_file(folder)
    rows = [_row(name, load_defaults(folder), console) for name in DefaultName]
    files = {"config": str(folders().config), "project": str(project) if project else None}
    files |= {"profiles": str(folders().profiles), "record": _record()}
    result = CommandResult({"settings": rows, "files": files}, _text(rows, files, console))
    return list_result(result, rows, format_, console, _KEYS)


def _record() -> str:
    """Return where the record of what was sent is; of a shared one the server and database."""
    from clientimport.settings.config_file import load_settings
    from clientimport.settings.ledger_settings import is_shared, shared_ledger_url

    ledger = load_settings(folders().config).ledger
    url = shared_ledger_url(ledger) if is_shared(ledger) else None
    return url.shown if url else str(folders().ledger)


def _row(name: DefaultName, defaults: Defaults, console: Console) -> dict[str, str | None]:
    default = defaults.values.get(name)
    if default:
        return {"name": name.value, "value": default.value, "source": default.source.value, "place": default.place}
    if name is DefaultName.LANGUAGE:
        return {"name": name.value, "value": console.messages.language, "source": "computer", "place": None}
    return {"name": name.value, "value": None, "source": None, "place": None}


def _text(rows: list[dict[str, str | None]], files: dict[str, str | None], console: Console) -> str:
    phrase = console.messages.phrase
    headings = [phrase(f"settings.{key}") for key in ("name", "value", "from")]
    shown = [
        (row["name"] or "", row["value"] or "–", row["place"] or (phrase("settings.computer") if row["source"] else ""))
        for row in rows
    ]
    places = [
        (phrase(f"settings.file.{key}"), file or phrase("settings.none", name=NAME)) for key, file in files.items()
    ]
    lines = [console.messages.with_label(label, place) for label, place in places]
    return "\n".join((console.table(headings, shown), "", *lines, "", phrase("settings.change")))
