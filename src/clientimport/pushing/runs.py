"""Runs: what was done, as the ledger remembers it, and a person's word on what nobody else can tell."""

from __future__ import annotations

import dataclasses

from clientimport.clock import Clock
from clientimport.errors import UsageError
from clientimport.pushing.course import row_outcome, run_of
from clientimport.pushing.ledger import ActionState, Ledger, RunRecord
from clientimport.pushing.run import Run, State
from clientimport.suggestion import did_you_mean


def runs(ledger: Ledger) -> tuple[Run, ...]:
    """Return all runs, the latest first."""
    return tuple(_run(ledger, head) for head in ledger.runs())


def run(ledger: Ledger, run_id: str) -> Run:
    """Return one run with its rows. Raises UsageError."""
    return _run(ledger, head(ledger, run_id))


def head(ledger: Ledger, run_id: str) -> RunRecord:
    """Return what is needed to give the command of a run again (`runs resume`). Raises UsageError."""
    found = ledger.run(run_id)
    if found is None:
        meant = did_you_mean(run_id, [one.id for one in ledger.runs()])
        raise UsageError("run.unknown", run=run_id, meant=meant)
    return found


def resolve(ledger: Ledger, run_id: str, row: int, *, done: bool, clock: Clock) -> Run:
    """Settle what is uncertain about a row by a person's word: `done` (--created) or not (--absent).

    Returns the run as it is now. Raises UsageError when nothing is uncertain about this row.
    """
    known = head(ledger, run_id)
    action = ledger.open_of_row(run_id, row)
    if action is None:
        raise UsageError("run.nothing_to_resolve", run=run_id, row=row)
    ledger.settle(action, ActionState.ACKED if done else ActionState.ABSENT, clock.stamp())
    state = State.PENDING
    if done:
        state = State.INVITED if action.kind == "invite" else State.CREATED
    records = [
        dataclasses.replace(
            record,
            state=state,
            created=record.created or (done and action.kind == "create"),
            mailed=record.mailed or (done and action.kind == "invite"),
        )
        for record in ledger.rows(run_id)
        if record.row == row
    ]
    ledger.put(run_id, records)
    return _run(ledger, known)


def _run(ledger: Ledger, known: RunRecord) -> Run:
    return run_of(known, tuple(map(row_outcome, ledger.rows(known.id))))
