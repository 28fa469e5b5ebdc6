"""`connections admit`: let another desk into the accounts of a ledger that several desks share."""

from __future__ import annotations

from typing import Annotated

from clientimport.cli.command import command
from clientimport.cli.commands.connections import app
from clientimport.cli.console import Console
from clientimport.cli.options import argument
from clientimport.cli.result import CommandResult


@command(app, "connections admit", "clientimport connections admit an@desk-3:4f2a91c05b7d1e33")
def admit(
    *,
    desk: Annotated[str, argument("DESK", "The desk, as its own push named it.")],
    console: Console,
) -> CommandResult:
    """Admit a desk with a secret of its own to a shared ledger, so that it knows the clients that others sent.

    Its push named it, with a code that belongs to its secret. From then on it pushes, and admits others.
    """
    from clientimport.api.open_ledger import open_ledger
    from clientimport.api.shared_key import admit_desk

    with open_ledger() as ledger:
        accounts = admit_desk(ledger, desk)
        labels = ", ".join(map(ledger.account_label, accounts))
    text = console.messages.phrase("desk.admitted", desk=desk, accounts=labels)
    return CommandResult({"desk": desk, "accounts": list(accounts)}, text)
