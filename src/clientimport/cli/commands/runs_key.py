"""`runs key`: where the key of the record is, to move it or to begin with another one."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.commands.runs import app
from clientimport.cli.console import Console
from clientimport.cli.options import Yes
from clientimport.cli.result import CommandResult

if TYPE_CHECKING:
    from pathlib import Path

    from clientimport.push.ledger.key_records import KeyRecord


class KeyLocation(StrEnum):
    """Where the key may be kept."""

    KEYRING = "keyring"
    FILE = "file"


@command(app, "runs key", "clientimport runs key", "clientimport runs key --to file", "clientimport runs key --new")
def key(
    *,
    screen: Console,
    to: Annotated[KeyLocation | None, typer.Option("--to", metavar="keyring|file", help="Move it there.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Begin with a new one; the one in use is lost.")] = False,
    yes: Yes = False,
) -> CommandResult:
    """Say where the key is with which the record knows clients again; it opens no account.

    It is in this computer's keyring, which is locked while nobody is signed in, or else in a file.
    """
    from clientimport.cli import settings
    from clientimport.cli.push_common import open_ledger
    from clientimport.push.ledger.ledger_key import ledger_key, move_key, replace_lost_key

    file, said = settings.folders().ledger_key, ""
    with open_ledger() as book:
        if new:
            if not yes:
                screen.confirm(screen.messages.phrase("key.ask_new"), "--yes")
            replace_lost_key(book, file)
            said = f"{screen.messages.phrase('key.new')}\n"
        if to is not None:
            move_key(book, file, to)
        record = book.key_records.current()
        if record is not None:
            ledger_key(book, file)  # it is said to be there only when it is
    return _told(record, file, said, screen)


def _told(record: KeyRecord | None, file: Path, said: str, screen: Console) -> CommandResult:
    if record is None:
        return CommandResult({"place": None, "fingerprint": None, "file": None}, screen.messages.phrase("key.none"))
    in_file = str(file) if record.place == KeyLocation.FILE else None
    text = screen.messages.phrase(f"key.kept.{record.place}", mark=record.fingerprint, file=file)
    return CommandResult({"place": record.place, "fingerprint": record.fingerprint, "file": in_file}, f"{said}{text}")
