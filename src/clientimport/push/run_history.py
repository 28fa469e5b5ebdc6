"""Run history: earlier runs as the ledger has them, and a person's decision about an unknown outcome."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from clientimport.errors import UsageError
from clientimport.model.clock import Clock
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.short_ids import matching_ids, named_candidates
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.ledger.records import RowRecord, RunRecord
from clientimport.push.run_result import RowState, RunResult
from clientimport.push.runner import run_result, run_row

LAST = "last"
"""What the latest run may be called instead of its id."""


def all_runs(ledger: Ledger) -> tuple[RunResult, ...]:
    """Return all runs, the latest first."""
    additions = ledger.additions()
    return tuple(_with_rows(ledger, head, additions) for head in ledger.runs())


def load_run(ledger: Ledger, run_id: str) -> RunResult:
    """Return one run with its rows. Raises UsageError."""
    return _run_result(ledger, load_run_record(ledger, run_id))


def load_run_record(ledger: Ledger, run_id: str) -> RunRecord:
    """Return what is needed to give the command of a run again (`runs resume`). Raises UsageError.

    `last` is the latest one; of an id its beginning is enough, where no other one begins so.
    """
    if run_id == LAST:
        latest = ledger.runs()[:1]
        if not latest:
            raise UsageError("run.none_yet")
        return latest[0]
    return ledger.run(run_id) or _run_beginning_with(ledger, run_id)


def _run_beginning_with(ledger: Ledger, beginning: str) -> RunRecord:
    """Return the one run whose id begins so. Raises UsageError, which names the candidates."""
    runs = {run.id: run for run in ledger.runs()}
    candidates = matching_ids(beginning, runs)
    if len(candidates) > 1:
        raise UsageError("run.several_begin", run=beginning, known=named_candidates(candidates))
    if not candidates:
        raise UsageError("run.unknown", run=beginning, meant=did_you_mean(beginning, list(runs)))
    return runs[candidates[0]]


def resolve_row(ledger: Ledger, run_id: str, row: int | str, *, done: bool, clock: Clock) -> RunResult:
    """Save a person's decision about an uncertain row: `done` (--created) or not (--absent).

    `row` is the client's id for a client that was chosen without a file. Every row of the same client is changed, and
    what stayed open may be from an earlier run. Returns the run as it is now. Raises UsageError when no outcome is
    uncertain about this row.
    """
    head = load_run_record(ledger, run_id)
    run_id = head.id
    operation = _unresolved_operation(ledger, run_id, row)
    if operation is None:
        raise UsageError("run.nothing_to_resolve", run=run_id, row=row)
    state = OperationState.ACKED if done else OperationState.ABSENT
    ledger.record_outcome(operation, state, clock.timestamp(), resolved_by=ledger.who)
    records = [
        _resolved_record(record, operation, done=done)
        for record in ledger.rows(run_id)
        if record.action == operation.id
    ]
    ledger.amend_rows(run_id, records)
    return _run_result(ledger, head)


def _resolved_record(record: RowRecord, operation: Operation, *, done: bool) -> RowRecord:
    """Return the row after a person's word; what did not happen waits to be sent."""
    created = record.created or (done and operation.kind == "create")
    mailed = record.mailed or (done and operation.kind == "invite")
    reached = RowState.INVITED if mailed else RowState.CREATED if created else RowState.UNCHANGED
    state = reached if done else RowState.PENDING
    return dataclasses.replace(record, state=state, created=created, mailed=mailed, action=None)


def _unresolved_operation(ledger: Ledger, run_id: str, row: int | str) -> Operation | None:
    """Return the operation with an unknown outcome for a row, or for a client without one. Raises UsageError."""
    records = ledger.rows(run_id)
    name = _row_name(records, str(row))
    for record in records:
        if record.action is not None and name == (record.client_id if record.row is None else str(record.row)):
            operation = ledger.operation(record.action)
            return operation if operation is not None and operation.is_unresolved else None
    return None


def _row_name(records: Iterable[RowRecord], typed: str) -> str:
    """Return the row that was typed, or the client's id that begins so. Raises UsageError, naming the candidates."""
    candidates = matching_ids(typed, (record.client_id or "" for record in records if record.row is None))
    if len(candidates) > 1:
        raise UsageError("client.several_begin", name=typed, known=named_candidates(candidates))
    return candidates[0] if candidates else typed


def _run_result(ledger: Ledger, head: RunRecord) -> RunResult:
    return _with_rows(ledger, head, ledger.additions(head.id))


def _with_rows(ledger: Ledger, head: RunRecord, additions: Mapping[str, Mapping[str, int]]) -> RunResult:
    rows = tuple(run_row(record, _rejected_at(ledger, record)) for record in ledger.rows(head.id))
    return dataclasses.replace(run_result(head, rows, additions.get(head.id, {})), decisions=ledger.decisions(head.id))


def _rejected_at(ledger: Ledger, record: RowRecord) -> str | None:
    """Return when a rejection was given that was only remembered in this run."""
    operation = None if record.action is None else ledger.operation(record.action)
    return operation.outcome_at if operation is not None and operation.state is OperationState.REFUSED else None
