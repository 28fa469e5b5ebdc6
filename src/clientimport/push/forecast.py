"""A forecast of a push, from its plan and the ledger: mails, fields to overwrite, contacts and sharing to add."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import chain

from clientimport.model.remote import RemoteClient
from clientimport.push.corrected_email import find_corrected_email
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.mail import EMAIL_FIELD, Mail, client_mail
from clientimport.push.operations.invite import was_interrupted
from clientimport.push.plan.plan import Plan, PlanEntry, shares_documents
from clientimport.push.push_request import PushRequest


def due_mails(plan: Plan, ledger: AccountLedger, request: PushRequest) -> tuple[Mail, ...]:
    """Return the mails that a push of `plan` would send at most, and those that are held, in the order of the file."""
    if not request.invite or (request.all_or_nothing and plan.invalid):
        return ()
    existing = (_due_mail(entry, ledger, request) for entry in plan.existing)
    due = filter(None, chain(_mails_of_new(plan, ledger, request), existing))
    return tuple(sorted(due, key=lambda mail: mail.row or 0))


def _mails_of_new(plan: Plan, ledger: AccountLedger, request: PushRequest) -> Iterator[Mail | None]:
    """Yield the mails of new clients; where none was ever created, none was rejected, and nothing is looked up."""
    if ledger.has_creations():
        return (_due_mail(entry, ledger, request) for entry in plan.new)
    return (planned_mail(entry, request) for entry in plan.new)


def _due_mail(entry: PlanEntry, ledger: AccountLedger, request: PushRequest) -> Mail | None:
    """Return the mail of a client that is due, or that is held as its address was corrected after the last one."""
    mail = planned_mail(entry, request)
    if _will_be_mailed(entry, ledger, request):
        return mail
    if entry.remote is None or request.creating_mails or ledger.doubtful_creation(entry.remote.client_id):
        return None
    updated = EMAIL_FIELD in fields_to_overwrite(entry, request)
    corrected = find_corrected_email(mail.row, entry.fields, entry.remote, ledger, request.mail_rules, updated=updated)
    return (
        dataclasses.replace(mail, hold_finding=corrected.finding)
        if corrected is not None and corrected.addresses_differ
        else None
    )


def planned_mail(entry: PlanEntry, request: PushRequest) -> Mail:
    """Return the mail of a client as the plan shows it; an address to overwrite counts as overwritten."""
    row = entry.client.row if entry.client is not None else None
    return client_mail(
        row, entry.fields, entry.remote, request.mail_rules, updated=EMAIL_FIELD in fields_to_overwrite(entry, request)
    )


def planned_updates(plan: Plan, request: PushRequest) -> int:
    """Return of how many clients a push of `plan` would overwrite something."""
    if request.all_or_nothing and plan.invalid:
        return 0
    return sum(bool(fields_to_overwrite(entry, request)) for entry in plan.existing)


def fields_to_overwrite(entry: PlanEntry, request: PushRequest) -> dict[str, str]:
    """Return our values of the fields to overwrite: only where it is surely the same client."""
    differences = () if entry.weak else entry.differences
    return {difference.field: difference.ours for difference in differences if difference.field in request.update}


def _will_be_mailed(entry: PlanEntry, ledger: AccountLedger, request: PushRequest) -> bool:
    if entry.remote is None:
        tried = ledger.creations(entry.fields)
        content = request.options.content_of_new_client(entry.client) if entry.client is not None else {}
        return not (tried and already_rejected(tried[-1], request, same=ledger.has_same_content(tried[-1], content)))
    earlier = ledger.invitations(entry.remote.client_id)
    same = bool(earlier) and not fields_to_overwrite(entry, request) and unchanged_since_rejection(ledger, earlier[-1])
    if earlier and already_rejected(earlier[-1], request, same=same):
        return False
    return was_interrupted(ledger, entry.remote.client_id) or is_uninvited_draft(entry, entry.remote, ledger)


def unchanged_since_rejection(ledger: AccountLedger, rejected: Operation) -> bool:
    """Return whether we have changed nothing of the client since its mail was rejected: the address, for one."""
    updates = ledger.updates(rejected.client_id or "")
    return not any(update.id > rejected.id and update.state is OperationState.ACKED for update in updates)


def already_rejected(last: Operation, request: PushRequest, *, same: bool) -> bool:
    """Return whether the platform rejected the same before, and it is not to be sent again."""
    return last.state is OperationState.REFUSED and same and not request.retry_refused


def planned_additions(plan: Plan, ledger: AccountLedger, request: PushRequest) -> int:
    """Return to how many clients that are there a push of `plan` would add contacts or share the documents of."""
    if request.all_or_nothing and plan.invalid:
        return 0
    return sum(bool(entry.contacts) or will_share_documents(entry, ledger, request) for entry in plan.existing)


def will_share_documents(entry: PlanEntry, ledger: AccountLedger, request: PushRequest) -> bool:
    """Return whether the documents of a client that is there are to be shared and, as far as is known, are not."""
    sharing, remote = request.options.sharing, entry.remote
    if remote is None or sharing is None or not shares_documents(entry, sharing):
        return False
    return remote.sharing is not None or not ledger.has_shared(remote.client_id, sharing)


def is_uninvited_draft(entry: PlanEntry, remote: RemoteClient | None, ledger: AccountLedger) -> bool:
    """Return whether a client that the platform has already is a draft that never got its mail, and surely ours."""
    if remote is None or ledger.has_invited(remote.client_id):
        return False
    if ledger.doubtful_creation(remote.client_id) or (entry.weak and not _created_by_us(entry, remote, ledger)):
        return False
    return remote.status == "draft" and not remote.invitations


def _created_by_us(entry: PlanEntry, remote: RemoteClient, ledger: AccountLedger) -> bool:
    """Return whether we created it: the ledger has its id, or a creation without one, which this run will complete."""
    earlier = ledger.creations(entry.fields)
    return ledger.has_created(remote.client_id) or bool(earlier and lacks_client_id(earlier[-1]))


def lacks_client_id(creation: Operation) -> bool:
    """Return whether the client may be there without an id: its answer was lost, or a person confirmed it."""
    return (creation.is_unresolved and not creation.in_doubt) or (
        creation.state is OperationState.ACKED and creation.client_id is None
    )
