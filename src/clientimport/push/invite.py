"""A round of invitations: mails to the clients of an earlier run, of a file, or to every draft of the account."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from clientimport.connectors.protocol import Connector
from clientimport.errors import UsageError
from clientimport.model.connection import Connection
from clientimport.model.remote import RemoteClient
from clientimport.push.corrected_email import find_corrected_email
from clientimport.push.invitations import InvitationBatch, InvitationLimit
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.ledger.records import RunRecord
from clientimport.push.mail import EMAIL_FIELD, RESENDABLE, Mail, MailRules, client_mail, mails_to_send
from clientimport.push.operations.invite import InviteClient, was_interrupted
from clientimport.push.plan.plan import PlanEntry
from clientimport.push.plan.selection import parse_selection
from clientimport.push.run_result import RowResult, RowState, RunResult
from clientimport.push.runner import PENDING, Job, Progress, Runner, new_run_id


@dataclass(frozen=True, slots=True)
class Target:
    """A client that may get a mail."""

    rows: tuple[int | None, ...]
    """Where it stands in the file; (None,) for one that was chosen without a file."""
    remote: RemoteClient | None
    """None when the platform has no such client (any more)."""
    weak: bool = False
    """Recognised by contact e-mail and name alone: not invited unless we created it."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Its fields in the file, as far as they are known."""


@dataclass(frozen=True, slots=True)
class InviteRequest:
    """What one round is asked to do beyond its targets."""

    connection: Connection
    resend: bool = False
    """Send again to those who were invited and are not active yet."""
    invited_before: int | None = None
    """Send only to those whose last mail went out at least so many days ago."""
    max_invitations: int | None = None
    invite_limit: int | None = None
    """Send so many mails at most, the rest next time."""
    mail_rules: MailRules = field(default_factory=MailRules)
    """What was decided about mails that are held otherwise."""
    only: tuple[str, ...] = ()
    """The rows that were chosen; remembered, so that a resumed round chooses the same."""
    in_flight: int = 4
    target_kind: str = "drafts"
    """Who the targets are: `file`, `run`, `drafts` or `unanswered`."""
    file: str = ""
    """The file or the run that the targets come from."""
    file_sha256: str = ""
    """The SHA-256 of the file; empty without one."""
    reading: Mapping[str, object] = field(default_factory=dict)
    """The options for reading the file; remembered, so that a resumed round reads it the same."""
    account_name: str = ""
    """The account's name on the platform, as the run will show it."""


async def invite(
    targets: Iterable[Target],
    connector: Connector,
    ledger: AccountLedger,
    request: InviteRequest,
    *,
    progress: Progress | None = None,
    stop: asyncio.Event | None = None,
) -> RunResult:
    """Send the mails that are due and return what became of every target.

    Raises UsageError before anything is sent when there would be more mails than `max_invitations`.
    """
    targets = tuple(targets)
    due = due_mails(targets, ledger, request)
    mails = len(mails_to_send(due, request.invite_limit))
    if request.max_invitations is not None and mails > request.max_invitations:
        raise UsageError("invite.too_many", count=mails, limit=request.max_invitations)
    batch = InvitationBatch(request.invite_limit, [mail.client_id for mail in mails_to_send(due, None)])
    invitation_round = _InvitationRound(
        InviteClient(connector, ledger, InvitationLimit(mails), request.resend), ledger, request, batch
    )
    jobs = [invitation_round.job(target) for target in targets]
    runner = Runner(_run_record(request, ledger), jobs, ledger, progress)
    run = await runner.run(request.in_flight, stop or asyncio.Event())
    return dataclasses.replace(run, invitations_waiting=batch.waiting)


def due_mails(targets: Iterable[Target], ledger: AccountLedger, request: InviteRequest) -> tuple[Mail, ...]:
    """Return the mails that a invitation_round would send at most, and those that are held."""
    return tuple(filter(None, (_due_mail(target, ledger, request) for target in targets)))


def _due_mail(target: Target, ledger: AccountLedger, request: InviteRequest) -> Mail | None:
    """Return the mail of a target that is due, or that is held as its address was corrected after the last one."""
    mail, remote = _target_mail(target, request), target.remote
    if _is_due(target, ledger, request) or _was_interrupted(target, ledger):
        return mail
    if remote is None or ledger.doubtful_creation(remote.client_id):
        return None
    corrected = find_corrected_email(target.rows[0], target.fields, remote, ledger, request.mail_rules)
    return (
        dataclasses.replace(mail, hold_finding=corrected.finding)
        if corrected is not None and corrected.addresses_differ
        else None
    )


def draft_targets(clients: Iterable[RemoteClient], ledger: AccountLedger) -> tuple[Target, ...]:
    """Return the account's drafts (`--all-drafts`), each with the address that an earlier run knew."""
    drafts = (client for client in clients if client.status == "draft")
    return tuple(Target((None,), client, fields=_known_email(client.client_id, ledger)) for client in drafts)


def unanswered_targets(
    clients: Iterable[RemoteClient], ledger: AccountLedger, request: InviteRequest
) -> tuple[Target, ...]:
    """Return the account's clients whose mail is so old that they are reminded, with the addresses last known."""
    targets = (Target((None,), client, fields=_known_email(client.client_id, ledger)) for client in clients)
    return tuple(target for target in targets if _is_due(target, ledger, request))


def mailed_elsewhere(clients: Iterable[RemoteClient], ledger: AccountLedger) -> int:
    """Return how many clients had a mail that did not go out from here, so that its day is not known."""
    invited = (client for client in clients if client.status in RESENDABLE)
    mailed = (client for client in invited if client.invitations or client.status == "invited")
    return sum(ledger.history(client.client_id).last_mail(client.invitations) is None for client in mailed)


def _known_email(client_id: str, ledger: AccountLedger) -> dict[str, str]:
    """Return the address that the last run knew of a client, as a field."""
    address = ledger.known_address(client_id)
    return {EMAIL_FIELD: address.email} if address is not None else {}


def targets_of_file(entries: Iterable[PlanEntry]) -> tuple[Target, ...]:
    """Return the clients of a file: the new and existing ones of its plan, where the new ones are not there yet."""
    return tuple(
        Target(entry.client.rows, entry.remote, entry.weak, entry.client.fields) for entry in entries if entry.client
    )


def targets_of_run(run: RunResult, clients: Iterable[RemoteClient], ledger: AccountLedger) -> tuple[Target, ...]:
    """Return the clients that an earlier run created, met or mailed (`--run ID`), with the addresses last known."""
    by_id = {client.client_id: client for client in clients}
    rows: dict[str, list[int | None]] = {}
    for row in run.rows:
        if row.result.client_id is not None and row.result.state is not RowState.INVALID:
            rows.setdefault(row.result.client_id, []).append(row.row)
    return tuple(
        Target(tuple(numbers), by_id.get(client_id), fields=_known_email(client_id, ledger))
        for client_id, numbers in rows.items()
    )


def select_rows(targets: Iterable[Target], asked: Sequence[str]) -> tuple[Target, ...]:
    """Return the targets in the rows that were asked for; all without such rows. Raises UsageError."""
    parts = [part for text in asked for part in parse_selection("--only", text).rows]
    chosen = tuple(
        target for target in targets if not asked or any(row in part for part in parts for row in target.rows)
    )
    if asked and not chosen:
        raise UsageError("push.no_such_row", option="--only", value=", ".join(asked))
    return chosen


def _was_interrupted(target: Target, ledger: AccountLedger) -> bool:
    return target.remote is not None and was_interrupted(ledger, target.remote.client_id)


def _is_due(target: Target, ledger: AccountLedger, request: InviteRequest) -> bool:
    remote = target.remote
    if remote is None or (target.weak and not ledger.has_created(remote.client_id)):
        return False
    if ledger.doubtful_creation(remote.client_id):
        return False
    if request.resend:
        return remote.status in RESENDABLE and _is_old_enough(remote, ledger, request)
    return remote.status == "draft" and not remote.invitations and not ledger.has_invited(remote.client_id)


def _is_old_enough(remote: RemoteClient, ledger: AccountLedger, request: InviteRequest) -> bool:
    """Return whether a client's last mail is as old as was asked; not where nothing went out from here."""
    days = request.invited_before
    if days is None:
        return True
    return ledger.history(remote.client_id).mailed_before(days, ledger.clock.now(), remote.invitations)


def _is_uncertain(earlier: Sequence[Operation]) -> bool:
    """Return whether it is unknown what became of the last mail: it is looked up, and not sent."""
    return bool(earlier) and earlier[-1].state is OperationState.UNCERTAIN


def _target_mail(target: Target, request: InviteRequest) -> Mail:
    return client_mail(target.rows[0], target.fields, target.remote, request.mail_rules)


@dataclass(frozen=True, slots=True)
class _InvitationRound:
    """One round on its way."""

    inviting: InviteClient
    ledger: AccountLedger
    request: InviteRequest
    batch: InvitationBatch

    def job(self, target: Target) -> Job:
        """Return what is to be done for one target."""
        mail = _target_mail(target, self.request)
        about = (mail.name or None, mail.email or None, mail.language or None)
        return Job(target.rows, partial(self._steps, target, mail), PENDING, *about)

    async def _steps(self, target: Target, mail: Mail) -> AsyncIterator[RowResult]:
        remote = target.remote
        doubted = self.ledger.doubtful_creation(remote.client_id) if remote is not None else None
        if doubted is not None:
            yield RowResult(RowState.UNCERTAIN, reason=doubted.reason, operation=doubted.id)
            return
        if remote is None:
            yield RowResult(RowState.REFUSED, reason="client.not_on_platform")
            return
        earlier = self.ledger.invitations(remote.client_id)
        if not _is_due(target, self.ledger, self.request) and not (earlier and earlier[-1].is_unresolved):
            yield self._unchanged_or_held(target, remote)
        elif mail.hold_finding is not None or _is_uncertain(earlier) or self.batch.includes(remote.client_id):
            yield await self.inviting.invite(target.rows[0], remote.client_id, remote.invitations, mail.hold_finding)
        else:
            yield RowResult(RowState.UNCHANGED, remote.client_id)

    def _unchanged_or_held(self, target: Target, remote: RemoteClient) -> RowResult:
        """Return UNCHANGED, or HELD where its address was corrected after its mail."""
        reached = RowResult(RowState.UNCHANGED, remote.client_id)
        corrected = find_corrected_email(target.rows[0], target.fields, remote, self.ledger, self.request.mail_rules)
        if corrected is None:
            return reached
        state = RowState.HELD if corrected.addresses_differ else reached.state
        return dataclasses.replace(reached, state=state, findings=(corrected.finding,))


def _run_record(request: InviteRequest, ledger: AccountLedger) -> RunRecord:
    options = {
        "whom": request.target_kind,
        "resend": request.resend,
        "invited_before": request.invited_before,
        "max_invitations": request.max_invitations,
        "invite_limit": request.invite_limit,
        "mail_as_on_platform": request.mail_rules.as_on_platform,
        "mail_anyway": request.mail_rules.anyway,
        "only": request.only,
        "reading": dict(request.reading),
    }
    return RunRecord(
        id=new_run_id(ledger),
        command="invite",
        connection=request.connection.name,
        platform=request.connection.platform,
        sandbox=request.connection.sandbox,
        account=ledger.account,
        account_name=request.account_name,
        file=request.file,
        file_sha256=request.file_sha256,
        options=json.dumps(options, sort_keys=True),
        started=ledger.clock.timestamp(),
    )
