"""`runs move`: move the record of this home into a database that several desks share."""

from __future__ import annotations

from typing import Annotated

from clientimport.cli.command import command
from clientimport.cli.commands.runs_group import app
from clientimport.cli.console import Console
from clientimport.cli.options import option
from clientimport.cli.result import CommandResult


@command(app, "runs move", "clientimport runs move --to postgresql://an@server/clientimport")
def move(
    *,
    to: Annotated[str, option("--to", None, "The database: postgresql://USER@SERVER/DATABASE.", "URL")],
    console: Console,
) -> CommandResult:
    """Move the record of what was sent into a database that several desks share; it must be empty.

    Everything is copied as it stands and compared, checksums too. From then on this desk uses the shared one.
    """
    from clientimport.api.move_ledger import move_home_ledger
    from clientimport.settings.folders import folders

    moved = move_home_ledger(to)
    facts = {"url": moved.url, "seal": moved.head_hash, "file": folders().ledger, "config": folders().config}
    text = console.messages.plural("runs.moved", moved.runs, **facts)
    return CommandResult({"url": moved.url, "runs": moved.runs, "seal": moved.head_hash}, text)
