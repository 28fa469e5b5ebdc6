"""The run that goes on: what it was asked to do, done again with the file that it was made of."""

from __future__ import annotations

import json

from clientimport.api.open_ledger import open_ledger
from clientimport.api.platform_account import LedgerAccount
from clientimport.api.source import files_sha256
from clientimport.cli.console import Console
from clientimport.cli.file_options import FileOptions
from clientimport.cli.invite_session import run_invite
from clientimport.cli.next_command import rerun_command
from clientimport.cli.open_account import open_account
from clientimport.cli.options import AccountOptions, ConsentOptions
from clientimport.cli.push_session import run_push
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.cli.sending_options import InvitationConsent, InvitationLimits, InvitationTargets, SendingOptions
from clientimport.cli.stdin import STDIN
from clientimport.cli.undo_session import run_undo
from clientimport.errors import UsageError
from clientimport.push.ledger.records import RunRecord
from clientimport.push.run_history import load_run, load_run_record
from clientimport.storage.named_files import named_files


def resume_run(run: str, console: Console, *, adopts: bool | None, yes: bool) -> CommandResult | CommandFailure:
    """Return what became of a run that goes on where it was stopped. Raises UsageError when its file is another one."""
    record, is_waiting = _resumable(run)
    if is_waiting:
        console.require_person_or_yes(yes=yes)
    ledger_account = LedgerAccount((record.id,), adopts)
    if record.command == "undo":
        return run_undo(record.file, console, ledger_account, yes=yes)
    asked = json.loads(record.options)
    file_options = FileOptions.from_document(asked["reading"])
    with open_account(AccountOptions(record.connection, record.platform), console, ledger_account) as session:
        if record.command == "invite":
            limits, consent = InvitationLimits.from_document(asked), InvitationConsent(accept_proposals=True, yes=yes)
            return run_invite(_targets(record), session, limits, file_options, consent)
        sending, agreed = SendingOptions.from_document(asked), ConsentOptions(accept_proposals=True, yes=yes)
        return run_push(named_files(record.file), session, sending, file_options, agreed)


def _resumable(run: str) -> tuple[RunRecord, bool]:
    """Return a run whose file is still what it was, and whether one of its rows waits. Raises UsageError."""
    with open_ledger() as ledger:
        record, rows = load_run_record(ledger, run), load_run(ledger, run).rows
    require_same_file(record)
    return record, any(row.result.state == "pending" for row in rows)


def require_same_file(record: RunRecord) -> None:
    """Raise UsageError when the file of a run is not there any more, or is another one by now."""
    if record.file == STDIN:
        raise UsageError("run.from_stdin", run=record.id)
    if record.file_sha256:
        files = named_files(record.file)
        if not files:
            raise UsageError("run.file_gone", file=record.file)
        if files_sha256(files, None) != record.file_sha256:
            raise UsageError("run.file_changed", file=record.file, command=rerun_command(record))


def _targets(record: RunRecord) -> InvitationTargets:
    """Return whom a round of invitations was for: its file or run, every draft, or those who are reminded."""
    kind = json.loads(record.options)["whom"]
    if kind in ("drafts", "unanswered"):
        return InvitationTargets(all_drafts=kind == "drafts")
    return InvitationTargets(file=record.file) if kind == "file" else InvitationTargets(run=record.file)
