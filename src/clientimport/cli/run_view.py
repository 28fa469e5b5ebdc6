"""A run as text and JSON: what became of every row and why, the same at once and later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientimport.api.run_reasons import row_notes, row_sentences
from clientimport.cli.console import Console, output_width, render_lines
from clientimport.cli.further_rows import further_rows_data, further_rows_text
from clientimport.cli.held_mails import held_mail_commands
from clientimport.messages.local_time import local_moment_of
from clientimport.push.row_accounting import RowAccount, account_for_rows
from clientimport.reports.record_lines import RecordColumn, RecordLine, folded, record_lines

if TYPE_CHECKING:
    from clientimport.push.run_result import RunResult, RunRow

STATES_TO_SHOW = ("refused", "failed", "invitation_failed", "uncertain", "pending", "invalid", "kept", "held")
"""The states of rows that need attention."""


def row_name(row: RunRow) -> str:
    """Return the row's number, or the client's id where it was chosen without a file."""
    return (row.result.client_id or "") if row.row is None else str(row.row)


def run_data(run: RunResult, console: Console) -> dict[str, Any]:
    """Return what JSON says about a run."""
    account = account_for_rows(run.rows)
    return {
        "run": run.id,
        "connection": run.connection,
        "platform": run.platform,
        "sandbox": run.sandbox,
        "counts": run.counts,
        "rows_in": account.rows,
        "further_rows": further_rows_data(account.first_rows),
        "invitations_waiting": run.invitations_waiting,
        "seal": run.head_hash,
        "rows": [_row_data(run, row, account, console) for row in run.rows],
    }


def _row_data(run: RunResult, row: RunRow, account: RowAccount, console: Console) -> dict[str, object]:
    return {
        "row": row.row,
        "state": row.result.state,
        "client_id": row.result.client_id,
        "reason": row_reason(run, row, account, console) or None,
        "name": console.display_value("", row.name) if row.name else None,
        "at": row.reached_at,
        "email": console.display_value("", row.email) if row.email else None,
    }


def row_reason(run: RunResult, row: RunRow, account: RowAccount, console: Console) -> str:
    """Return why a row is what it is: the platform's own words and ours, and on further lines what settles it."""
    lines = _notes(run, row, account, console), held_mail_commands(run, [row], console)
    return "\n".join(line for part in lines for line in part)


def _notes(run: RunResult, row: RunRow, account: RowAccount, console: Console) -> tuple[str, ...]:
    return row_notes(row, account, run.platform, console.messages, masks=console.masks)


def run_text(run: RunResult, heading: str, console: Console) -> str:
    """Return the rows that want attention, what settles them, and the counts last."""
    messages = console.messages
    wanted = [row for row in run.rows if row.result.state in STATES_TO_SHOW or row.result.findings]
    same = all(row.result.state == "unchanged" for row in run.rows)
    if run.rows and same and not wanted and not run.invitations_waiting:
        return messages.plural("run.unchanged", len(run.rows), heading=heading, run=run.id)
    headings = {
        messages.phrase("run.row"): False,
        messages.phrase("run.client"): True,
        messages.phrase("run.state"): False,
    }
    cells = [(row_name(row), row.name or "", messages.phrase(f"state.{row.result.state}")) for row in wanted]
    reasons = [row_sentences(row, run.platform, messages, masks=console.masks) for row in wanted]
    table = [console.records(headings, cells, reasons)] if wanted else []
    remembered = messages.phrase("run.remembered", run=run.id)
    return "\n".join((heading, *table, *_command_lines(run, wanted, console), *_totals(run, console), remembered))


def full_run_text(run: RunResult, heading: str, console: Console) -> str:
    """Return every row of a run: client, state, when, where its mail went, and below it why."""
    messages, account = console.messages, account_for_rows(run.rows)
    folding = {"row": False, "client": True, "state": False, "when": False, "address": True}
    columns = [RecordColumn(messages.phrase(f"run.{key}"), folds) for key, folds in folding.items()]
    lines = [
        RecordLine(
            (
                row_name(row),
                row.name or "",
                messages.phrase(f"state.{row.result.state}"),
                local_moment_of(messages, row.reached_at),
                "" if row.row in account.first_rows else console.display_value("", row.email or ""),
            ),
            tuple(console.display_value("", note) for note in _notes(run, row, account, console)),
        )
        for row in run.rows
    ]
    parts = [render_lines(record_lines(columns, lines, output_width()))] if lines else []
    return "\n".join((heading, *parts, *_command_lines(run, list(run.rows), console), *_totals(run, console)))


def _command_lines(run: RunResult, rows: list[RunRow], console: Console) -> tuple[str, ...]:
    lines = held_mail_commands(run, rows, console)
    return ("", *lines, "") if lines else ()


def _totals(run: RunResult, console: Console) -> list[str]:
    """Return the counts, where each row went, and what waits."""
    messages = console.messages
    counts = " · ".join(
        messages.with_label(messages.phrase(f"state.{name}"), number) for name, number in run.counts.items() if number
    )
    parts = [*_rows_by_state(account_for_rows(run.rows), console), counts or messages.phrase("run.nothing")]
    if run.invitations_waiting:
        parts.append(messages.plural("run.waiting", run.invitations_waiting))
    return parts


def _rows_by_state(account: RowAccount, console: Console) -> tuple[str, ...]:
    """Return every row counted once, where several rows are one client; the counts of clients say less then."""
    if not account.counts_differ:
        return ()
    messages, further = console.messages, len(account.first_rows)
    states = {f"state.{state}": number for state, number in account.states.items()} | {"state.further_row": further}
    labelled = " · ".join(messages.with_label(messages.phrase(key), number) for key, number in states.items())
    counted = folded(messages.plural("run.rows", account.rows, parts=labelled), output_width())
    return (*counted, *further_rows_text(account.first_rows, console))
