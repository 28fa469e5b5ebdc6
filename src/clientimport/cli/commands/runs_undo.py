"""`runs undo`: take back what a run created and overwrote, after showing it."""

from __future__ import annotations

from clientimport.cli.command import command
from clientimport.cli.commands.runs_group import RunId, app
from clientimport.cli.console import Console
from clientimport.cli.options import AdoptLedger, Yes
from clientimport.cli.result import CommandFailure, CommandResult


@command(
    app,
    "runs undo",
    "clientimport runs undo 20261122-101500-1f3a",
    "clientimport runs undo 20261122-101500-1f3a --yes",
)
def undo(
    *, run: RunId, adopt_ledger: AdoptLedger = None, yes: Yes = False, console: Console
) -> CommandResult | CommandFailure:
    """Take back what a run did: drafts it created are deleted, fields it overwrote get their former values.

    Mails cannot be taken back; who got one is listed.
    """
    from clientimport.api.platform_account import LedgerAccount
    from clientimport.cli.undo_session import run_undo

    return run_undo(run, console, LedgerAccount((run,), adopt_ledger), yes=yes)
