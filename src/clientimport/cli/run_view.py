"""A run on screen and in JSON: what became of every row, and why; told the same at once and later."""

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
"""The states of rows that want somebody's attention."""


def row_name(row: RunRow) -> str:
    """Return the row's number, or the client's id where it was chosen without a file."""
    return (row.result.client_id or "") if row.row is None else str(row.row)


def run_data(run: RunResult, screen: Console) -> dict[str, Any]:
    """Return what JSON says about a run."""
    return {
        "run": run.id,
        "connection": run.connection,
        "platform": run.platform,
        "sandbox": run.sandbox,
        "counts": run.counts,
        "invitations_waiting": run.invitations_waiting,
        "seal": run.head_hash,
        "rows": [_row_data(run, row, screen) for row in run.rows],
    }


def _row_data(run: RunResult, row: RunRow, screen: Console) -> dict[str, object]:
    return {
        "row": row.row,
        "state": row.result.state,
        "client_id": row.result.client_id,
        "reason": row_reason(run, row, screen) or None,
        "name": screen.display_value("", row.name) if row.name else None,
        "at": row.reached_at,
        "email": screen.display_value("", row.email) if row.email else None,
    }


def row_reason(run: RunResult, row: RunRow, screen: Console) -> str:
    """Return why a row is what it is: the platform's own words and ours, and on further lines what settles it."""
    return "\n".join(filter(None, (_said(row, screen), *held_mail_commands(run, [row], screen))))


def _said(row: RunRow, screen: Console) -> str:
    """Return the platform's own words, with their age where they are not new, and our sentences.

    Of a run of an older version, the titles of what was noticed.
    """
    reached, known = row.result, screen.messages.findings
    ours = finding_sentences(reached.findings, screen)
    codes = (reached.reason or "").split(", ")
    if all(code in known for code in codes):
        return screen.display_value("", ours or reason_text(screen.messages, reached.reason or ""))
    theirs = screen.display_value("", reason_text(screen.messages, reached.reason or ""))
    if reached.rejected_at:
        day = screen.messages.format_date(date.fromisoformat(reached.rejected_at[:10]))
        theirs = screen.messages.phrase("run.answered_before", reason=theirs, day=day)
    return "; ".join(filter(None, (theirs, ours)))


def run_text(run: RunResult, heading: str, screen: Console) -> str:
    """Return the rows that want attention, what settles them, and the counts last."""
    words = screen.messages
    wanted = [row for row in run.rows if row.result.state in STATES_TO_SHOW or row.result.findings]
    same = all(row.result.state == "unchanged" for row in run.rows)
    if run.rows and same and not wanted and not run.invitations_waiting:
        return words.plural("run.unchanged", len(run.rows), heading=heading, run=run.id)
    headings = [words.phrase(f"run.{key}") for key in ("row", "client", "state", "reason")]
    shown = [
        (row_name(row), row.name or "", words.phrase(f"state.{row.result.state}"), _said(row, screen)) for row in wanted
    ]
    table = [screen.table(headings, shown)] if shown else []
    return "\n".join((heading, *table, *_settled(run, wanted, screen), *_end(run, screen)))


def full_run_text(run: RunResult, heading: str, screen: Console) -> str:
    """Return every row of a run: client, state, when, where its mail went, and why."""
    words = screen.messages
    headings = [words.phrase(f"run.{key}") for key in ("row", "client", "state", "when", "address")]
    shown = [
        (
            row_name(row),
            row.name or "",
            words.phrase(f"state.{row.result.state}"),
            _minute(row.reached_at),
            row.email or "",
        )
        for row in run.rows
    ]
    reasons = [(row_name(row), said) for row in run.rows if (said := _said(row, screen))]
    parts = [screen.table(headings, shown)] if shown else []
    if reasons:
        parts += ["", screen.table([words.phrase("run.row"), words.phrase("run.reason")], reasons)]
    return "\n".join((heading, *parts, *_settled(run, list(run.rows), screen), *_end(run, screen)))


def _settled(run: RunResult, rows: list[RunRow], screen: Console) -> tuple[str, ...]:
    lines = held_mail_commands(run, rows, screen)
    return ("", *lines, "") if lines else ()


def _end(run: RunResult, screen: Console) -> list[str]:
    """Return the counts, what waits, and where it is remembered."""
    words = screen.messages
    counts = " · ".join(
        words.with_label(words.phrase(f"state.{name}"), number) for name, number in run.counts.items() if number
    )
    parts = [counts or words.phrase("run.nothing")]
    if run.invitations_waiting:
        parts.append(words.plural("run.waiting", run.invitations_waiting))
    parts.append(words.phrase("run.remembered", run=run.id))
    if run.head_hash:
        parts.append(words.phrase("run.sealed", seal=run.head_hash))
    return parts


def _minute(moment: str | None) -> str:
    """Return a moment to the minute.

    >>> _minute("2026-11-22T09:30:05.123456+00:00")
    '2026-11-22 09:30'
    """
    return moment[:16].replace("T", " ") if moment else ""
