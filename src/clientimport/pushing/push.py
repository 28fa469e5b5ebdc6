"""A push: everything a plan asks for is done once; stopped anywhere, the same command goes on."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from clientimport.connection import Connection
from clientimport.errors import UsageError
from clientimport.planning.plan import Entry, Plan, shares
from clientimport.platforms.interface import Connector, PushOptions, RemoteClient
from clientimport.platforms.same_client import agrees
from clientimport.pushing.action import Action, ActionState
from clientimport.pushing.adding_contacts import AddingContacts
from clientimport.pushing.course import Course, Job, Progress, run_id
from clientimport.pushing.creating import Created, Creating, still_doubted
from clientimport.pushing.fuse import Fuse
from clientimport.pushing.inviting import Inviting, waiting_for_its_mail
from clientimport.pushing.journal import Journal
from clientimport.pushing.ledger import RunRecord
from clientimport.pushing.run import Outcome, Run, State, remembered
from clientimport.pushing.sharing import SharingDocuments
from clientimport.pushing.taken_ids import TakenIds
from clientimport.pushing.under_way import UnderWay
from clientimport.pushing.updating import Updating
from clientimport.pushing.wave import Wave


@dataclass(frozen=True, slots=True)
class PushRequest:
    """What one push is asked to do beyond its plan."""

    connection: Connection
    invite: bool = False
    all_or_nothing: bool = False
    """Send nothing when a row of the file has an error."""
    max_invitations: int | None = None
    invite_limit: int | None = None
    """Send so many mails at most, the rest next time."""
    update: tuple[str, ...] = ()
    """The fields to overwrite where the platform has something else."""
    retry_refused: bool = False
    """Send again what the platform said no to, though nothing of it has changed."""
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    """What was chosen of the plan; remembered, so that a resumed run chooses the same."""
    options: PushOptions = field(default_factory=PushOptions)
    in_flight: int = 4
    creating_mails: bool = False
    """Whether the platform mails a client when it is created, so that creating is inviting."""
    reading: Mapping[str, object] = field(default_factory=dict)
    """What was said about the file; remembered, so that a resumed run reads it the same."""


async def push(
    plan: Plan,
    connector: Connector,
    journal: Journal,
    request: PushRequest,
    *,
    progress: Progress | None = None,
    stop: asyncio.Event | None = None,
) -> Run:
    """Carry out `plan` and return what became of every row.

    What stops it (PlatformUnreachable, CredentialsRefused) is in the run, for its rows matter then most. Raises
    UsageError before anything is sent, when there would be more mails than `max_invitations` for example.
    """
    if bool(request.options.share_documents) != bool(request.options.share_channel):
        raise UsageError("push.sharing_incomplete")
    if request.creating_mails and not request.invite:
        raise UsageError("push.creating_mails", platform=plan.platform)
    mails, wave = planned_mails(plan, journal, request), Wave(request.invite_limit)
    if request.max_invitations is not None and mails > request.max_invitations:
        raise UsageError("invite.too_many", count=mails, limit=request.max_invitations)
    held = request.all_or_nothing and bool(plan.invalid)
    steps = _Steps(connector, journal, request, Inviting(connector, journal, Fuse(mails)), wave, TakenIds.of(plan))
    going = [(entry, None if held else partial(steps.of, entry)) for entry in (*plan.new, *plan.existing)]
    jobs = [
        *(Job(entry.client.rows, start) for entry, start in going if entry.client),
        *(Job(entry.client.rows, outcome=_not_sent(entry, journal)) for entry in plan.invalid if entry.client),
        *(Job(entry.client.rows, outcome=_skipped(entry)) for entry in plan.left_out if entry.client),
    ]
    course = Course(_head(plan, request, journal), jobs, journal, progress)
    run = await course.follow(request.in_flight, stop or asyncio.Event())
    return dataclasses.replace(run, invitations_waiting=wave.waiting)


def planned_mails(plan: Plan, journal: Journal, request: PushRequest) -> int:
    """Return how many mails a push of `plan` would send at most."""
    if not request.invite or (request.all_or_nothing and plan.invalid):
        return 0
    due = len(plan.new) + sum(_counted(entry, journal) for entry in plan.existing)
    return Wave(request.invite_limit).of(due)


def planned_updates(plan: Plan, request: PushRequest) -> int:
    """Return of how many clients a push of `plan` would overwrite something."""
    if request.all_or_nothing and plan.invalid:
        return 0
    return sum(bool(overwritten(entry, request)) for entry in plan.existing)


def overwritten(entry: Entry, request: PushRequest) -> dict[str, str]:
    """Return our values of the fields to overwrite: only where it is surely the same client."""
    wanted = () if entry.weak else entry.differences
    return {one.field: one.ours for one in wanted if one.field in request.update}


def planned_additions(plan: Plan, journal: Journal, request: PushRequest) -> int:
    """Return to how many clients that are there a push of `plan` would add contacts or share the documents of."""
    if request.all_or_nothing and plan.invalid:
        return 0
    return sum(bool(entry.contacts) or _shares_now(entry, journal, request) for entry in plan.existing)


def _shares_now(entry: Entry, journal: Journal, request: PushRequest) -> bool:
    """Return whether the documents of a client that is there are to be shared and, as far as is known, are not."""
    sharing, remote = request.options.sharing, entry.remote
    if remote is None or sharing is None or not shares(entry, sharing):
        return False
    return remote.sharing is not None or not journal.shared(remote.client_id, sharing)


def _counted(entry: Entry, journal: Journal) -> bool:
    waiting = entry.remote is not None and waiting_for_its_mail(journal, entry.remote.client_id)
    return waiting or may_be_invited(entry, entry.remote, journal)


def may_be_invited(entry: Entry, remote: RemoteClient | None, journal: Journal) -> bool:
    """Return whether a client that the platform has already is a draft that never got its mail, and surely ours."""
    if remote is None or journal.invited(remote.client_id):
        return False
    if journal.doubted(remote.client_id) or (entry.weak and not _ours(entry, remote, journal)):
        return False
    return remote.status == "draft" and not remote.invitations


def _ours(entry: Entry, remote: RemoteClient, journal: Journal) -> bool:
    """Return whether we created it: the ledger has its id, or an attempt without one that this run settles with it."""
    earlier = journal.creations(entry.fields)
    return journal.created(remote.client_id) or bool(earlier and _awaits_its_id(earlier[-1]))


def _awaits_its_id(creation: Action) -> bool:
    """Return whether its answer was lost, or a person said that it is there."""
    return (creation.open and not creation.doubted) or (
        creation.state is ActionState.ACKED and creation.client_id is None
    )


@dataclass(frozen=True, slots=True)
class _Steps:
    """What is done for one client, one step after the other."""

    connector: Connector
    journal: Journal
    request: PushRequest
    inviting: Inviting
    wave: Wave
    taken: TakenIds
    under_way: UnderWay = field(default_factory=UnderWay)

    async def of(self, entry: Entry) -> AsyncIterator[Outcome]:
        """Yield the state reached after each step."""
        assert entry.client is not None
        outcome, remote = await self._there(entry)
        if outcome.created and self.request.creating_mails:
            outcome = dataclasses.replace(outcome, state=State.INVITED, mailed=True)
        yield outcome
        if outcome.client_id is None:
            return
        contacts = self._contacts(entry, outcome.client_id)
        if contacts:
            adding = AddingContacts(self.connector, self.journal)
            outcome = await adding.add(entry.client.row, contacts, outcome, entry.remote)
            yield outcome
        if overwritten(entry, self.request):
            outcome = await self._updated(entry, outcome)
            yield outcome
        if _shares_now(entry, self.journal, self.request):
            outcome = await self._shared(entry, outcome)
            yield outcome
        if self.request.invite and not self.request.creating_mails:
            yield await self._invited(entry, outcome, remote)

    def _contacts(self, entry: Entry, client_id: str) -> tuple[Mapping[str, str], ...]:
        """Return the contact persons to be added; to a client that may be another one only where it is ours."""
        assert entry.client is not None
        mine = self.journal.created(client_id)
        nameless = tuple(one for one in entry.client.contacts if not one.get("contact_email")) if mine else ()
        wanted = entry.contacts if mine or not entry.weak else ()
        return (*wanted, *(one for one in nameless if one not in wanted))

    async def _there(self, entry: Entry) -> Created:
        """Create the client, or see that the platform has it."""
        assert entry.client is not None
        if entry.remote is None:
            asked, may_mail = self.request, self._may_mail if self.request.creating_mails else None
            creating = Creating(self.connector, self.journal, asked.options, asked.retry_refused, self.taken, may_mail)
            with self.under_way.one():
                return await creating.create(entry.client)
        client_id = entry.remote.client_id
        earlier = self.journal.creations(entry.client.fields)
        last = earlier[-1] if earlier else None
        if last is not None and last.doubted:
            return still_doubted(last), entry.remote
        if last is not None and _awaits_its_id(last):  # and here it is
            self.journal.settle(last, ActionState.ACKED, client_id)
            if last.open:
                return Outcome(State.CREATED, client_id, created=True), entry.remote
        return Outcome(State.UNCHANGED, client_id), entry.remote

    def _may_mail(self) -> bool:
        """Count one client's mail in, unless it is left for the next wave. Raises UsageError at the fuse."""
        if not self.wave.take():
            return False
        self.inviting.fuse.take()
        return True

    async def _updated(self, entry: Entry, outcome: Outcome) -> Outcome:
        assert entry.client is not None
        fields = overwritten(entry, self.request)
        former = {one.field: one.theirs for one in entry.differences if one.field in fields}
        earlier = self.journal.updates(outcome.client_id or "")
        if earlier and self._refused_already(earlier[-1], self.journal.same(earlier[-1], fields)):
            return remembered(earlier[-1], dataclasses.replace(outcome, state=State.FAILED))
        return await Updating(self.connector, self.journal).update(entry.client.row, fields, former, outcome)

    async def _shared(self, entry: Entry, outcome: Outcome) -> Outcome:
        sharing, remote = self.request.options.sharing, entry.remote
        assert entry.client is not None
        assert remote is not None
        refused = self.journal.sharing_refused(remote.client_id, sharing)
        if refused is not None and not self.request.retry_refused:
            return remembered(refused, dataclasses.replace(outcome, state=State.FAILED))
        documents = SharingDocuments(self.connector, self.journal)
        return await documents.change(entry.client.row, remote.client_id, sharing, remote.sharing, outcome)

    def _unchanged_since(self, refused: Action) -> bool:
        """Return whether we have changed nothing of the client since its mail was refused: the address, for one."""
        updates = self.journal.updates(refused.client_id or "")
        return not any(one.id > refused.id and one.state is ActionState.ACKED for one in updates)

    def _refused_already(self, last: Action, same: bool) -> bool:
        return last.state is ActionState.REFUSED and same and not self.request.retry_refused

    async def _invited(self, entry: Entry, outcome: Outcome, remote: RemoteClient | None) -> Outcome:
        """Send the mail where one is due; a contact that is not there remains to be told.

        Only what this run made is due without a look: what was found may have been invited by somebody meanwhile.
        """
        assert entry.client is not None
        assert outcome.client_id is not None
        earlier = self.journal.invitations(outcome.client_id)
        if outcome.created:
            await self.under_way.answered()
        doubted = self.journal.doubted(outcome.client_id)
        if doubted is not None and not await self._is_still(entry, outcome.client_id):
            return dataclasses.replace(outcome, state=State.UNCERTAIN, reason=doubted.reason, action=doubted.id)
        due = remote is None or may_be_invited(entry, remote, self.journal)
        if not due and not (earlier and earlier[-1].open):
            return outcome
        if earlier and self._refused_already(earlier[-1], self._unchanged_since(earlier[-1])):
            return remembered(earlier[-1], dataclasses.replace(outcome, state=State.INVITATION_FAILED))
        if not self.wave.take():
            return outcome
        mails_before = remote.invitations if remote is not None else 0
        invited = await self.inviting.invite(entry.client.row, outcome.client_id, mails_before)
        told = outcome.state in (State.FAILED, State.UNCERTAIN) and invited.state is State.INVITED
        if told or invited.state is State.UNCHANGED:
            return dataclasses.replace(outcome, mailed=invited.mailed)
        return dataclasses.replace(invited, created=outcome.created)

    async def _is_still(self, entry: Entry, client_id: str) -> bool:
        """Return whether a client that another row's creation was answered with is still this entry's."""
        remote = await self.connector.client(client_id)
        return remote is not None and agrees(entry.fields, remote.fields)


def _skipped(entry: Entry) -> Outcome:
    return Outcome(State.SKIPPED, entry.remote.client_id if entry.remote else None)


def _not_sent(entry: Entry, journal: Journal) -> Outcome:
    """Return why an entry is not sent; what was in doubt in an earlier run stays so until a person settles it."""
    codes = dict.fromkeys(finding.code for finding in entry.findings)
    if "client.ambiguous" in codes:
        earlier = journal.creations(entry.fields)
        if earlier and earlier[-1].open:
            return Outcome(State.UNCERTAIN, action=earlier[-1].id)
        if earlier and earlier[-1].state is ActionState.ACKED and earlier[-1].client_id is None:
            return Outcome(State.UNCHANGED)  # a person looked at it
    return Outcome(State.INVALID, entry.remote.client_id if entry.remote else None, ", ".join(codes))


def _head(plan: Plan, request: PushRequest, journal: Journal) -> RunRecord:
    asked = {
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
        "reading": dict(request.reading),
    }
    return RunRecord(
        id=run_id(journal),
        command="push",
        connection=request.connection.name,
        platform=plan.platform,
        sandbox=request.connection.sandbox,
        account=journal.account,
        account_name=plan.account.name,
        file=plan.source.file,
        file_sha256=plan.source.sha256,
        options=json.dumps(asked, sort_keys=True),
        started=journal.clock.stamp(),
    )
