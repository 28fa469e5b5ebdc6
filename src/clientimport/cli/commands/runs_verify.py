"""`runs verify`: whether the record of what was sent is still what was written."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.commands.runs import app
from clientimport.cli.console import Screen
from clientimport.cli.result import CommandResult

if TYPE_CHECKING:
    from clientimport.messages.catalog import MessageCatalog
    from clientimport.push.ledger.hash_chain import Mismatch


NAMED = 50
"""Broken lines that are named on the screen; --json has them all."""


@command(
    app,
    "runs verify",
    "clientimport runs verify",
    "clientimport runs verify 118-5f0c1d7a9b3e4f60817263544a5b6c7d --json",
)
def verify(
    *,
    screen: Screen,
    seal: Annotated[
        str | None,
        typer.Argument(
            metavar="RUN|SEAL", help="Only this run, or last; or what a run was sealed with, kept elsewhere."
        ),
    ] = None,
) -> CommandResult:
    """Say whether the record of what was sent is as it was written, and name every line that is not.

    With RUN only what is wrong with that run, or with lines of nobody knows which. Only a seal that was kept elsewhere
    shows that nobody wrote the whole record again.
    """
    from clientimport.cli.push_common import ledger
    from clientimport.push.ledger.hash_chain import is_run, line_of
    from clientimport.push.run_history import head

    with ledger() as book:
        run = head(book, seal).id if seal is not None and is_run(seal) else None
        kept = None if seal is None or run is not None else line_of(seal)
        breaks, now = book.breaks(kept), book.seal()
    breaks = tuple(one for one in breaks if run is None or one.run in (None, run))
    lines = int(now.partition("-")[0])
    told = [_told(one, screen.words) for one in breaks]
    data = {"lines": lines, "seal": now, "breaks": [{**asdict(one), "message": text} for one, text in told]}
    if not breaks:
        return CommandResult(data, screen.words.count("verify.whole", lines, seal=now))
    shown = [text for _, text in told[:NAMED]]
    if len(told) > NAMED:
        shown.append(screen.words.count("verify.more", len(told) - NAMED))
    return CommandResult(data, "\n".join((*shown, screen.words.say("verify.next"))), 1)


def _told(one: Mismatch, words: MessageCatalog) -> tuple[Mismatch, str]:
    what = words.say("verify.row" if one.row else "verify.run", run=one.run or "?", row=one.row or "")
    return one, words.say(f"verify.{one.code}", line=one.line or "?", what=what)
