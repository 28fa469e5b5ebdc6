"""`profiles`: saved mappings, found again by the headers of the next file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_roles import FileRole
from clientimport.cli.load_file import profile_store, warn_profile_faults
from clientimport.cli.options import Force, Yes
from clientimport.cli.result import CommandResult
from clientimport.cli.stdin import STDIN, file_from_stdin
from clientimport.cli.stdout import output_name, write_output
from clientimport.errors import UsageError

if TYPE_CHECKING:
    from clientimport.matching.profiles import Profile

app = typer.Typer(help="Saved mappings of columns.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The profile.")]


@command(app, "profiles list", "clientimport profiles list", "clientimport profiles list --json")
def list_(*, screen: Console) -> CommandResult:
    """List the saved profiles."""
    saved = profile_store().all()
    warn_profile_faults(saved.errors, screen)
    found = saved.profiles
    headings = [screen.messages.phrase(f"profiles.{key}") for key in ("name", "platform", "headers")]
    rows = [(one.name, one.platform, ", ".join(one.headers)) for one in found]
    text = screen.table(headings, rows) if rows else screen.messages.phrase("profiles.none")
    return CommandResult({"profiles": [_data(one) for one in found]}, text)


@command(
    app, "profiles show", "clientimport profiles show our-program", "clientimport profiles show our-program --json"
)
def show(*, name: Name, screen: Console) -> CommandResult:
    """Show which column becomes which field in one profile."""
    found = profile_store().load(name)
    headings = [screen.messages.phrase("profiles.header"), screen.messages.phrase("profiles.field")]
    shown = screen.table(headings, [(one.header, one.field) for one in found.columns])
    text = f"{found.name} · {found.platform}\n\n{shown}"
    if found.values.overrides:
        headings = [screen.messages.phrase(f"profiles.{key}") for key in ("field", "typed", "value")]
        text += "\n\n" + screen.table(headings, [(one.field, one.typed, one.value) for one in found.values.overrides])
    return CommandResult({"profiles": [_data(found)]}, text)


@command(
    app, "profiles rename", "clientimport profiles rename old new", "clientimport profiles rename smith smith-2026"
)
def rename(
    *, name: Name, new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")], screen: Console
) -> CommandResult:
    """Give a profile another name."""
    profile_store().rename(name, new)
    return CommandResult({"name": new}, screen.messages.phrase("profiles.renamed", name=name, new=new))


@command(app, "profiles delete", "clientimport profiles delete old", "clientimport profiles delete old --yes")
def delete(*, name: Name, screen: Console, yes: Yes = False) -> CommandResult:
    """Delete a profile."""
    profile_store().load(name)
    if not yes:
        screen.confirm(screen.messages.phrase("profiles.ask_delete", name=name), "--yes")
    profile_store().delete(name)
    return CommandResult({"name": name}, screen.messages.phrase("profiles.deleted", name=name))


@command(
    app,
    "profiles export",
    "clientimport profiles export our-program -o our-program.toml",
    "clientimport profiles export our-program",
)
def export(
    *,
    name: Name,
    screen: Console,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Default: NAME.toml."), FileRole.WRITES
    ] = None,
    force: Force = False,
) -> CommandResult:
    """Write a profile to a file, to hand it to a colleague. It holds headers, never clients."""
    path = output or Path(f"{name}.toml")
    content = write_output(path, screen, lambda file: profile_store().export_to(name, file, force=force))
    return CommandResult(
        {"file": str(path)}, screen.messages.phrase("profiles.exported", file=output_name(path)), content=content
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
        typer.Argument(metavar="FILE", help="A profile that somebody exported, or - for stdin."),
        FileRole.READS,
    ],
    screen: Console,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Default: the file's name.")] = None,
) -> CommandResult:
    """Take over a profile that a colleague exported."""
    if str(file) == STDIN and name is None:
        raise UsageError("profile.stdin_name")
    with file_from_stdin(file) as exported:
        taken = profile_store().import_from(exported, name)
    return CommandResult({"name": taken.name}, screen.messages.phrase("profiles.imported", name=taken.name))


def _data(profile: Profile) -> dict[str, object]:
    columns = [{"header": one.header, "field": one.field, "letter": one.letter} for one in profile.columns]
    values = [{"field": one.field, "typed": one.typed, "value": one.value} for one in profile.values.overrides]
    return {"name": profile.name, "platform": profile.platform, "columns": columns, "values": values}
