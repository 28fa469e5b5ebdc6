"""`runs`: what was sent, as the ledger remembers it, and a person's word on what is uncertain."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.commands.invite import InvitationTargets, run_invite
from clientimport.cli.commands.push import run_push
from clientimport.cli.console import Console
from clientimport.cli.next_command import invitation_limits, rerun_command, sending_options
from clientimport.cli.options import AccountOptions, AdoptLedger, RegisterOptions, Yes
from clientimport.cli.result import CommandFailure, CommandResult

if TYPE_CHECKING:
    from clientimport.push.ledger.records import RunRecord
    from clientimport.push.run_result import RunResult

app = typer.Typer(help="What was sent, and what became of every row.", no_args_is_help=True)

DAY = "%Y-%m-%d"

RunId = Annotated[str, typer.Argument(metavar="RUN", help="The run, or last; see clientimport runs list.")]


@command(app, "runs list", "clientimport runs list", "clientimport runs list -c office --json")
def list_(
    *,
    screen: Console,
    connection: Annotated[
        str | None, typer.Option("--connection", "-c", metavar="NAME", help="Only those of this connection.")
    ] = None,
    platform: Annotated[
        str | None, typer.Option("--platform", "-p", metavar="PLATFORM", help="Only those to this platform.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option("--since", metavar="DATE", formats=[DAY], help="From this day on (UTC).")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--until", metavar="DATE", formats=[DAY], help="To this day, included.")
    ] = None,
) -> CommandResult:
    """List the runs, the latest first."""
    from clientimport.cli.push_common import open_ledger
    from clientimport.push.run_history import all_runs

    with open_ledger() as book:
        every = all_runs(book)
    here = [run for run in every if connection in (None, run.connection) and platform in (None, run.platform)]
    first, last = (f"{day:{DAY}}" if day else None for day in (since, until))
    found = [run for run in here if (first or "") <= run.started[:10] <= (last or "9")]
    headings = [screen.messages.phrase(f"runs.{key}") for key in ("run", "started", "command", "connection", "counts")]
    shown = (
        screen.table(headings, [_row(run, screen) for run in found], whole=2)
        if found
        else screen.messages.phrase("runs.none")
    )
    return CommandResult({"runs": [_head(run) for run in found]}, shown)


@command(app, "runs show", "clientimport runs show last", "clientimport runs show 20261122-101500-1f3a --language fr")
def show(*, run: RunId, screen: Console) -> CommandResult:
    """Show what became of every row of a run: client, state, when, to which address, and why."""
    from clientimport.cli.push_common import open_ledger
    from clientimport.cli.run_view import full_run_text, run_data
    from clientimport.push.run_history import load_run as remembered

    with open_ledger() as book:
        found = remembered(book, run)
    text = full_run_text(found, f"{found.id} · {found.account} · {_where(found, screen)}", screen)
    return CommandResult({**_head(found), **run_data(found, screen)}, text)


@command(
    app,
    "runs resume",
    "clientimport runs resume 20261122-101500-1f3a",
    "clientimport runs resume 20261122-101500-1f3a --yes",
)
def resume(
    *,
    run: RunId,
    screen: Console,
    adopt_ledger: AdoptLedger = None,
    yes: Yes = False,
) -> CommandResult | CommandFailure:
    """Go on with a run that was stopped: its file again, with the same settings. Nothing is sent twice."""
    from clientimport.cli.load_file import file_options
    from clientimport.cli.open_account import LedgerAccount
    from clientimport.cli.push_common import require_person_or_yes

    head, waiting = _resumable(run)
    if waiting:
        require_person_or_yes(screen, yes=yes)
    asked, on = json.loads(head.options), AccountOptions(head.connection, head.platform)
    known = LedgerAccount((head.id,), adopt_ledger)
    if head.command == "undo":
        from clientimport.cli.commands.runs_undo import run_undo

        return run_undo(head.file, screen, known, yes=yes)
    reading, matching = file_options(asked["reading"])
    if head.command == "invite":
        return run_invite(
            _whom(head), on, invitation_limits(asked), reading, matching, screen, known=known, accept=True, yes=yes
        )
    registers, sending = RegisterOptions.from_document(asked["reading"]), sending_options(asked)
    return run_push(
        head.file, on, sending, reading, matching, screen, known=known, accept=True, yes=yes, registers=registers
    )


def _resumable(run: str) -> tuple[RunRecord, bool]:
    """Return the head of a run whose file is still what it was, and whether a row waits. Raises UsageError."""
    from clientimport.cli.push_common import open_ledger
    from clientimport.push.run_history import load_run as remembered
    from clientimport.push.run_history import load_run_record

    with open_ledger() as book:
        found, rows = load_run_record(book, run), remembered(book, run).rows
    require_same_file(found)
    return found, any(row.result.state == "pending" for row in rows)


def require_same_file(head: RunRecord) -> None:
    """Raise UsageError when the file of a run is not there any more, or is another one by now."""
    from pathlib import Path

    from clientimport.cli.stdin import STDIN
    from clientimport.errors import UsageError
    from clientimport.push.plan.plan_file import file_sha256

    if head.file == STDIN:
        raise UsageError("run.from_stdin", run=head.id)
    if head.file_sha256:
        path = Path(head.file)
        if not path.is_file():
            raise UsageError("run.file_gone", file=head.file)
        if file_sha256(path) != head.file_sha256:
            raise UsageError("run.file_changed", file=head.file, command=rerun_command(head))


@command(
    app,
    "runs resolve",
    "clientimport runs resolve 20261122-101500-1f3a 12 --created",
    "clientimport runs resolve 20261122-101500-1f3a 12 --absent",
)
def resolve(
    *,
    run: RunId,
    row: Annotated[str, typer.Argument(metavar="ROW", help="The row in the file, or the client's id.")],
    screen: Console,
    created: Annotated[bool, typer.Option("--created", help="You looked: it is on the platform.")] = False,
    absent: Annotated[bool, typer.Option("--absent", help="You looked: it is not there.")] = False,
) -> CommandResult:
    """Say what became of an uncertain row, after looking on the platform."""
    from clientimport.cli.push_common import open_ledger
    from clientimport.cli.run_view import run_data, run_text
    from clientimport.errors import UsageError
    from clientimport.model.clock import Clock
    from clientimport.push.run_history import resolve_row as settle

    if created == absent:
        raise UsageError("run.created_or_absent")
    with open_ledger() as book:
        found = settle(book, run, row, done=created, clock=Clock())
    return CommandResult(run_data(found, screen), run_text(found, found.id, screen))


def _whom(head: RunRecord) -> InvitationTargets:
    """Return whom a round of invitations was for: its file or run, or every draft."""
    kind = json.loads(head.options)["whom"]
    if kind == "drafts":
        return InvitationTargets(all_drafts=True)
    return InvitationTargets(file=head.file) if kind == "file" else InvitationTargets(run=head.file)


def _row(run: RunResult, screen: Console) -> tuple[str, ...]:
    states = (f"{screen.messages.phrase(f'state.{name}')} {number}" for name, number in run.counts.items() if number)
    started = f"{run.started[:10]} {run.started[11:16]}"
    return run.id, started, run.command, f"{_where(run, screen)} {run.platform}", ", ".join(states)


def _where(run: RunResult, screen: Console) -> str:
    return screen.messages.phrase("sandbox.mark") if run.sandbox else run.connection


def _head(run: RunResult) -> dict[str, object]:
    return {
        "run": run.id,
        "command": run.command,
        "connection": run.connection,
        "platform": run.platform,
        "sandbox": run.sandbox,
        "account": run.account,
        "file": run.file,
        "started": run.started,
        "ended": run.ended,
        "counts": run.counts,
    }
