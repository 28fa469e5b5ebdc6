"""`runs`: what was sent, as the ledger remembers it, and a person's word on what is uncertain."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from clientimport.cli.command import command
from clientimport.cli.commands.runs_group import RunId, app
from clientimport.cli.console import Console
from clientimport.cli.list_format import FormatOption, ListFormat, list_result
from clientimport.cli.options import AdoptLedger, Yes, argument, option
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.errors import UsageError

if TYPE_CHECKING:
    from clientimport.push.run_result import RunResult

DAY = "%Y-%m-%d"


@command(app, "runs list", "clientimport runs list", "clientimport runs list -c office --json")
def list_(
    *,
    connection: Annotated[str | None, option("--connection -c", None, "Only those of this connection.", "NAME")] = None,
    platform: Annotated[str | None, option("--platform -p", None, "Only those to this platform.", "PLATFORM")] = None,
    since: Annotated[datetime | None, option("--since", None, "From this day on.", "DATE", formats=[DAY])] = None,
    until: Annotated[datetime | None, option("--until", None, "To this day, included.", "DATE", formats=[DAY])] = None,
    format_: FormatOption = ListFormat.TEXT,
    console: Console,
) -> CommandResult:
    """List the runs, the latest first."""
    from clientimport.api.open_ledger import open_ledger
    from clientimport.push.run_history import all_runs

    with open_ledger() as ledger:
        every, shared = all_runs(ledger), ledger.is_shared
    here = [run for run in every if connection in (None, run.connection) and platform in (None, run.platform)]
    first, last = (f"{day:{DAY}}" if day else None for day in (since, until))
    listed = [run for run in here if (first or "") <= _local_day(run) <= (last or "9")]
    keys = ("run", "started", *(("by",) if shared else ()), "command", "connection", "counts")
    folding = {console.messages.phrase(f"runs.{key}"): key in ("by", "connection", "counts") for key in keys}
    rows = [_row(run, console, shared=shared) for run in listed]
    text = console.records(folding, rows) if rows else console.messages.phrase("runs.none")
    heads = [run.head_document() for run in listed]
    return list_result(CommandResult({"runs": heads}, text), heads, format_, console, ("run",))


@command(app, "runs show", "clientimport runs show last", "clientimport runs show 20261122-101500-1f3a --language fr")
def show(*, run: RunId, format_: FormatOption = ListFormat.TEXT, console: Console) -> CommandResult:
    """Show what became of every row of a run: client, state, when, to which address, and why."""
    from clientimport.api.open_ledger import open_ledger
    from clientimport.cli.run_view import full_run_text, run_data
    from clientimport.messages.local_time import local_moment_of
    from clientimport.push.run_history import load_run

    with open_ledger() as ledger:
        result = load_run(ledger, run)
    began = local_moment_of(console.messages, result.started)
    heading = f"{result.id} · {result.account} · {_where(result, console)} · {began}"
    text = full_run_text(result, "\n".join((heading, *_who_lines(result, console))), console)
    decisions = [{"row": decision.row, "by": decision.by, "at": decision.at} for decision in result.decisions]
    data = {**run_data(result, console), "decisions": decisions}
    return list_result(
        CommandResult({**result.head_document(), **data}, text), data["rows"], format_, console, ("row", "state")
    )


@command(
    app,
    "runs resume",
    "clientimport runs resume 20261122-101500-1f3a",
    "clientimport runs resume 20261122-101500-1f3a --yes",
)
def resume(
    *, run: RunId, adopt_ledger: AdoptLedger = None, yes: Yes = False, console: Console
) -> CommandResult | CommandFailure:
    """Go on with a run that was stopped: its file again, with the same settings. Nothing is sent twice."""
    from clientimport.cli.resume_run import resume_run

    return resume_run(run, console, adopts=adopt_ledger, yes=yes)


@command(
    app,
    "runs resolve",
    "clientimport runs resolve 20261122-101500-1f3a 12 --created",
    "clientimport runs resolve 20261122-101500-1f3a 12 --absent",
)
def resolve(
    *,
    run: RunId,
    row: Annotated[str, argument("ROW", "The row in the file, or the client's id.")],
    created: Annotated[bool, option("--created", None, "You looked: it is on the platform.")] = False,
    absent: Annotated[bool, option("--absent", None, "You looked: it is not there.")] = False,
    console: Console,
) -> CommandResult:
    """Say what became of an uncertain row, after looking on the platform."""
    from clientimport.api.open_ledger import open_ledger
    from clientimport.cli.run_view import run_data, run_text
    from clientimport.push.run_history import resolve_row

    if created == absent:
        raise UsageError("run.created_or_absent")
    with open_ledger() as ledger:
        result = resolve_row(ledger, run, row, done=created, clock=ledger.clock)
    return CommandResult(run_data(result, console), run_text(result, result.id, console))


def _local_day(run: RunResult) -> str:
    """Return the day on which a run began, where this computer is."""
    return f"{datetime.fromisoformat(run.started).astimezone():{DAY}}"


def _row(run: RunResult, console: Console, *, shared: bool) -> tuple[str, ...]:
    states = (f"{console.messages.phrase(f'state.{name}')} {number}" for name, number in run.counts.items() if number)
    from clientimport.messages.local_time import local_moment_of

    started = local_moment_of(console.messages, run.started)
    by = (run.by or "",) if shared else ()
    return run.id, started, *by, run.command, f"{_where(run, console)} {run.platform}", ", ".join(states)


def _who_lines(run: RunResult, console: Console) -> tuple[str, ...]:
    """Return who gave the command, who approved its plan, and who decided what nobody knew."""
    from clientimport.messages.local_time import local_moment_of

    messages = console.messages
    given = (messages.phrase("runs.given_by", by=run.by),) if run.by else ()
    approved = (messages.phrase("runs.approved_by", by=run.approved_by),) if run.approved_by else ()
    decided = (
        messages.phrase(
            "runs.decided_by", row=decision.row or "–", by=decision.by, day=local_moment_of(messages, decision.at)
        )
        for decision in run.decisions
    )
    return (*given, *approved, *decided)


def _where(run: RunResult, console: Console) -> str:
    return console.messages.phrase("sandbox.mark") if run.sandbox else run.connection
