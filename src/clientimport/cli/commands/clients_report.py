"""`clients report`: the state of an account's clients on one page, or in a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from clientimport.cli.command import command
from clientimport.cli.commands.clients import app
from clientimport.cli.console import Console
from clientimport.cli.file_options import FileOptions
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import AccountOptions, argument, option
from clientimport.cli.result import CommandResult


@command(
    app,
    "clients report",
    "clientimport clients report -c office -o state.html",
    "clientimport clients report clients.xlsx -c office -o state.xlsx --language nl",
)
def report(
    *,
    file: Annotated[str | None, argument("[FILE]", "The clients of this file."), FileRole.READS] = None,
    output: Annotated[
        Path, option("--output -o", None, "The page (.html) or workbook (.xlsx) to write.", "OUT"), FileRole.WRITES
    ],
    on: AccountOptions,
    file_options: FileOptions,
    console: Console,
) -> CommandResult:
    """Write how far the clients are: on the platform, invited, active, mailed without an answer, and over time.

    With a file those of the file, and what differs from it; without one all of the account. Nothing is sent.
    """
    from clientimport.cli.account_report import account_report, require_report_name
    from clientimport.cli.open_account import open_account

    require_report_name(output)
    with open_account(on, console) as session:
        return account_report(file, output, session, file_options)
