"""Undo: what a run created and overwrote is undone as far as the platform allows; mails are only reported."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from clientimport.connectors.protocol import Connector, Deletes, PlatformRejected, TakesContacts, require
from clientimport.errors import UsageError
from clientimport.model.client import display_name
from clientimport.model.remote import DocumentSharing, RemoteClient, has_contact
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.ledger.records import RowRecord, RunRecord
from clientimport.push.operations.attempt import OperationOutcome, attempt, done_if
from clientimport.push.operations.share import ShareDocuments
from clientimport.push.operations.update import UpdateClient
from clientimport.push.run_result import RowResult, RowState, RunResult
from clientimport.push.runner import UNDO, Job, Progress, Runner, new_run_id

UNDOABLE_KINDS = ("create", "update", "contact", "share", "invite")
"""What a run does to a client, as the ledger calls it."""


@dataclass(frozen=True, slots=True)
class UndoItem:
    """What one run did to one client, and how far that can be undone."""

    client_id: str
    rows: tuple[int | None, ...]
    remote: RemoteClient | None
    """The client as the platform has it now; None when it is gone."""
    created: bool
    updates: tuple[Operation, ...]
    mailed: bool
    contacts: tuple[Operation, ...] = ()
    sharing: Operation | None = None
    """The first time that the run shared its documents."""

    @property
    def name(self) -> str | None:
        """What a person calls the client."""
        return display_name(self.remote.fields) if self.remote is not None else None

    @property
    def can_be_deleted(self) -> bool:
        """Whether the client is deleted: we created it, and it is still a draft without a mail."""
        return (
            self.created and self.remote is not None and self.remote.status == "draft" and not self.remote.invitations
        )

    @property
    def has_changes_to_restore(self) -> bool:
        """Whether something of a client that stays is undone."""
        return self.remote is not None and bool(self.updates or self.contacts or self.sharing)

    @property
    def kept_reason(self) -> str | None:
        """Why something of it stays, as a finding's code."""
        if self.remote is None:
            return None
        if self.created and not self.can_be_deleted:
            return "undo.not_a_draft"
        return "undo.mailed" if self.mailed and not self.created else None


def undo_items(
    run: Sequence[Operation], rows: Iterable[RowRecord], clients: Iterable[RemoteClient]
) -> tuple[UndoItem, ...]:
    """Return what a run did, client by client; `run` holds its operations and `clients` what the platform has now."""
    by_id = {client.client_id: client for client in clients}
    rows_by_client: dict[str, list[int | None]] = {}
    for row in rows:
        rows_by_client.setdefault(row.client_id or "", []).append(row.row)
    by_client: dict[str, list[Operation]] = {}
    for operation in run:
        if operation.client_id is not None and operation.kind in UNDOABLE_KINDS and _may_have_happened(operation):
            by_client.setdefault(operation.client_id, []).append(operation)
    return tuple(
        UndoItem(
            client_id,
            tuple(rows_by_client.get(client_id, (None,))),
            by_id.get(client_id),
            any(operation.kind == "create" for operation in actions),
            tuple(operation for operation in actions if operation.kind == "update"),
            any(operation.kind == "invite" for operation in actions),
            tuple(operation for operation in actions if operation.kind == "contact"),
            next((operation for operation in actions if operation.kind == "share"), None),
        )
        for client_id, actions in by_client.items()
    )


def _may_have_happened(operation: Operation) -> bool:
    """Return whether it may have happened; of what can be looked up on the platform, also with an unknown outcome."""
    return operation.state is OperationState.ACKED or (
        operation.kind in ("update", "contact", "share") and operation.is_unresolved
    )


def worse_result(result: RowResult, other: RowResult) -> RowResult:
    """Return the result that is further from being undone.

    >>> worse_result(RowResult(RowState.UNDONE), RowResult(RowState.KEPT)).state
    <RowState.KEPT: 'kept'>
    """
    order = (RowState.UNCHANGED, RowState.UNDONE)
    rank = {state: number for number, state in enumerate(order)}
    return max(result, other, key=lambda outcome: rank.get(outcome.state, len(order)))


async def undo(
    items: Iterable[UndoItem],
    run: RunRecord,
    connector: Connector,
    ledger: AccountLedger,
    *,
    progress: Progress | None = None,
    stop: asyncio.Event | None = None,
) -> RunResult:
    """Take back what can be, one client after the other; stopped anywhere, the same again goes on."""
    taking_back = UndoRunner(connector, ledger)
    jobs = [Job(item.rows, partial(taking_back.steps, item), name=item.name) for item in items]
    head = replace(
        run,
        id=new_run_id(ledger),
        command=UNDO,
        file=run.id,
        file_sha256="",
        options="{}",
        started=ledger.clock.timestamp(),
        ended=None,
    )
    return await Runner(head, jobs, ledger, progress).run(1, stop or asyncio.Event())


@dataclass(frozen=True, slots=True)
class UndoRunner:
    """Undoes what a run did to one client after another."""

    connector: Connector
    ledger: AccountLedger

    async def steps(self, item: UndoItem) -> AsyncIterator[RowResult]:
        """Yield what is reached for one client."""
        if item.remote is None:
            yield RowResult(RowState.UNDONE, item.client_id)
        elif item.can_be_deleted:
            yield await self._delete(item)
        else:
            reached = RowResult(RowState.UNCHANGED, item.client_id)
            for operation in reversed(item.updates):
                reached = await self._restore_fields(item, operation, reached)
            if item.contacts:
                reached = worse_result(reached, await self._remove_contacts(item))
            if item.sharing is not None:
                reached = worse_result(reached, await self._restore_sharing(item, item.sharing))
            yield replace(reached, state=RowState.KEPT, reason=item.kept_reason) if item.kept_reason else reached

    async def _delete(self, item: UndoItem) -> RowResult:
        attempted = await attempt(
            self.ledger,
            lambda: self.ledger.begin_delete(item.rows[0], item.client_id),
            lambda _operation: require(self.connector, Deletes).delete(item.client_id),
            lambda _operation: self._check_deleted(item.client_id),
        )
        if attempted.rejection is not None:
            return RowResult(RowState.KEPT, item.client_id, attempted.rejection)
        return RowResult(RowState.UNDONE, item.client_id)

    async def _check_deleted(self, client_id: str) -> OperationOutcome:
        return done_if(await self.connector.client(client_id) is None)

    async def _remove_contacts(self, item: UndoItem) -> RowResult:
        """Remove the contacts that the run added, as far as they are still what it added."""
        remote = await self.connector.client(item.client_id)
        added = {operation.id for operation in item.contacts}
        contacts = remote.contacts or () if remote is not None else ()
        ours = [one_ for one_ in contacts if added & {a.id for a in self.ledger.contacts(item.client_id, one_)}]
        for contact in ours:
            if not await self._remove_contact(item, contact):
                return RowResult(RowState.KEPT, item.client_id, "undo.contact_kept")
        kept = remote is not None and len(ours) < len(item.contacts) and len(contacts) > len(ours)
        return RowResult(
            RowState.KEPT if kept else RowState.UNDONE, item.client_id, "undo.contact_kept" if kept else None
        )

    async def _remove_contact(self, item: UndoItem, contact: Mapping[str, str]) -> bool:
        """Return whether a contact is gone; not where the platform's API has no way to remove one."""
        email = contact.get("contact_email", "")

        async def remove(_operation: Operation) -> None:
            try:
                await require(self.connector, TakesContacts).remove_contact(item.client_id, email)
            except UsageError as error:  # there is no such path
                raise PlatformRejected(error.code) from error

        attempted = await attempt(
            self.ledger,
            lambda: self.ledger.begin_removal(item.rows[0], item.client_id, contact),
            remove,
            lambda _operation: self._check_removed(item.client_id, email),
        )
        return attempted.rejection is None

    async def _check_removed(self, client_id: str, email: str) -> OperationOutcome:
        remote = await self.connector.client(client_id)
        return done_if(remote is None or not has_contact(remote, email))

    async def _restore_sharing(self, item: UndoItem, operation: Operation) -> RowResult:
        """Share the documents as before the run, unless that was changed since."""
        remote, former = await self.connector.client(item.client_id), json.loads(operation.previous_values or "{}")
        before = DocumentSharing(former["email"], former["channel"]) if former else None
        if remote is None or remote.sharing == before:
            return RowResult(RowState.UNDONE, item.client_id)
        if remote.sharing is None or not self.ledger.has_same_content(operation, remote.sharing.fields):
            return RowResult(RowState.KEPT, item.client_id, "undo.changed_since")
        documents = ShareDocuments(self.connector, self.ledger)
        reached = RowResult(RowState.UNCHANGED, item.client_id)
        done = await documents.change(item.rows[0], item.client_id, before, remote.sharing, reached)
        return replace(done, state=RowState.UNDONE) if done.state is RowState.UPDATED else done

    async def _restore_fields(self, item: UndoItem, operation: Operation, reached: RowResult) -> RowResult:
        """Give fields their former values, unless they were changed since."""
        former: Mapping[str, str | None] = json.loads(operation.previous_values or "{}")
        remote = await self.connector.client(item.client_id)
        if remote is None:
            return RowResult(RowState.UNDONE, item.client_id)
        now = {field: remote.fields.get(field, "") for field in former}
        kept = {field: value for field, value in former.items() if value is not None}
        if all(now[field] == value for field, value in kept.items()) and len(kept) == len(former):
            return replace(reached, state=RowState.UNDONE)
        if not self.ledger.has_same_content(operation, now):
            return replace(reached, state=RowState.KEPT, reason="undo.changed_since")
        if kept:
            updating = UpdateClient(self.connector, self.ledger, "restore")
            done = await updating.update(item.rows[0], kept, now, reached)
            if done.state is not RowState.UPDATED:
                return done
        if len(kept) < len(former):
            return replace(reached, state=RowState.KEPT, reason="undo.number_not_kept")
        return replace(reached, state=RowState.UNDONE)
