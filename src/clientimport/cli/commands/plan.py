"""`plan`: what a push would do with every row, against what the platform already has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.options import (
    AccountOptions,
    File,
    Force,
    MatchingOptions,
    Output,
    ReadingOptions,
    RegisterOptions,
)
from clientimport.cli.result import CommandResult
from clientimport.cli.stdout import STDOUT, write_output

if TYPE_CHECKING:
    from clientimport.push.plan.plan import Plan

app = typer.Typer()


@command(
    app,
    "plan",
    "clientimport plan clients.xlsx -c office",
    "clientimport plan clients.xlsx -c sandbox -p banqup-partner -o plan.json",
)
def plan(
    *,
    file: File,
    on: AccountOptions,
    reading: ReadingOptions,
    matching: MatchingOptions,
    registers: RegisterOptions,
    screen: Console,
    output: Output = None,
    force: Force = False,
) -> CommandResult:
    """Show what a push would do. Nothing is sent.

    A plan that is kept with -o can be pushed exactly as it was shown. It holds the clients' data in full, national
    register numbers too, also when it goes to stdout (-o -).
    """
    from clientimport.cli.file_warnings import warnings_data
    from clientimport.cli.load_file import make_plan_for, plan_source, validate_file
    from clientimport.cli.next_command import file_arguments
    from clientimport.cli.open_account import open_account
    from clientimport.cli.plan_view import mandates_data, plan_data, plan_text
    from clientimport.cli.stdin import stdin_bytes

    with open_account(on, screen) as opened:
        stdin = stdin_bytes(file)
        validation = validate_file(file, opened.schema, reading, matching, screen, stdin, registers=registers)
        source = plan_source(file, stdin)
        made, _ = opened.run(lambda connector: make_plan_for(validation, source, connector))
    content = output and write_output(output, screen, lambda path: _keep(made, path, force=force))
    text = plan_text(made, validation.report.findings, opened.heading(screen, made.account), screen)
    if output != STDOUT:
        mailing = ["--invite"] if opened.schema.creating_mails else []
        groups = () if output else (reading, matching, registers)
        given = file_arguments(str(output or file), [*connection_arguments(on), *mailing], *groups)
        text += "\n\n" + screen.messages.phrase("plan.next", given=given)
    warnings = warnings_data((*validation.report.findings, *made.findings), screen)
    beside = {"warnings": warnings, "mandates": mandates_data(validation.report.findings)}
    data = {**opened.data, **plan_data(made, screen), **beside, "file": str(output) if output else None}
    return CommandResult(data, text, 1 if made.invalid else 0, content or None)


def connection_arguments(on: AccountOptions) -> list[str]:
    """Return the connection as it is typed."""
    return ["-c", on.connection, *(["-p", on.platform] if on.platform else [])]


def _keep(made: Plan, output: Path, *, force: bool) -> None:
    from clientimport.push.plan.plan_file import save_plan
    from clientimport.storage.output_file import require_new

    require_new(output, force=force)
    save_plan(made, output)
