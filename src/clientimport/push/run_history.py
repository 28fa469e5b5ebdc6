"""Runs: what was done, as the ledger remembers it, and a person's word on what nobody else can tell."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from clientimport.errors import UsageError
from clientimport.model.clock import Clock
from clientimport.model.did_you_mean import did_you_mean
from clientimport.push.ledger.ledger import Ledger, RowRecord, RunRecord
from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.run_result import RowState, RunResult
from clientimport.push.runner import run_result, run_row

LAST = "last"
"""What the latest run may be called instead of its id."""


def all_runs(ledger: Ledger) -> tuple[RunResult, ...]:
    """Return all runs, the latest first."""
    additions = ledger.additions()
    return tuple(_with(ledger, head, additions) for head in ledger.runs())


def load_run(ledger: Ledger, run_id: str) -> RunResult:
    """Return one run with its rows. Raises UsageError."""
    return _run(ledger, load_run_record(ledger, run_id))


def load_run_record(ledger: Ledger, run_id: str) -> RunRecord:
    """Return what is needed to give the command of a run again (`runs resume`). Raises UsageError.

    `last` is the latest one.
    """
    if run_id == LAST:
        latest = ledger.runs()[:1]
        if not latest:
            raise UsageError("run.none_yet")
        return latest[0]
    found = ledger.run(run_id)
    if found is None:
        meant = did_you_mean(run_id, [one.id for one in ledger.runs()])
        raise UsageError("run.unknown", run=run_id, meant=meant)
    return found


def resolve_row(ledger: Ledger, run_id: str, row: int | str, *, done: bool, clock: Clock) -> RunResult:
    """Settle what is uncertain about a row by a person's word: `done` (--created) or not (--absent).

    `row` is the client's id for a client that was chosen without a file. Every row of the same client is settled, and
    what stayed open may be from an earlier run. Returns the run as it is now. Raises UsageError when nothing is
    uncertain about this row.
    """
    known = load_run_record(ledger, run_id)
    run_id = known.id
    action = _open(ledger, run_id, row)
    if action is None:
        raise UsageError("run.nothing_to_resolve", run=run_id, row=row)
    ledger.record_outcome(action, OperationState.ACKED if done else OperationState.ABSENT, clock.timestamp())
    records = [_settled(record, action, done=done) for record in ledger.rows(run_id) if record.action == action.id]
    ledger.amend_rows(run_id, records)
    return _run(ledger, known)


def _settled(record: RowRecord, action: Operation, *, done: bool) -> RowRecord:
    """Return the row after a person's word; what did not happen waits to be sent."""
    created = record.created or (done and action.kind == "create")
    mailed = record.mailed or (done and action.kind == "invite")
    known = RowState.INVITED if mailed else RowState.CREATED if created else RowState.UNCHANGED
    state = known if done else RowState.PENDING
    return dataclasses.replace(record, state=state, created=created, mailed=mailed, action=None)


def _open(ledger: Ledger, run_id: str, row: int | str) -> Operation | None:
    """Return what nobody knows the outcome of about a row, or about a client without one."""
    for record in ledger.rows(run_id):
        name = record.client_id if record.row is None else str(record.row)
        if name == str(row) and record.action is not None:
            action = ledger.operation(record.action)
            return action if action is not None and action.is_unresolved else None
    return None


def _run(ledger: Ledger, known: RunRecord) -> RunResult:
    return _with(ledger, known, ledger.additions(known.id))


def _with(ledger: Ledger, known: RunRecord, additions: Mapping[str, Mapping[str, int]]) -> RunResult:
    rows = tuple(run_row(record, _answered(ledger, record)) for record in ledger.rows(known.id))
    return run_result(known, rows, additions.get(known.id, {}))


def _answered(ledger: Ledger, record: RowRecord) -> str | None:
    """Return when a refusal was given that was only remembered in this run."""
    action = None if record.action is None else ledger.operation(record.action)
    return action.outcome_at if action is not None and action.state is OperationState.REFUSED else None
