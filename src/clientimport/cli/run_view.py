"""A run on screen and in JSON: what became of every row, and why; told the same at once and later."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from clientimport.cli.console import Screen
from clientimport.cli.held_mails import settling
from clientimport.cli.plan_view import sentences
from clientimport.messages.rejection_reasons import in_words

if TYPE_CHECKING:
    from clientimport.push.run_result import RunResult, RunRow

WANTED = ("refused", "failed", "invitation_failed", "uncertain", "pending", "invalid", "kept", "held")
"""The states of rows that want somebody's attention."""


def row_name(row: RunRow) -> str:
    """Return the row's number, or the client's id where it was chosen without a file."""
    return (row.outcome.client_id or "") if row.row is None else str(row.row)


def run_data(run: RunResult, screen: Screen) -> dict[str, Any]:
    """Return what JSON says about a run."""
    return {
        "run": run.id,
        "connection": run.connection,
        "platform": run.platform,
        "sandbox": run.sandbox,
        "counts": run.counts,
        "invitations_waiting": run.invitations_waiting,
        "seal": run.seal,
        "rows": [_row_data(run, row, screen) for row in run.rows],
    }


def _row_data(run: RunResult, row: RunRow, screen: Screen) -> dict[str, object]:
    return {
        "row": row.row,
        "state": row.outcome.state,
        "client_id": row.outcome.client_id,
        "reason": reason(run, row, screen) or None,
        "name": screen.shown("", row.name) if row.name else None,
        "at": row.at,
        "email": screen.shown("", row.email) if row.email else None,
    }


def reason(run: RunResult, row: RunRow, screen: Screen) -> str:
    """Return why a row is what it is: the platform's own words and ours, and on further lines what settles it."""
    return "\n".join(filter(None, (_said(row, screen), *settling(run, [row], screen))))


def _said(row: RunRow, screen: Screen) -> str:
    """Return the platform's own words, with their age where they are not new, and our sentences.

    Of a run of an older version, the titles of what was noticed.
    """
    reached, known = row.outcome, screen.words.findings
    ours = sentences(reached.findings, screen)
    codes = (reached.reason or "").split(", ")
    if all(code in known for code in codes):
        return screen.shown("", ours or in_words(screen.words, reached.reason or ""))
    theirs = screen.shown("", in_words(screen.words, reached.reason or ""))
    if reached.answered:
        day = screen.words.day(date.fromisoformat(reached.answered[:10]))
        theirs = screen.words.say("run.answered_before", reason=theirs, day=day)
    return "; ".join(filter(None, (theirs, ours)))


def run_text(run: RunResult, heading: str, screen: Screen) -> str:
    """Return the rows that want attention, what settles them, and the counts last."""
    words = screen.words
    wanted = [row for row in run.rows if row.outcome.state in WANTED or row.outcome.findings]
    same = all(row.outcome.state == "unchanged" for row in run.rows)
    if run.rows and same and not wanted and not run.invitations_waiting:
        return words.count("run.unchanged", len(run.rows), heading=heading, run=run.id)
    headings = [words.say(f"run.{key}") for key in ("row", "client", "state", "reason")]
    shown = [
        (row_name(row), row.name or "", words.say(f"state.{row.outcome.state}"), _said(row, screen)) for row in wanted
    ]
    table = [screen.table(headings, shown)] if shown else []
    return "\n".join((heading, *table, *_settled(run, wanted, screen), *_end(run, screen)))


def whole_text(run: RunResult, heading: str, screen: Screen) -> str:
    """Return every row of a run: client, state, when, where its mail went, and why."""
    words = screen.words
    headings = [words.say(f"run.{key}") for key in ("row", "client", "state", "when", "address")]
    shown = [
        (row_name(row), row.name or "", words.say(f"state.{row.outcome.state}"), _minute(row.at), row.email or "")
        for row in run.rows
    ]
    reasons = [(row_name(row), said) for row in run.rows if (said := _said(row, screen))]
    parts = [screen.table(headings, shown)] if shown else []
    if reasons:
        parts += ["", screen.table([words.say("run.row"), words.say("run.reason")], reasons)]
    return "\n".join((heading, *parts, *_settled(run, list(run.rows), screen), *_end(run, screen)))


def _settled(run: RunResult, rows: list[RunRow], screen: Screen) -> tuple[str, ...]:
    lines = settling(run, rows, screen)
    return ("", *lines, "") if lines else ()


def _end(run: RunResult, screen: Screen) -> list[str]:
    """Return the counts, what waits, and where it is remembered."""
    words = screen.words
    counts = " · ".join(
        words.labelled(words.say(f"state.{name}"), number) for name, number in run.counts.items() if number
    )
    parts = [counts or words.say("run.nothing")]
    if run.invitations_waiting:
        parts.append(words.count("run.waiting", run.invitations_waiting))
    parts.append(words.say("run.remembered", run=run.id))
    if run.seal:
        parts.append(words.say("run.sealed", seal=run.seal))
    return parts


def _minute(moment: str | None) -> str:
    """Return a moment to the minute.

    >>> _minute("2026-11-22T09:30:05.123456+00:00")
    '2026-11-22 09:30'
    """
    return moment[:16].replace("T", " ") if moment else ""
