"""`plan`: what a push would do with every row, against what the platform already has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_options import CheckedFileOptions
from clientimport.cli.next_command import file_arguments
from clientimport.cli.options import AccountOptions, File, Force, Output
from clientimport.cli.result import CommandResult
from clientimport.cli.stdin import stdin_bytes
from clientimport.cli.stdout import STDOUT, write_output
from clientimport.storage.output_file import require_new

if TYPE_CHECKING:
    from pathlib import Path

    from clientimport.push.plan.plan import Plan

app = typer.Typer()


@command(
    app,
    "plan",
    "clientimport plan clients.xlsx -c office",
    "clientimport plan clients.xlsx -c sandbox -p banqup-partner -o plan.json",
    "clientimport plan approve plan.json",
)
def plan(
    *,
    file: File,
    output: Output = None,
    force: Force = False,
    on: AccountOptions,
    checked: CheckedFileOptions,
    console: Console,
) -> CommandResult:
    """Show what a push would do. Nothing is sent.

    A plan that is kept with -o can be pushed exactly as it was shown. It holds the clients' data in full, national
    register numbers too, also when it goes to stdout (-o -).
    """
    from clientimport.cli.file_warnings import warnings_data
    from clientimport.cli.load_file import validate_file
    from clientimport.cli.open_account import open_account
    from clientimport.cli.plan_approval import remember_plan
    from clientimport.cli.plan_view import mandates_data, plan_data, plan_text
    from clientimport.cli.push_input import make_plan_for, plan_source

    file_options = checked.merged()
    with open_account(on, console) as session:
        stdin = stdin_bytes(file)
        validation = validate_file(file, session.schema, file_options, console, stdin)
        source = plan_source(file, stdin)
        plan, _ = session.run(lambda connector: make_plan_for(validation, source, connector))
    content = output and write_output(output, console, lambda path: _save(plan, path, force=force))
    if output:
        remember_plan(plan)
    text = plan_text(plan, validation.report.findings, session.heading(plan.account), console)
    if output != STDOUT:
        on_account = [*connection_arguments(on), *(["--invite"] if session.schema.creating_mails else [])]
        given = file_arguments(str(output or file), on_account, *(() if output else (file_options,)))
        text += "\n\n" + console.messages.phrase("plan.next", given=given)
    warnings = warnings_data((*validation.report.findings, *plan.findings), console)
    beside = {"warnings": warnings, "mandates": mandates_data(validation.report.findings)}
    data = {**session.data, **plan_data(plan, console), **beside, "file": str(output) if output else None}
    return CommandResult(data, text, 1 if plan.invalid else 0, content or None)


def connection_arguments(on: AccountOptions) -> list[str]:
    """Return the connection as it is typed."""
    return ["-c", on.connection, *(["-p", on.platform] if on.platform else [])]


def _save(plan: Plan, output: Path, *, force: bool) -> None:
    from clientimport.push.plan.plan_file import save_plan

    require_new(output, force=force)
    save_plan(plan, output)
