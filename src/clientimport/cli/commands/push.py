"""`push`: bring the clients of a file onto the platform, each once, and invite them when asked to."""

from __future__ import annotations

from typing import Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_options import CheckedFileOptions
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import AccountOptions, ConsentOptions, argument
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.cli.sending_options import SendingOptions

app = typer.Typer()


@command(
    app,
    "push",
    "clientimport push clients.xlsx -c office --dry-run",
    "clientimport push clients.xlsx -c sandbox -p banqup-partner --invite --yes",
    "clientimport push clients.xlsx -c office --only existing --update contact_email",
    "clientimport push ghent.xlsx antwerp.xlsx -c office",
    "clientimport push plan.json -c office",
)
def push(
    *,
    files: Annotated[
        list[str],
        argument("FILE…|PLAN.json", "Spreadsheets with the same headings, a folder, a kept plan, or -."),
        FileRole.READS,
    ],
    consent: ConsentOptions,
    on: AccountOptions,
    sending: SendingOptions,
    checked: CheckedFileOptions,
    console: Console,
) -> CommandResult | CommandFailure:
    """Bring the clients of files onto the platform. What it already has is found and never created again.

    A client that is in several files is one. Stopped anywhere, the same command goes on where it was.
    """
    from clientimport.api.platform_account import LedgerAccount
    from clientimport.cli.open_account import open_account
    from clientimport.cli.push_session import run_push

    if not sending.dry_run:
        console.require_person_or_yes(yes=consent.yes)
    with open_account(on, console, LedgerAccount(adopts=consent.adopt_ledger)) as session:
        return run_push(files, session, sending, checked.merged(), consent)
