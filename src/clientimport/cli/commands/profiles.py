"""`profiles`: saved mappings, found again by the headers of the next file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.completion_values import PROFILES
from clientimport.cli.console import Console
from clientimport.cli.file_roles import FileRole
from clientimport.cli.list_format import FormatOption, ListFormat, list_result
from clientimport.cli.options import Force, Yes, argument, option
from clientimport.cli.result import CommandResult
from clientimport.cli.stdin import STDIN, file_from_stdin
from clientimport.cli.stdout import output_name, write_output
from clientimport.errors import UsageError

if TYPE_CHECKING:
    from clientimport.matching.profiles import Profile, ProfileStore

app = typer.Typer(help="Saved mappings of columns.", no_args_is_help=True)

Name = Annotated[str, argument("NAME", "The profile.", autocompletion=PROFILES)]
_COLUMNS = ("name", "platform")


@command(app, "profiles list", "clientimport profiles list", "clientimport profiles list --json")
def list_(*, format_: FormatOption = ListFormat.TEXT, console: Console) -> CommandResult:
    """List the saved profiles."""
    from clientimport.cli.load_file import warn_profile_errors

    saved = _store().all()
    warn_profile_errors(saved.errors, console)
    profiles = saved.profiles
    headings = [console.messages.phrase(f"profiles.{key}") for key in ("name", "platform", "headers")]
    rows = [(profile.name, profile.platform, ", ".join(profile.headers)) for profile in profiles]
    text = console.table(headings, rows) if rows else console.messages.phrase("profiles.none")
    listed = [_data(profile) for profile in profiles]
    return list_result(CommandResult({"profiles": listed}, text), listed, format_, console, _COLUMNS)


@command(
    app, "profiles show", "clientimport profiles show our-program", "clientimport profiles show our-program --json"
)
def show(*, name: Name, format_: FormatOption = ListFormat.TEXT, console: Console) -> CommandResult:
    """Show which column becomes which field in one profile."""
    profile = _store().load(name)
    headings = [console.messages.phrase("profiles.header"), console.messages.phrase("profiles.field")]
    shown = console.table(headings, [(column.header, column.field) for column in profile.columns])
    text = f"{profile.name} · {profile.platform}\n\n{shown}"
    if profile.values.overrides:
        headings = [console.messages.phrase(f"profiles.{key}") for key in ("field", "typed", "value")]
        text += "\n\n" + console.table(
            headings, [(override.field, override.typed, override.value) for override in profile.values.overrides]
        )
    data = _data(profile)
    return list_result(CommandResult({"profiles": [data]}, text), [data], format_, console, _COLUMNS)


@command(
    app, "profiles rename", "clientimport profiles rename old new", "clientimport profiles rename smith smith-2026"
)
def rename(*, name: Name, new: Annotated[str, argument("NEW", "Its new name.")], console: Console) -> CommandResult:
    """Give a profile another name."""
    _store().rename(name, new)
    return CommandResult({"name": new}, console.messages.phrase("profiles.renamed", name=name, new=new))


@command(app, "profiles delete", "clientimport profiles delete old", "clientimport profiles delete old --yes")
def delete(*, name: Name, yes: Yes = False, console: Console) -> CommandResult:
    """Delete a profile."""
    _store().load(name)
    if not yes:
        console.confirm(console.messages.phrase("profiles.ask_delete", name=name), "--yes")
    _store().delete(name)
    return CommandResult({"name": name}, console.messages.phrase("profiles.deleted", name=name))


@command(
    app,
    "profiles export",
    "clientimport profiles export our-program -o our-program.toml",
    "clientimport profiles export our-program",
)
def export(
    *,
    name: Name,
    output: Annotated[Path | None, option("--output -o", None, "Default: NAME.toml.", "FILE"), FileRole.WRITES] = None,
    force: Force = False,
    console: Console,
) -> CommandResult:
    """Write a profile to a file, to hand it to a colleague. It holds headers, never clients."""
    path = output or Path(f"{name}.toml")
    content = write_output(path, console, lambda file: _store().export_to(name, file, force=force))
    return CommandResult(
        {"file": str(path)}, console.messages.phrase("profiles.exported", file=output_name(path)), content=content
    )


@command(
    app,
    "profiles import",
    "clientimport profiles import our-program.toml",
    "clientimport profiles import their.toml --name ours",
)
def import_(
    *,
    file: Annotated[
        Path,
        argument("FILE", "A profile that somebody exported, or - for stdin."),
        FileRole.READS,
    ],
    name: Annotated[str | None, option("--name", None, "Default: the file's name.", "NAME")] = None,
    console: Console,
) -> CommandResult:
    """Take over a profile that a colleague exported."""
    if str(file) == STDIN and name is None:
        raise UsageError("profile.stdin_name")
    with file_from_stdin(file) as exported:
        profile = _store().import_from(exported, name)
    return CommandResult({"name": profile.name}, console.messages.phrase("profiles.imported", name=profile.name))


def _store() -> ProfileStore:
    from clientimport.api.profiles import profile_store

    return profile_store()


def _data(profile: Profile) -> dict[str, object]:
    columns = [{"header": item.header, "field": item.field, "letter": item.letter} for item in profile.columns]
    values = [{"field": item.field, "typed": item.typed, "value": item.value} for item in profile.values.overrides]
    return {"name": profile.name, "platform": profile.platform, "columns": columns, "values": values}
