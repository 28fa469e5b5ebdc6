"""The columns of runs, rows and operations, and the records that they make."""

from __future__ import annotations

from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.ledger.records import RowRecord, RunRecord

SELECT_OPERATION = "SELECT id, run, row, kind, subject, content, key, state, client_id, mails_before, reason,"
SELECT_OPERATION += " former, settled FROM action"
RUN_COLUMNS = (
    *("id", "command", "connection", "platform", "sandbox", "account", "account_name", "file", "file_sha256"),
    *("options", "started", "ended", "started_by", "approved_by"),
)
"""The columns of a run, in the order of RunRecord."""
SELECT_RUN = f"SELECT {', '.join(RUN_COLUMNS)} FROM run"  # noqa: S608 -- names of ours
ROW_COLUMNS = (
    *("position", "row", "first", "state", "client_id", "reason", "created", "mailed", "action"),
    *("name", "email", "language", "at", "findings"),
)
"""The columns of a row, in the order of RowRecord."""
WRITE_ROW = f"""INSERT INTO row (run, {", ".join(ROW_COLUMNS)}) VALUES ({", ".join("?" * (len(ROW_COLUMNS) + 1))})
    ON CONFLICT (run, position) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in ROW_COLUMNS[1:])}"""  # noqa: S608 -- names of ours


def to_operation(columns: tuple[object, ...]) -> Operation:
    """Return the operation that the columns of `SELECT_OPERATION` are."""
    number, run, row, kind, subject, content, key, state, *others = columns
    return Operation(number, run, row, kind, subject, content, key, OperationState(str(state)), *others)  # type: ignore[arg-type]


def to_row(columns: tuple[object, ...]) -> RowRecord:
    """Return the row that `ROW_COLUMNS` are."""
    position, row, first, state, client_id, reason, created, mailed, *others = columns
    return RowRecord(position, row, bool(first), state, client_id, reason, bool(created), bool(mailed), *others)  # type: ignore[arg-type]


def to_run(columns: tuple[object, ...]) -> RunRecord:
    """Return the run that `RUN_COLUMNS` are."""
    number, command, connection, platform, sandbox, *others = columns
    return RunRecord(number, command, connection, platform, bool(sandbox), *others)  # type: ignore[arg-type]
