"""The entry point: from the arguments of this process to an exit code."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from clientimport import __version__
from clientimport.cli import safe_streams
from clientimport.cli.command_table import HELP_OPTIONS, program
from clientimport.cli.help import rich_help
from clientimport.cli.pandas_on_demand import import_pandas_on_demand
from clientimport.cli.run_command import UsageProblem, report_usage_problem
from clientimport.settings.interaction import is_completing

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
    """Define the options before a command."""


def run() -> None:
    """Run the command line of this process and exit."""
    # A table of 100,000 rows is a million objects without a cycle: looking for cycles among them takes a tenth.
    gc.set_threshold(100_000, 20, 20)
    safe_streams.prepare_streams()
    import_pandas_on_demand()
    try:
        exit_code = main(sys.argv[1:])
    except SystemExit as ended:
        exit_code = int(ended.code or 0)
    except OSError as error:  # help, and what was typed wrong; a command sees to it itself
        exit_code = safe_streams.handle_stdout_error(error, 0)
    safe_streams.exit_process(exit_code)


def main(arguments: list[str]) -> int:
    """Run one command line and return its exit code; usage errors speak JSON where JSON was asked for."""
    if not arguments or not _HELP.isdisjoint(arguments):
        rich_help()
    if is_completing():
        from clientimport.cli.completion import complete_command_line

        return complete_command_line()
    made = program(arguments)
    made.callback()(shared)
    try:
        return int(made(arguments, prog_name="clientimport", standalone_mode=False) or 0)
    except Exception as error:
        if not isinstance(error, UsageProblem):
            raise
        return report_usage_problem(arguments, error)
