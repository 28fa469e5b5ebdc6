"""A push: everything a plan asks for is done once; stopped anywhere, the same command goes on."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from clientimport.connectors.client_identity import is_same_client
from clientimport.connectors.protocol import Connector
from clientimport.errors import UsageError
from clientimport.model.client import Client
from clientimport.model.remote import RemoteClient
from clientimport.push.corrected_email import find_corrected_email
from clientimport.push.forecast import (
    already_rejected,
    due_mails,
    fields_to_overwrite,
    is_uninvited_draft,
    lacks_client_id,
    planned_mail,
    unchanged_since_rejection,
    will_share_documents,
)
from clientimport.push.invitations import InvitationBatch, InvitationLimit
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.operation import OperationState
from clientimport.push.ledger.records import RunRecord
from clientimport.push.mail import EMAIL_FIELD, Mail, client_mail, mails_to_send
from clientimport.push.operations.add_contacts import AddContacts
from clientimport.push.operations.create import CreateClient, CreateResult, doubtful_result
from clientimport.push.operations.in_flight import InFlightCreations
from clientimport.push.operations.invite import InviteClient
from clientimport.push.operations.known_ids import KnownIds
from clientimport.push.operations.share import ShareDocuments
from clientimport.push.operations.update import UpdateClient
from clientimport.push.plan.plan import Plan, PlanEntry
from clientimport.push.push_request import PushRequest
from clientimport.push.run_result import RowResult, RowState, RunResult, with_earlier_rejection
from clientimport.push.runner import PENDING, Job, Progress, Runner, new_run_id


async def push(
    plan: Plan,
    connector: Connector,
    ledger: AccountLedger,
    request: PushRequest,
    *,
    progress: Progress | None = None,
    stop: asyncio.Event | None = None,
) -> RunResult:
    """Carry out `plan` and return what became of every row.

    What stops it (PlatformUnreachable, CredentialsRefused) is in the run, for its rows matter then most. Raises
    UsageError before anything is sent, when there would be more mails than `max_invitations` for example.
    """
    if bool(request.options.share_documents) != bool(request.options.share_channel):
        raise UsageError("push.sharing_incomplete")
    if request.creating_mails and not request.invite:
        raise UsageError("push.creating_mails", platform=plan.platform)
    due = due_mails(plan, ledger, request)
    mails = len(mails_to_send(due, request.invite_limit))
    if request.max_invitations is not None and mails > request.max_invitations:
        raise UsageError("invite.too_many", count=mails, limit=request.max_invitations)
    batch = InvitationBatch(request.invite_limit, [mail.row for mail in mails_to_send(due, None)])
    steps = _ClientSteps(
        connector,
        ledger,
        request,
        InviteClient(connector, ledger, InvitationLimit(mails)),
        batch,
        KnownIds.from_plan(plan),
    )
    runner = Runner(_run_record(plan, request, ledger), list(_jobs(plan, steps)), ledger, progress)
    run = await runner.run(request.in_flight, stop or asyncio.Event())
    return dataclasses.replace(run, invitations_waiting=batch.waiting)


def _jobs(plan: Plan, steps: _ClientSteps) -> Iterator[Job]:
    """Yield what is to be done for each client of the file, and what is known already of those that stay."""
    request = steps.request
    stopped = request.all_or_nothing and bool(plan.invalid)
    going_on = (
        (entry, None if stopped else partial(steps.run, entry), PENDING) for entry in (*plan.new, *plan.existing)
    )
    left_out = ((entry, None, _skipped_result(entry)) for entry in plan.excluded)
    for entry, start, outcome in (*going_on, *left_out):
        assert entry.client is not None
        mail = planned_mail(entry, request)
        yield Job(entry.client.rows, start, outcome, mail.name, mail.email or None, mail.language or None)
    for entry in plan.invalid:
        assert entry.client is not None
        yield Job(entry.client.rows, None, _invalid_result(entry, steps.ledger), entry.name)


@dataclass(frozen=True, slots=True)
class _ClientSteps:
    """What is done for one client, one step after the other."""

    connector: Connector
    ledger: AccountLedger
    request: PushRequest
    inviting: InviteClient
    batch: InvitationBatch
    known_ids: KnownIds
    in_flight: InFlightCreations = field(default_factory=InFlightCreations)

    async def run(self, entry: PlanEntry) -> AsyncIterator[RowResult]:
        """Yield the state reached after each step."""
        assert entry.client is not None
        outcome, remote = await self._create_or_match(entry)
        if outcome.created and self.request.creating_mails:
            outcome = dataclasses.replace(outcome, state=RowState.INVITED, mailed=True)
        yield outcome
        if outcome.client_id is None:
            return
        contacts = self._contacts_to_add(entry, outcome.client_id)
        if contacts:
            adding = AddContacts(self.connector, self.ledger)
            outcome = await adding.add(entry.client.row, contacts, outcome, entry.remote)
            yield outcome
        if fields_to_overwrite(entry, self.request):
            outcome = await self._update(entry, outcome)
            yield self._with_corrected_email(entry, outcome, remote)
        if will_share_documents(entry, self.ledger, self.request):
            outcome = await self._share(entry, outcome)
            yield outcome
        if self.request.invite and not self.request.creating_mails:
            yield await self._invite(entry, outcome, remote)

    def _contacts_to_add(self, entry: PlanEntry, client_id: str) -> tuple[Mapping[str, str], ...]:
        """Return the contact persons to be added; to a client that may be another one only where it is ours."""
        assert entry.client is not None
        mine = self.ledger.has_created(client_id)
        nameless = (
            tuple(contact for contact in entry.client.contacts if not contact.get("contact_email")) if mine else ()
        )
        wanted = entry.contacts if mine or not entry.weak else ()
        return (*wanted, *(contact for contact in nameless if contact not in wanted))

    async def _create_or_match(self, entry: PlanEntry) -> CreateResult:
        """Create the client, or see that the platform has it."""
        assert entry.client is not None
        if entry.remote is None:
            return await self._create(entry, entry.client)
        client_id = entry.remote.client_id
        earlier = self.ledger.creations(entry.client.fields)
        last = earlier[-1] if earlier else None
        if last is not None and last.in_doubt:
            return doubtful_result(last), entry.remote
        if last is not None and lacks_client_id(last):  # and here it is
            self.ledger.record_outcome(last, OperationState.ACKED, client_id)
            if last.is_unresolved:
                return RowResult(RowState.CREATED, client_id, created=True), entry.remote
        return RowResult(RowState.UNCHANGED, client_id), entry.remote

    async def _create(self, entry: PlanEntry, client: Client) -> CreateResult:
        """Create the client; where that sends its mail, one whose mail is held is not created."""
        asked, mail = self.request, planned_mail(entry, self.request)
        may_mail = partial(self._count_mail, mail) if asked.creating_mails else None
        creating = CreateClient(
            self.connector, self.ledger, asked.options, asked.retry_refused, self.known_ids, may_mail
        )
        with self.in_flight.creation():
            result = await creating.create(client)
        if mail.hold_finding is not None and may_mail is not None and result[0].state is RowState.SKIPPED:
            return RowResult(RowState.HELD, findings=(mail.hold_finding,)), None
        return result

    def _count_mail(self, mail: Mail) -> bool:
        """Count one client's mail, unless it is held or left for the next batch. Raises UsageError at the limit."""
        if mail.hold_finding is not None or not self.batch.includes(mail.row):
            return False
        self.inviting.limit.count_mail()
        return True

    async def _update(self, entry: PlanEntry, outcome: RowResult) -> RowResult:
        assert entry.client is not None
        fields = fields_to_overwrite(entry, self.request)
        former = {difference.field: difference.theirs for difference in entry.differences if difference.field in fields}
        earlier = self.ledger.updates(outcome.client_id or "")
        if earlier and already_rejected(
            earlier[-1], self.request, same=self.ledger.has_same_content(earlier[-1], fields)
        ):
            return with_earlier_rejection(earlier[-1], dataclasses.replace(outcome, state=RowState.FAILED))
        return await UpdateClient(self.connector, self.ledger).update(entry.client.row, fields, former, outcome)

    async def _share(self, entry: PlanEntry, outcome: RowResult) -> RowResult:
        sharing, remote = self.request.options.sharing, entry.remote
        assert entry.client is not None
        assert remote is not None
        refused = self.ledger.rejected_sharing(remote.client_id, sharing)
        if refused is not None and not self.request.retry_refused:
            return with_earlier_rejection(refused, dataclasses.replace(outcome, state=RowState.FAILED))
        documents = ShareDocuments(self.connector, self.ledger)
        return await documents.change(entry.client.row, remote.client_id, sharing, remote.sharing, outcome)

    def _mail(self, entry: PlanEntry, outcome: RowResult, remote: RemoteClient | None) -> Mail:
        """Return the mail as things stand now; it is held where the new address was rejected."""
        rules, wanted = self.request.mail_rules, EMAIL_FIELD in fields_to_overwrite(entry, self.request)
        if wanted and outcome.state is not RowState.UPDATED:
            rules = dataclasses.replace(rules, as_on_platform=False)
        row = entry.client.row if entry.client is not None else None
        return client_mail(row, entry.fields, remote, rules, updated=wanted and outcome.state is RowState.UPDATED)

    def _with_corrected_email(self, entry: PlanEntry, outcome: RowResult, remote: RemoteClient | None) -> RowResult:
        """Return the result, with a finding about an address that was corrected after its client's mail.

        Where file and platform still differ and mails are wanted, the mail is held: a person decides which is right.
        """
        assert entry.client is not None
        updated = EMAIL_FIELD in fields_to_overwrite(entry, self.request) and outcome.state is RowState.UPDATED
        given = (entry.client.row, entry.fields, remote, self.ledger, self.request.mail_rules)
        corrected = find_corrected_email(*given, updated=updated)
        if corrected is None or (corrected.addresses_differ and not self.request.invite):
            return outcome
        state = (
            RowState.HELD if corrected.addresses_differ and outcome.state is not RowState.UNCERTAIN else outcome.state
        )
        return dataclasses.replace(outcome, state=state, findings=(corrected.finding,))

    async def _invite(self, entry: PlanEntry, outcome: RowResult, remote: RemoteClient | None) -> RowResult:
        """Send the mail where one is due; an earlier failure stays in the result.

        Only what this run made is due without a look: a client of the platform may have been invited meanwhile.
        """
        assert entry.client is not None
        assert outcome.client_id is not None
        earlier = self.ledger.invitations(outcome.client_id)
        if outcome.created:
            await self.in_flight.wait_for_current()
        doubted = self.ledger.doubtful_creation(outcome.client_id)
        if doubted is not None and not await self._is_still_this_client(entry, outcome.client_id):
            return dataclasses.replace(outcome, state=RowState.UNCERTAIN, reason=doubted.reason, operation=doubted.id)
        due = remote is None or is_uninvited_draft(entry, remote, self.ledger)
        if not due and not (earlier and earlier[-1].is_unresolved):
            return self._with_corrected_email(entry, outcome, remote)
        same = bool(earlier) and unchanged_since_rejection(self.ledger, earlier[-1])
        if earlier and already_rejected(earlier[-1], self.request, same=same):
            return with_earlier_rejection(earlier[-1], dataclasses.replace(outcome, state=RowState.INVITATION_FAILED))
        mail = self._mail(entry, outcome, remote)
        unsure = bool(earlier) and earlier[-1].state is OperationState.UNCERTAIN  # which is looked up, and never sent
        if mail.hold_finding is None and not unsure and not self.batch.includes(entry.client.row):
            return outcome
        mails_before = remote.invitations if remote is not None else 0
        invited = await self.inviting.invite(entry.client.row, outcome.client_id, mails_before, mail.hold_finding)
        invited = dataclasses.replace(invited, created=outcome.created, email=mail.email or None)
        return _with_invitation(outcome, invited)

    async def _is_still_this_client(self, entry: PlanEntry, client_id: str) -> bool:
        """Return whether a client that another row's creation was answered with is still this entry's."""
        remote = await self.connector.client(client_id)
        return remote is not None and is_same_client(entry.fields, remote.fields)


def _with_invitation(reached: RowResult, invited: RowResult) -> RowResult:
    """Return the result of a client with its mail; an earlier rejection or doubt stays in it."""
    remains = reached.state in (RowState.FAILED, RowState.UNCERTAIN) and invited.state is RowState.INVITED
    if remains or invited.state is RowState.UNCHANGED:
        return dataclasses.replace(reached, mailed=invited.mailed, email=invited.email)
    if invited.state is RowState.HELD and reached.state is RowState.UNCERTAIN:
        return dataclasses.replace(reached, findings=invited.findings)
    return dataclasses.replace(invited, reason=reached.reason) if invited.state is RowState.HELD else invited


def _skipped_result(entry: PlanEntry) -> RowResult:
    return RowResult(RowState.SKIPPED, entry.remote.client_id if entry.remote else None)


def _invalid_result(entry: PlanEntry, ledger: AccountLedger) -> RowResult:
    """Return why an entry is not sent; what was in doubt in an earlier run stays so until a person decides."""
    codes = dict.fromkeys(finding.code for finding in entry.findings)
    if "client.ambiguous" in codes:
        earlier = ledger.creations(entry.fields)
        if earlier and earlier[-1].is_unresolved:
            return RowResult(RowState.UNCERTAIN, operation=earlier[-1].id)
        if earlier and earlier[-1].state is OperationState.ACKED and earlier[-1].client_id is None:
            return RowResult(RowState.UNCHANGED)  # a person looked at it
    client_id = entry.remote.client_id if entry.remote else None
    return RowResult(RowState.INVALID, client_id, ", ".join(codes), findings=entry.findings)


def _run_record(plan: Plan, request: PushRequest, ledger: AccountLedger) -> RunRecord:
    options = {
        "invite": request.invite,
        "all_or_nothing": request.all_or_nothing,
        "max_invitations": request.max_invitations,
        "invite_limit": request.invite_limit,
        "update": request.update,
        "retry_refused": request.retry_refused,
        "only": request.only,
        "skip": request.skip,
        "questionnaires": dict(request.options.questionnaires or {}),
        "share_documents": request.options.share_documents,
        "share_channel": request.options.share_channel,
        "mail_as_on_platform": request.mail_rules.as_on_platform,
        "mail_anyway": request.mail_rules.anyway,
        "reading": dict(request.reading),
    }
    return RunRecord(
        id=new_run_id(ledger),
        command="push",
        connection=request.connection.name,
        platform=plan.platform,
        sandbox=request.connection.sandbox,
        account=ledger.account,
        account_name=plan.account.name,
        file=plan.source.file,
        file_sha256=plan.source.sha256,
        options=json.dumps(options, sort_keys=True),
        started=ledger.clock.timestamp(),
        approved_by=request.approved_by,
    )
