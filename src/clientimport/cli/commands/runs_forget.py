"""`runs forget`: take old runs out of the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.commands.runs import app
from clientimport.cli.console import Console
from clientimport.cli.options import Yes
from clientimport.cli.result import CommandResult


@command(
    app,
    "runs forget",
    "clientimport runs forget --before 2026-01-01",
    "clientimport runs forget --before 2026-01-01 -y",
)
def forget(
    *,
    before: Annotated[
        datetime, typer.Option("--before", metavar="DATE", formats=["%Y-%m-%d"], help="The day, such as 2026-01-31.")
    ],
    screen: Console,
    yes: Yes = False,
) -> CommandResult:
    """Forget what was sent before a day. Runs with something uncertain or waiting stay.

    Nobody is created or mailed twice for it: of each, a code that cannot be read back is kept.
    """
    from clientimport.cli.push_common import open_ledger

    day = f"{before:%Y-%m-%d}"
    if not yes:
        screen.confirm(screen.messages.phrase("forget.ask", day=day), "--yes")
    with open_ledger() as book:
        count = book.forget(before.replace(tzinfo=UTC).isoformat(timespec="seconds"))
    return CommandResult({"before": day, "forgotten": count}, screen.messages.plural("forget.done", count, day=day))
