"""What a push will do, as far as its plan and the record can tell: mails, what is overwritten, what is added."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from clientimport.connectors.protocol import RemoteClient
from clientimport.push.corrected_email import corrected_address
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.mail import FIELD, Mail, mail_of
from clientimport.push.operations.invite import waiting_for_its_mail
from clientimport.push.plan.plan import Plan, PlanEntry, shares

if TYPE_CHECKING:
    from clientimport.push.push import PushRequest


def due_mails(plan: Plan, journal: AccountLedger, request: PushRequest) -> tuple[Mail, ...]:
    """Return the mails that a push of `plan` would send at most, and those that are held, in the order of the file."""
    if not request.invite or (request.all_or_nothing and plan.invalid):
        return ()
    due = filter(None, (_due_mail(entry, journal, request) for entry in (*plan.new, *plan.existing)))
    return tuple(sorted(due, key=lambda mail: mail.row or 0))


def _due_mail(entry: PlanEntry, journal: AccountLedger, request: PushRequest) -> Mail | None:
    """Return the mail of a client that is due, or that is held as its address was corrected after the last one."""
    mail = planned_mail(entry, request)
    if _counted(entry, journal, request):
        return mail
    if entry.remote is None or request.creating_mails or journal.doubted(entry.remote.client_id):
        return None
    updated = FIELD in overwritten(entry, request)
    found = corrected_address(mail.row, entry.fields, entry.remote, journal, request.rules, updated=updated)
    return dataclasses.replace(mail, held=found.finding) if found is not None and found.contrary else None


def planned_mail(entry: PlanEntry, request: PushRequest) -> Mail:
    """Return the mail of a client as far as the plan can tell; an address to overwrite is taken for overwritten."""
    row = entry.client.row if entry.client is not None else None
    return mail_of(row, entry.fields, entry.remote, request.rules, updated=FIELD in overwritten(entry, request))


def planned_updates(plan: Plan, request: PushRequest) -> int:
    """Return of how many clients a push of `plan` would overwrite something."""
    if request.all_or_nothing and plan.invalid:
        return 0
    return sum(bool(overwritten(entry, request)) for entry in plan.existing)


def overwritten(entry: PlanEntry, request: PushRequest) -> dict[str, str]:
    """Return our values of the fields to overwrite: only where it is surely the same client."""
    wanted = () if entry.weak else entry.differences
    return {one.field: one.ours for one in wanted if one.field in request.update}


def _counted(entry: PlanEntry, journal: AccountLedger, request: PushRequest) -> bool:
    if entry.remote is None:
        tried = journal.creations(entry.fields)
        said = request.options.said_of(entry.client) if entry.client is not None else {}
        return not (tried and refused_already(tried[-1], request, same=journal.same(tried[-1], said)))
    earlier = journal.invitations(entry.remote.client_id)
    same = bool(earlier) and not overwritten(entry, request) and unchanged_since(journal, earlier[-1])
    if earlier and refused_already(earlier[-1], request, same=same):
        return False
    return waiting_for_its_mail(journal, entry.remote.client_id) or may_be_invited(entry, entry.remote, journal)


def unchanged_since(journal: AccountLedger, refused: Operation) -> bool:
    """Return whether we have changed nothing of the client since its mail was refused: the address, for one."""
    updates = journal.updates(refused.client_id or "")
    return not any(one.id > refused.id and one.state is OperationState.ACKED for one in updates)


def refused_already(last: Operation, request: PushRequest, *, same: bool) -> bool:
    """Return whether the platform said no to the same before, and nobody asks it again."""
    return last.state is OperationState.REFUSED and same and not request.retry_refused


def planned_additions(plan: Plan, journal: AccountLedger, request: PushRequest) -> int:
    """Return to how many clients that are there a push of `plan` would add contacts or share the documents of."""
    if request.all_or_nothing and plan.invalid:
        return 0
    return sum(bool(entry.contacts) or shares_now(entry, journal, request) for entry in plan.existing)


def shares_now(entry: PlanEntry, journal: AccountLedger, request: PushRequest) -> bool:
    """Return whether the documents of a client that is there are to be shared and, as far as is known, are not."""
    sharing, remote = request.options.sharing, entry.remote
    if remote is None or sharing is None or not shares(entry, sharing):
        return False
    return remote.sharing is not None or not journal.shared(remote.client_id, sharing)


def may_be_invited(entry: PlanEntry, remote: RemoteClient | None, journal: AccountLedger) -> bool:
    """Return whether a client that the platform has already is a draft that never got its mail, and surely ours."""
    if remote is None or journal.invited(remote.client_id):
        return False
    if journal.doubted(remote.client_id) or (entry.weak and not _ours(entry, remote, journal)):
        return False
    return remote.status == "draft" and not remote.invitations


def _ours(entry: PlanEntry, remote: RemoteClient, journal: AccountLedger) -> bool:
    """Return whether we created it: the ledger has its id, or an attempt without one that this run settles with it."""
    earlier = journal.creations(entry.fields)
    return journal.created(remote.client_id) or bool(earlier and awaits_its_id(earlier[-1]))


def awaits_its_id(creation: Operation) -> bool:
    """Return whether its answer was lost, or a person said that it is there."""
    return (creation.open and not creation.doubted) or (
        creation.state is OperationState.ACKED and creation.client_id is None
    )
