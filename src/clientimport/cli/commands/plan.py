"""`plan`: what a push would do with every row, against what the platform already has."""

from __future__ import annotations

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_options import CheckedFileOptions
from clientimport.cli.options import AccountOptions, Files
from clientimport.cli.result import CommandResult
from clientimport.cli.sending_options import PlanOptions, SendingOptions

app = typer.Typer()


@command(
    app,
    "plan",
    "clientimport plan clients.xlsx -c office",
    "clientimport plan clients.xlsx -c sandbox -p banqup-partner -o plan.json",
    "clientimport plan clients.xlsx -c office --invite --exit-code",
    "clientimport plan approve plan.json",
)
def plan(
    *,
    files: Files,
    asked: PlanOptions,
    on: AccountOptions,
    sending: SendingOptions,
    checked: CheckedFileOptions,
    console: Console,
) -> CommandResult:
    """Show what a push would do. Nothing is sent.

    It takes the options of a push; several files with the same headings are one list. A plan that is kept with -o can
    be pushed exactly as it was shown. It holds the clients' data in full, national register numbers too, also when it
    goes to stdout (-o -).
    """
    from clientimport.cli.open_account import open_account
    from clientimport.cli.plan_session import run_plan

    with open_account(on, console) as session:
        return run_plan(files, session, asked, sending, checked.merged())
