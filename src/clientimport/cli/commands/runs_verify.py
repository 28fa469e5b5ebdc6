"""`runs verify`: whether the record of what was sent is still what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.commands.runs import app
from clientimport.cli.console import Console
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
    screen: Console,
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
    from clientimport.cli.push_common import open_ledger
    from clientimport.push.ledger.hash_chain import is_run_id, parse_head_hash
    from clientimport.push.run_history import load_run_record

    with open_ledger() as book:
        run = load_run_record(book, seal).id if seal is not None and is_run_id(seal) else None
        kept = None if seal is None or run is not None else parse_head_hash(seal)
        breaks, now = book.mismatches(kept), book.head_hash()
    breaks = tuple(one for one in breaks if run is None or one.run in (None, run))
    lines = int(now.partition("-")[0])
    told = [_told(one, screen.messages) for one in breaks]
    data = {"lines": lines, "seal": now, "breaks": [{**one.to_document(), "message": text} for one, text in told]}
    if not breaks:
        return CommandResult(data, screen.messages.plural("verify.whole", lines, seal=now))
    shown = [text for _, text in told[:NAMED]]
    if len(told) > NAMED:
        shown.append(screen.messages.plural("verify.more", len(told) - NAMED))
    return CommandResult(data, "\n".join((*shown, screen.messages.phrase("verify.next"))), 1)


def _told(one: Mismatch, words: MessageCatalog) -> tuple[Mismatch, str]:
    what = words.phrase("verify.row" if one.row else "verify.run", run=one.run or "?", row=one.row or "")
    return one, words.phrase(f"verify.{one.code}", line=one.line or "?", what=what)
