"""`plan`: what a push would do with every row, against what the platform already has."""

from __future__ import annotations

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_options import CheckedFileOptions
from clientimport.cli.next_command import file_arguments
from clientimport.cli.options import AccountOptions, Files, Force, Output
from clientimport.cli.result import CommandResult
from clientimport.cli.stdout import STDOUT, write_output

app = typer.Typer()


@command(
    app,
    "plan",
    "clientimport plan clients.xlsx -c office",
    "clientimport plan clients.xlsx -c sandbox -p banqup-partner -o plan.json",
)
def plan(
    *,
    files: Files,
    output: Output = None,
    force: Force = False,
    on: AccountOptions,
    checked: CheckedFileOptions,
    console: Console,
) -> CommandResult:
    """Show what a push would do. Nothing is sent.

    Several files with the same headings are one list. A plan that is kept with -o can be pushed exactly as it was
    shown. It holds the clients' data in full, national register numbers too, also when it goes to stdout (-o -).
    """
    from clientimport.cli.file_warnings import warnings_data
    from clientimport.cli.load_file import load_checked_clients
    from clientimport.cli.open_account import open_account
    from clientimport.cli.plan_view import mandates_data, plan_data, plan_text

    file_options = checked.merged()
    with open_account(on, console) as session:
        clients = load_checked_clients(files, session.schema, file_options, console)
        plan = clients.plan(session.account)
    content = output and write_output(output, console, lambda path: plan.save(path, force=force))
    text = plan_text(plan.content, plan.list_findings, session.heading(plan.content.account), console)
    if output != STDOUT:
        on_account = [*connection_arguments(on), *(["--invite"] if session.schema.creating_mails else [])]
        named = [str(output)] if output else files
        given = file_arguments(named, on_account, *(() if output else (file_options,)))
        text += "\n\n" + console.messages.phrase("plan.next", given=given)
    warnings = warnings_data((*plan.list_findings, *plan.content.findings), console)
    beside = {"warnings": warnings, "mandates": mandates_data(plan.list_findings)}
    data = {**session.data, **plan_data(plan.content, console), **beside, "file": str(output) if output else None}
    return CommandResult(data, text, 1 if plan.content.invalid else 0, content or None)


def connection_arguments(on: AccountOptions) -> list[str]:
    """Return the connection as it is typed."""
    return ["-c", on.connection, *(["-p", on.platform] if on.platform else [])]
