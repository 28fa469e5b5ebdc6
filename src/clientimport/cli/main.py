"""The program: all commands under one name, and the way in."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from clientimport import __version__
from clientimport.cli import (
    clients,
    configurations,
    connections,
    demo,
    explain,
    export,
    fix,
    forget,
    invite,
    map,  # noqa: A004 -- the module of the command
    plan,
    platforms,
    profiles,
    pull,
    push,
    runs,
    sandbox,
    template,
    undo,
    validate,
    verify,
)
from clientimport.cli.boundary import Complaint, complain

HELP = "Bring an accountant's clients onto online platforms from any spreadsheet, and invite them."

program = typer.Typer(
    name="clientimport",
    help=f"{HELP}\n\nExamples:\n  clientimport demo\n  clientimport validate clients.xlsx -p banqup-partner",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

_GROUPS = {
    "profiles": profiles,
    "runs": runs,
    "clients": clients,
    "configurations": configurations,
    "connections": connections,
}

for _module in (platforms, pull, template, map, validate, fix, plan, push, invite):
    program.add_typer(_module.app)
_IN_RUNS = (export, forget, undo, verify)
"""Modules whose commands stand in the group `runs` by being imported."""
for _name, _group in _GROUPS.items():
    program.add_typer(_group.app, name=_name)
for _module in (sandbox, demo, explain):
    program.add_typer(_module.app)


def _tell_version(asked: bool) -> None:
    if asked:
        print(f"clientimport {__version__}")
        raise typer.Exit


@program.callback()
def shared(
    _version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="Version.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def run() -> None:
    """Run the command line of this process and exit."""
    # A table of 100,000 rows is a million objects without a cycle: looking for cycles among them takes a tenth.
    gc.set_threshold(100_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        # A Belgian Windows desktop redirects to cp1252: a letter it lacks becomes ?, never a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))


def main(arguments: list[str]) -> int:
    """Run one command line and return its exit code; usage errors speak JSON where JSON was asked for."""
    try:
        return int(program(arguments, prog_name="clientimport", standalone_mode=False) or 0)
    except Exception as error:
        if not isinstance(error, Complaint):
            raise
        return complain(arguments, error)
