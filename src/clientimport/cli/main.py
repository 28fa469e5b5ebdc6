"""The way in: from the arguments of this process to an exit code."""

from __future__ import annotations

import gc
import os
import sys
from typing import Annotated, NoReturn

import typer

from clientimport import __version__, settings
from clientimport.cli.boundary import Complaint, complain
from clientimport.cli.commands import HELP_OPTIONS, program
from clientimport.cli.rich_help import rich_help

_HELP = frozenset(HELP_OPTIONS)


def _tell_version(asked: bool) -> None:
    if asked:
        print(f"clientimport {__version__}")
        raise typer.Exit


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
    _leave(main(sys.argv[1:]))


def _leave(exit_code: int) -> NoReturn:
    """End the process as it stands: to take a large file apart in memory first takes a tenth of a second.

    Raises SystemExit where something could not be printed, for the interpreter to complain about.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        sys.exit(exit_code)
    os._exit(exit_code)


def main(arguments: list[str]) -> int:
    """Run one command line and return its exit code; usage errors speak JSON where JSON was asked for."""
    if not arguments or not _HELP.isdisjoint(arguments):
        rich_help()
    made = program(["every"] if settings.completing() else arguments)
    made.callback()(shared)
    try:
        return int(made(arguments, prog_name="clientimport", standalone_mode=False) or 0)
    except Exception as error:
        if not isinstance(error, Complaint):
            raise
        return complain(arguments, error)
