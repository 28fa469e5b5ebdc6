"""`runs forget`: take old runs out of the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from clientimport.cli.command import command
from clientimport.cli.commands.runs_group import app
from clientimport.cli.console import Console
from clientimport.cli.options import Yes, option
from clientimport.cli.result import CommandResult


@command(
    app,
    "runs forget",
    "clientimport runs forget --before 2026-01-01",
    "clientimport runs forget --before 2026-01-01 -y",
)
def forget(
    *,
    before: Annotated[datetime, option("--before", None, "The day, such as 2026-01-31.", "DATE", formats=["%Y-%m-%d"])],
    yes: Yes = False,
    console: Console,
) -> CommandResult:
    """Forget what was sent before a day. Runs with something uncertain or waiting stay.

    Nobody is created or mailed twice for it: of each, a code that cannot be read back is kept.
    """
    from clientimport.api.open_ledger import open_ledger

    day = f"{before:%Y-%m-%d}"
    with open_ledger() as ledger:
        question = "forget.ask_shared" if ledger.is_shared else "forget.ask"
        if not yes:
            console.confirm(console.messages.phrase(question, day=day), "--yes")
        count = ledger.forget(before.replace(tzinfo=UTC).isoformat(timespec="seconds"))
    return CommandResult({"before": day, "forgotten": count}, console.messages.plural("forget.done", count, day=day))
