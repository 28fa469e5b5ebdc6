"""The course of a run: several clients at once, every step written down, until it is done, stopped or interrupted."""

from __future__ import annotations

import asyncio
import dataclasses
import secrets
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from clientimport.errors import ClientImportError
from clientimport.model.masking import mask_text
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.records import RowRecord, RunRecord
from clientimport.push.ledger.row_findings import findings_from_json, findings_to_json
from clientimport.push.run_result import RowResult, RowState, RunResult, RunRow

Progress = Callable[[int, int], None]
"""Called with how many clients are through, of how many."""

Steps = Callable[[], AsyncIterator[RowResult]]
"""Carries one client through, and yields the state reached after each step."""

PENDING = RowResult(RowState.PENDING)
UNDO = "undo"
"""The command of a run that takes another one back."""


@dataclass(frozen=True, slots=True)
class Job:
    """One client of a run: its rows, and its steps or, without any, what is known of it already."""

    rows: tuple[int | None, ...]
    steps: Steps | None = None
    result: RowResult = PENDING
    name: str | None = None
    """What a person calls the client."""
    email: str | None = None
    """Where its mail would go."""
    language: str | None = None


def new_run_id(ledger: AccountLedger) -> str:
    """Return a name for a new run that sorts by time and that a person can type; two may begin in one second."""
    while True:
        name = f"{ledger.clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        if ledger.home_ledger.run(name) is None:
            return name


def concurrency(in_flight: int) -> int:
    """Return how many clients are under way for so many requests: a request leaves while another answer is written.

    Twice as many is chosen, not measured.

    >>> concurrency(4), concurrency(1)
    (8, 1)
    """
    return 2 * in_flight if in_flight > 1 else 1


class Runner:
    """The jobs of one run on their way."""

    def __init__(self, head: RunRecord, jobs: Iterable[Job], ledger: AccountLedger, progress: Progress | None) -> None:
        self._head = head
        self._jobs = tuple(jobs)
        self._ledger = ledger
        self._progress = progress
        self._results = [job.result for job in self._jobs]
        self._times: dict[int, str] = {}
        self._stopped: Exception | None = None
        self._done = 0
        self._positions = _positions(self._jobs)

    async def run(self, in_flight: int, stop: asyncio.Event) -> RunResult:
        """Run all jobs and return their results; a set `stop` lets those in flight finish.

        Raises an unexpected error when the others in flight have finished and the run has its end in the ledger.
        """
        self._ledger.run = self._head.id
        self._ledger.home_ledger.begin_run(self._head, self._records())
        todo = iter([index for index, job in enumerate(self._jobs) if job.steps is not None])
        try:
            with self._ledger.home_ledger.group_commits():
                async with asyncio.TaskGroup() as group:
                    for _ in range(concurrency(in_flight)):
                        group.create_task(self._work(todo, stop))
            ended = self._ledger.clock.timestamp()
            head_hash = self._ledger.home_ledger.end_run(self._head.id, ended)
        except ClientImportError as failure:  # the rows are returned all the same
            ended, head_hash, self._stopped = None, None, self._stopped or failure
        if self._stopped is not None and not isinstance(self._stopped, ClientImportError):
            raise self._stopped
        rejected_at = {result.operation: result.rejected_at for result in self._results if result.rejected_at}
        rows = tuple(run_row(record, rejected_at.get(record.action)) for record in self._records())
        finished = run_result(self._head, rows, self._additions())
        end = dataclasses.replace(finished, ended=ended, head_hash=head_hash, stop_reason=self._stopped)
        return dataclasses.replace(end, interrupted=stop.is_set())

    def _additions(self) -> Mapping[str, int]:
        try:
            return self._ledger.home_ledger.additions(self._head.id).get(self._head.id, {})
        except ClientImportError:  # a disk that failed, which is reported already
            return {}

    async def _work(self, todo: Iterator[int], stop: asyncio.Event) -> None:
        for index in todo:
            if stop.is_set() or self._stopped is not None:
                return
            steps = self._jobs[index].steps
            assert steps is not None
            try:
                async for outcome in steps():
                    self._save(index, outcome)
            except Exception as error:  # noqa: BLE001 -- a reason to stop, or a defect that follow() raises again
                self._stopped = self._stopped or error
                return
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, len(self._jobs))

    def _save(self, index: int, outcome: RowResult) -> None:
        self._results[index] = outcome
        self._times[index] = self._ledger.clock.timestamp()
        self._ledger.home_ledger.save_rows(self._head.id, self._records_of(index))

    def _records(self) -> list[RowRecord]:
        """Return all rows in the order of the file."""
        records = (record for index in range(len(self._jobs)) for record in self._records_of(index))
        return sorted(records, key=lambda record: record.position)

    def _records_of(self, index: int) -> list[RowRecord]:
        result, job = self._results[index], self._jobs[index]
        reached = (result.state, result.client_id, result.reason, result.created, result.mailed, result.operation)
        name, email = (text and mask_text(text) for text in (job.name, result.email or job.email))
        people = (name, email, job.language, self._times.get(index), findings_to_json(result.findings))
        return [
            RowRecord(position, row, number == 0, *reached, *people)
            for number, (position, row) in enumerate(zip(self._positions[index], job.rows, strict=True))
        ]


def _positions(jobs: tuple[Job, ...]) -> list[list[int]]:
    """Return the position in the file of each row of each job: one client's rows need not be neighbours."""
    rows = sorted((row or 0, index, number) for index, job in enumerate(jobs) for number, row in enumerate(job.rows))
    places = [[0] * len(job.rows) for job in jobs]
    for position, (_, index, number) in enumerate(rows):
        places[index][number] = position
    return places


def run_result(head: RunRecord, rows: tuple[RunRow, ...], additions: Mapping[str, int]) -> RunResult:
    """Return the run that the ledger has under this head; `additions` are the contacts and shares, by kind.

    An undo shares documents only as they were before, which is none to be counted.
    """
    added = additions if head.command != UNDO else {}
    return RunResult(
        id=head.id,
        connection=head.connection,
        platform=head.platform,
        sandbox=head.sandbox,
        rows=rows,
        command=head.command,
        account=head.account_name,
        started=head.started,
        ended=head.ended,
        by=head.by,
        approved_by=head.approved_by,
        file=head.file,
        options=head.options,
        contacts_added=added.get("contact", 0),
        documents_shared=added.get("share", 0),
    )


def run_row(record: RowRecord, rejected_at: str | None = None) -> RunRow:
    """Return one row as the ledger has it; `rejected_at` is when an earlier run's rejection was given."""
    reached = (record.client_id, record.reason, record.created, record.mailed, record.action, rejected_at)
    outcome = RowResult(RowState(record.state), *reached, findings=findings_from_json(record.findings))
    return RunRow(record.row, outcome, record.first, record.name, record.email, record.at)
