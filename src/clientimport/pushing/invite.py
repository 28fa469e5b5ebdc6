"""A round of invitations: mails to the clients of an earlier run, of a file, or to every draft of the account."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from clientimport.connection import Connection
from clientimport.errors import UsageError
from clientimport.planning.plan import Entry
from clientimport.platforms.interface import Account, Connector, RemoteClient
from clientimport.pushing.course import Course, Job, Progress, run_id
from clientimport.pushing.fuse import Fuse
from clientimport.pushing.inviting import Inviting, waiting_for_its_mail
from clientimport.pushing.journal import Journal
from clientimport.pushing.ledger import RunRecord
from clientimport.pushing.run import Outcome, Run, State
from clientimport.pushing.wave import Wave


@dataclass(frozen=True, slots=True)
class Target:
    """A client that may get a mail."""

    rows: tuple[int | None, ...]
    """Where it stands in the file; (None,) for one that was chosen without a file."""
    remote: RemoteClient | None
    """None when the platform has no such client (any more)."""
    weak: bool = False
    """Recognised by contact e-mail and name alone: not invited unless we created it."""


@dataclass(frozen=True, slots=True)
class InviteRequest:
    """What one round is asked to do beyond its targets."""

    connection: Connection
    resend: bool = False
    """Send again to those who were invited and are not active yet."""
    max_invitations: int | None = None
    invite_limit: int | None = None
    """Send so many mails at most, the rest next time."""
    in_flight: int = 4
    whom: str = "drafts"
    """Who the targets are: `file`, `run` or `drafts`."""
    file: str = ""
    """The file or the run that the targets come from."""
    file_sha256: str = ""
    """What the file said; empty without one."""
    reading: Mapping[str, object] = field(default_factory=dict)
    """What was said about the file; remembered, so that a resumed round reads it the same."""


async def invite(  # noqa: PLR0913 -- what, where, written down where, and how it goes
    targets: Iterable[Target],
    account: Account,
    connector: Connector,
    journal: Journal,
    request: InviteRequest,
    *,
    progress: Progress | None = None,
    stop: asyncio.Event | None = None,
) -> Run:
    """Send the mails that are due and return what became of every target.

    Raises UsageError before anything is sent when there would be more mails than `max_invitations`.
    """
    targets = tuple(targets)
    mails, wave = due_mails(targets, journal, request), Wave(request.invite_limit)
    if request.max_invitations is not None and mails > request.max_invitations:
        raise UsageError("invite.too_many", count=mails, limit=request.max_invitations)
    inviting = Inviting(connector, journal, Fuse(mails), request.resend)
    jobs = [Job(target.rows, partial(_steps, target, inviting, journal, request, wave)) for target in targets]
    course = Course(_head(account, request, journal), jobs, journal, progress)
    run = await course.follow(request.in_flight, stop or asyncio.Event())
    return dataclasses.replace(run, invitations_waiting=wave.waiting)


def due_mails(targets: Iterable[Target], journal: Journal, request: InviteRequest) -> int:
    """Return how many mails a round would send at most."""
    due = sum(_due(target, journal, request) or _waiting(target, journal) for target in targets)
    return Wave(request.invite_limit).of(due)


def every_draft(clients: Iterable[RemoteClient]) -> tuple[Target, ...]:
    """Return the account's drafts (`--all-drafts`)."""
    return tuple(Target((None,), client) for client in clients if client.status == "draft")


def of_file(entries: Iterable[Entry]) -> tuple[Target, ...]:
    """Return the clients of a file: the new and existing ones of its plan, where the new ones are not there yet."""
    return tuple(Target(entry.client.rows, entry.remote, entry.weak) for entry in entries if entry.client)


def of_run(run: Run, clients: Iterable[RemoteClient]) -> tuple[Target, ...]:
    """Return the clients that an earlier run created, met or mailed (`--run ID`)."""
    there = {client.client_id: client for client in clients}
    rows: dict[str, list[int | None]] = {}
    for row in run.rows:
        if row.outcome.client_id is not None and row.outcome.state is not State.INVALID:
            rows.setdefault(row.outcome.client_id, []).append(row.row)
    return tuple(Target(tuple(numbers), there.get(client_id)) for client_id, numbers in rows.items())


def _waiting(target: Target, journal: Journal) -> bool:
    return target.remote is not None and waiting_for_its_mail(journal, target.remote.client_id)


def _due(target: Target, journal: Journal, request: InviteRequest) -> bool:
    remote = target.remote
    if remote is None or (target.weak and not journal.created(remote.client_id)):
        return False
    if journal.doubted(remote.client_id):
        return False
    if request.resend:
        return remote.status in ("draft", "invited")
    return remote.status == "draft" and not remote.invitations and not journal.invited(remote.client_id)


async def _steps(
    target: Target, inviting: Inviting, journal: Journal, request: InviteRequest, wave: Wave
) -> AsyncIterator[Outcome]:
    remote = target.remote
    doubted = journal.doubted(remote.client_id) if remote is not None else None
    if doubted is not None:
        yield Outcome(State.UNCERTAIN, reason=doubted.reason, action=doubted.id)
        return
    if remote is None:
        yield Outcome(State.REFUSED, reason="client.not_on_platform")
        return
    earlier = journal.invitations(remote.client_id)
    due = _due(target, journal, request) or (earlier and earlier[-1].open)
    if due and wave.take():
        yield await inviting.invite(target.rows[0], remote.client_id, remote.invitations)
    else:
        yield Outcome(State.UNCHANGED, remote.client_id)


def _head(account: Account, request: InviteRequest, journal: Journal) -> RunRecord:
    asked = {
        "whom": request.whom,
        "resend": request.resend,
        "max_invitations": request.max_invitations,
        "invite_limit": request.invite_limit,
        "reading": dict(request.reading),
    }
    return RunRecord(
        id=run_id(journal),
        command="invite",
        connection=request.connection.name,
        platform=request.connection.platform,
        sandbox=request.connection.sandbox,
        account=journal.account,
        account_name=account.name,
        file=request.file,
        file_sha256=request.file_sha256,
        options=json.dumps(asked, sort_keys=True),
        started=journal.clock.stamp(),
    )
