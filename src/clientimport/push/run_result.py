"""A run: one push or one round of invitations, with what became of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from clientimport.errors import ClientImportError
from clientimport.model.finding import Finding
from clientimport.push.ledger.operation import Operation
from clientimport.push.ledger.records import Decision


class RowState(StrEnum):
    """The last state a row reached."""

    CREATED = "created"
    UPDATED = "updated"
    INVITED = "invited"
    UNCHANGED = "unchanged"
    """The platform has it already, and there was no operation for it."""
    REFUSED = "refused"
    """The platform rejected it, or does not have the client."""
    FAILED = "failed"
    """The client is there, and a further step (a contact, an update) was rejected."""
    PENDING = "pending"
    """Not sent yet: the same command goes on with it."""
    UNCERTAIN = "uncertain"
    """Whether it arrived is unknown: a person decides, and it is not repeated."""
    INVITATION_FAILED = "invitation_failed"
    """The client is there, and its mail was rejected."""
    HELD = "held"
    """Its mail was not sent, as its address is in doubt: a person decides."""
    INVALID = "invalid"
    """Has an error of ours, so it was not sent."""
    SKIPPED = "skipped"
    """Left out by --only or --skip, or left for the next batch where creating sends the mail."""
    UNDONE = "undone"
    """Taken back by `runs undo`."""
    KEPT = "kept"
    """Cannot be taken back any more."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one client."""

    state: RowState
    client_id: str | None = None
    reason: str | None = None
    """The platform's own words, or the codes of the errors."""
    created: bool = False
    """Whether this run created it, also if a later step failed."""
    mailed: bool = False
    """Whether this run sent its mail."""
    operation: int | None = None
    """The id of the operation with an unknown outcome, or of one that was rejected in an earlier run."""
    rejected_at: str | None = None
    """When the platform gave `reason`, where that was in an earlier run; UTC, ISO 8601."""
    email: str | None = None
    """Where the mail went or would go, when it is another address than was known when the run began."""
    findings: tuple[Finding, ...] = ()
    """Why it is not sent or mailed, in our words, or something else to know about it."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """What became of one row; rows that are one client share its outcome."""

    row: int | None
    """None for a client that was chosen without a file."""
    result: RowResult
    first: bool = True
    """Whether the client is counted with this row, and not with another one."""
    name: str | None = None
    """What a person calls the client."""
    email: str | None = None
    """Where its mail goes, or would go."""
    reached_at: str | None = None
    """When this was reached; UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """One run as the ledger remembers it."""

    id: str
    connection: str
    platform: str
    sandbox: bool
    rows: tuple[RunRow, ...]
    """In the order of the file."""
    command: str = "push"
    account: str = ""
    """The account's name on the platform."""
    started: str = ""
    """UTC, ISO 8601."""
    ended: str | None = None
    by: str | None = None
    """Who gave the command, as name@host; unknown of runs of older versions."""
    approved_by: str | None = None
    """Who approved the plan, where that was asked for."""
    decisions: tuple[Decision, ...] = ()
    """What persons decided about its unknown outcomes."""
    file: str = ""
    options: str = "{}"
    """JSON of what was asked for."""
    head_hash: str | None = None
    """The head hash of the ledger at the end, to be kept elsewhere."""
    stop_reason: ClientImportError | None = None
    """Why it did not get to the end."""
    interrupted: bool = False
    contacts_added: int = 0
    documents_shared: int = 0
    """Of how many clients that were there."""
    invitations_waiting: int = 0
    """Mails that are due and were left for the next batch."""

    @property
    def counts(self) -> dict[str, int]:
        """All clients created, all mails sent, and the other rows by state, also where there are none."""
        states = Counter(row.result.state for row in self.rows)
        counts = {state.value: states[state] for state in RowState}
        counts["created"] = sum(row.result.created and row.first for row in self.rows)
        counts["invited"] = sum(row.result.mailed and row.first for row in self.rows)
        return {**counts, "contacts_added": self.contacts_added, "documents_shared": self.documents_shared}

    def head_document(self) -> dict[str, object]:
        """Return what a list of runs says of it, under the keys of the JSON."""
        return {
            "run": self.id,
            "command": self.command,
            "connection": self.connection,
            "platform": self.platform,
            "sandbox": self.sandbox,
            "account": self.account,
            "file": self.file,
            "started": self.started,
            "ended": self.ended,
            "by": self.by,
            "approved_by": self.approved_by,
            "counts": self.counts,
        }

    @property
    def exit_code(self) -> int:
        """What the command ends with."""
        return exit_code((row.result.state for row in self.rows), self.stop_reason, interrupted=self.interrupted)


def with_earlier_rejection(rejected: Operation, outcome: RowResult) -> RowResult:
    """Return the result with the platform's answer of an earlier run, for what is not asked again."""
    operation_id = outcome.operation or rejected.id  # what is in doubt stays to be resolved
    return replace(outcome, reason=rejected.reason, operation=operation_id, rejected_at=rejected.outcome_at)


def exit_code(states: Iterable[RowState], stop_reason: ClientImportError | None, *, interrupted: bool) -> int:
    """Return 0 done, 1 some rows were not accepted, 3 or 4 stopped by the platform, 5 a person decides, 130.

    >>> exit_code([RowState.CREATED, RowState.REFUSED, RowState.UNCERTAIN], None, interrupted=False)
    5
    """
    met = set(states)
    if stop_reason is not None:
        return stop_reason.exit_code
    if interrupted and RowState.PENDING in met:
        return 130
    if RowState.UNCERTAIN in met:
        return 5
    wrong = {
        RowState.REFUSED,
        RowState.FAILED,
        RowState.INVITATION_FAILED,
        RowState.INVALID,
        RowState.PENDING,
        RowState.KEPT,
        RowState.HELD,
    }
    return 1 if met & wrong else 0
