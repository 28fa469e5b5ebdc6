"""`runs key`: where the key of the record is, to move it or to begin with another one."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from clientimport.cli.command import command
from clientimport.cli.commands.runs_group import app
from clientimport.cli.console import Console
from clientimport.cli.options import Yes, option
from clientimport.cli.result import CommandResult
from clientimport.errors import UsageError
from clientimport.settings.folders import folders

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
    to: Annotated[KeyLocation | None, option("--to", None, "Move it there.", "keyring|file")] = None,
    new: Annotated[bool, option("--new", None, "Begin with a new one; the one in use is lost.")] = False,
    yes: Yes = False,
    console: Console,
) -> CommandResult:
    """Say where the key is with which the record knows clients again; it opens no account.

    It is in this computer's keyring, which is locked while nobody is signed in, or else in a file.
    """
    from clientimport.api.open_ledger import open_ledger
    from clientimport.push.ledger.ledger_key import ledger_key, move_key, replace_lost_key

    file, sentence = folders().ledger_key, ""
    with open_ledger() as ledger:
        if ledger.is_shared:
            raise UsageError("ledger.keys_are_shared")
        if new:
            if not yes:
                console.confirm(console.messages.phrase("key.ask_new"), "--yes")
            replace_lost_key(ledger, file)
            sentence = f"{console.messages.phrase('key.new')}\n"
        if to is not None:
            move_key(ledger, file, to)
        record = ledger.key_records.current()
        if record is not None:
            ledger_key(ledger, file)  # it is said to be there only when it is
    return _key_result(record, file, sentence, console)


def _key_result(record: KeyRecord | None, file: Path, sentence: str, console: Console) -> CommandResult:
    if record is None:
        return CommandResult({"place": None, "fingerprint": None, "file": None}, console.messages.phrase("key.none"))
    in_file = str(file) if record.place == KeyLocation.FILE else None
    text = console.messages.phrase(f"key.kept.{record.place}", mark=record.fingerprint, file=file)
    return CommandResult(
        {"place": record.place, "fingerprint": record.fingerprint, "file": in_file}, f"{sentence}{text}"
    )
