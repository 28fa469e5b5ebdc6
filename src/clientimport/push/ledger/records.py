"""Records: a run, its rows and the addresses of clients, as the ledger has them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunRecord:
    """The head of a run."""

    id: str
    command: str
    connection: str
    platform: str
    sandbox: bool
    account: str
    account_name: str
    file: str
    file_sha256: str
    options: str
    """JSON of what the same command needs to be given again."""
    started: str
    ended: str | None = None
    by: str | None = None
    """Who gave the command, as name@host; unknown of runs of before layout 6."""
    approved_by: str | None = None
    """Who approved the plan, where that was asked for."""


@dataclass(frozen=True, slots=True)
class RowRecord:
    """What became of one row of a run; `position` keeps the order of the file."""

    position: int
    row: int | None
    first: bool
    state: str
    client_id: str | None = None
    reason: str | None = None
    created: bool = False
    mailed: bool = False
    action: int | None = None
    """For an uncertain one: the operation with an unknown outcome; it may be from an earlier run."""
    name: str | None = None
    """What a person calls the client."""
    email: str | None = None
    """Where its mail goes, or would go."""
    language: str | None = None
    """Of the mail."""
    at: str | None = None
    """When this was reached; UTC, ISO 8601."""
    findings: str | None = None
    """JSON of what was noticed (row_findings.py)."""


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """What the runs of an account remember of one client's address."""

    email: str
    """The last one that a file or a mail had."""
    mailed: str | None
    """The last one that a mail went to."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision about an unknown outcome."""

    row: int | None
    by: str
    at: str
