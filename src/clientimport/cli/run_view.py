"""A run as text and JSON: what became of every row and why, the same at once and later."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from clientimport.cli.console import Console
from clientimport.cli.held_mails import held_mail_commands
from clientimport.cli.plan_view import finding_sentences
from clientimport.messages.rejection_reasons import reason_text

if TYPE_CHECKING:
    from clientimport.push.run_result import RunResult, RunRow

STATES_TO_SHOW = ("refused", "failed", "invitation_failed", "uncertain", "pending", "invalid", "kept", "held")
"""The states of rows that need attention."""


def row_name(row: RunRow) -> str:
    """Return the row's number, or the client's id where it was chosen without a file."""
    return (row.result.client_id or "") if row.row is None else str(row.row)


def run_data(run: RunResult, console: Console) -> dict[str, Any]:
    """Return what JSON says about a run."""
    return {
        "run": run.id,
        "connection": run.connection,
        "platform": run.platform,
        "sandbox": run.sandbox,
        "counts": run.counts,
        "invitations_waiting": run.invitations_waiting,
        "seal": run.head_hash,
        "rows": [_row_data(run, row, console) for row in run.rows],
    }


def _row_data(run: RunResult, row: RunRow, console: Console) -> dict[str, object]:
    return {
        "row": row.row,
        "state": row.result.state,
        "client_id": row.result.client_id,
        "reason": row_reason(run, row, console) or None,
        "name": console.display_value("", row.name) if row.name else None,
        "at": row.reached_at,
        "email": console.display_value("", row.email) if row.email else None,
    }


def row_reason(run: RunResult, row: RunRow, console: Console) -> str:
    """Return why a row is what it is: the platform's own words and ours, and on further lines what settles it."""
    return "\n".join(filter(None, (_sentences(row, console), *held_mail_commands(run, [row], console))))


def _sentences(row: RunRow, console: Console) -> str:
    """Return the platform's own words, with their age where they are not new, and our sentences.

    Of a run of an older version, the titles of what was noticed.
    """
    result, findings = row.result, console.messages.findings
    ours = finding_sentences(result.findings, console)
    codes = (result.reason or "").split(", ")
    if all(code in findings for code in codes):
        return console.display_value("", ours or reason_text(console.messages, result.reason or ""))
    theirs = console.display_value("", reason_text(console.messages, result.reason or ""))
    if result.rejected_at:
        day = console.messages.format_date(date.fromisoformat(result.rejected_at[:10]))
        theirs = console.messages.phrase("run.answered_before", reason=theirs, day=day)
    return "; ".join(filter(None, (theirs, ours)))


def run_text(run: RunResult, heading: str, console: Console) -> str:
    """Return the rows that want attention, what settles them, and the counts last."""
    messages = console.messages
    wanted = [row for row in run.rows if row.result.state in STATES_TO_SHOW or row.result.findings]
    same = all(row.result.state == "unchanged" for row in run.rows)
    if run.rows and same and not wanted and not run.invitations_waiting:
        return messages.plural("run.unchanged", len(run.rows), heading=heading, run=run.id)
    headings = [messages.phrase(f"run.{key}") for key in ("row", "client", "state", "reason")]
    shown = [
        (row_name(row), row.name or "", messages.phrase(f"state.{row.result.state}"), _sentences(row, console))
        for row in wanted
    ]
    table = [console.table(headings, shown)] if shown else []
    return "\n".join((heading, *table, *_command_lines(run, wanted, console), *_totals(run, console)))


def full_run_text(run: RunResult, heading: str, console: Console) -> str:
    """Return every row of a run: client, state, when, where its mail went, and why."""
    messages = console.messages
    headings = [messages.phrase(f"run.{key}") for key in ("row", "client", "state", "when", "address")]
    shown = [
        (
            row_name(row),
            row.name or "",
            messages.phrase(f"state.{row.result.state}"),
            _minute(row.reached_at),
            row.email or "",
        )
        for row in run.rows
    ]
    reasons = [(row_name(row), reason) for row in run.rows if (reason := _sentences(row, console))]
    parts = [console.table(headings, shown)] if shown else []
    if reasons:
        parts += ["", console.table([messages.phrase("run.row"), messages.phrase("run.reason")], reasons)]
    return "\n".join((heading, *parts, *_command_lines(run, list(run.rows), console), *_totals(run, console)))


def _command_lines(run: RunResult, rows: list[RunRow], console: Console) -> tuple[str, ...]:
    lines = held_mail_commands(run, rows, console)
    return ("", *lines, "") if lines else ()


def _totals(run: RunResult, console: Console) -> list[str]:
    """Return the counts, what waits, and where it is remembered."""
    messages = console.messages
    counts = " · ".join(
        messages.with_label(messages.phrase(f"state.{name}"), number) for name, number in run.counts.items() if number
    )
    parts = [counts or messages.phrase("run.nothing")]
    if run.invitations_waiting:
        parts.append(messages.plural("run.waiting", run.invitations_waiting))
    parts.append(messages.phrase("run.remembered", run=run.id))
    return parts


def _minute(moment: str | None) -> str:
    """Return a moment to the minute.

    >>> _minute("2026-11-22T09:30:05.123456+00:00")
    '2026-11-22 09:30'
    """
    return moment[:16].replace("T", " ") if moment else ""
