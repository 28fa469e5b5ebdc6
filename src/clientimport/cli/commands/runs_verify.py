"""`runs verify`: whether the record of what was sent is still what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from clientimport.cli.command import command
from clientimport.cli.commands.runs_group import app
from clientimport.cli.console import Console
from clientimport.cli.options import argument
from clientimport.cli.result import CommandResult

if TYPE_CHECKING:
    from clientimport.messages.catalog import MessageCatalog
    from clientimport.push.ledger.hash_chain import Mismatch


LISTED = 50
"""Broken lines that are named on the screen; --json has them all."""


@command(
    app,
    "runs verify",
    "clientimport runs verify",
    "clientimport runs verify 118-5f0c1d7a9b3e4f60817263544a5b6c7d --json",
)
def verify(
    *,
    seal: Annotated[
        str | None,
        argument("RUN|CHECKSUM", "Only this run, or last; or the checksum of an earlier time, kept elsewhere."),
    ] = None,
    console: Console,
) -> CommandResult:
    """Say whether the record of what was sent is as it was written, and name every line that is not.

    With RUN only what is wrong with that run, or with lines of nobody knows which. Only a checksum that was kept
    elsewhere shows that nobody wrote the whole record again.
    """
    from clientimport.api.open_ledger import open_ledger
    from clientimport.push.ledger.hash_chain import is_run_id, parse_head_hash
    from clientimport.push.run_history import load_run_record

    with open_ledger() as ledger:
        run = load_run_record(ledger, seal).id if seal is not None and is_run_id(seal) else None
        kept = None if seal is None or run is not None else parse_head_hash(seal)
        mismatches, head_hash = ledger.mismatches(kept), ledger.head_hash()
    mismatches = tuple(mismatch for mismatch in mismatches if run is None or mismatch.run in (None, run))
    lines = int(head_hash.partition("-")[0])
    sentences = [_with_sentence(mismatch, console.messages) for mismatch in mismatches]
    data = {
        "lines": lines,
        "seal": head_hash,
        "breaks": [{**mismatch.to_document(), "message": text} for mismatch, text in sentences],
    }
    if not mismatches:
        return CommandResult(data, console.messages.plural("verify.whole", lines, seal=head_hash))
    shown = [text for _, text in sentences[:LISTED]]
    if len(sentences) > LISTED:
        shown.append(console.messages.plural("verify.more", len(sentences) - LISTED))
    return CommandResult(data, "\n".join((*shown, console.messages.phrase("verify.next"))), 1)


def _with_sentence(mismatch: Mismatch, messages: MessageCatalog) -> tuple[Mismatch, str]:
    what = messages.phrase(
        "verify.row" if mismatch.row else "verify.run", run=mismatch.run or "?", row=mismatch.row or ""
    )
    return mismatch, messages.phrase(f"verify.{mismatch.code}", line=mismatch.line or "?", what=what)
