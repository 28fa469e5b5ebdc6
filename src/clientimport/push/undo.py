"""Undoing: what a run created and overwrote is taken back as far as the platform allows; mails are only told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from clientimport.connectors.protocol import Connector, DocumentSharing, PlatformRejected, RemoteClient, has_contact
from clientimport.errors import UsageError
from clientimport.model.client import display_name
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.ledger import RowRecord, RunRecord
from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.operations.attempt import attempt
from clientimport.push.operations.share import ShareDocuments
from clientimport.push.operations.update import UpdateClient
from clientimport.push.run_result import RowResult, RowState, RunResult
from clientimport.push.runner import UNDO, Job, Progress, Runner, new_run_id

UNDOABLE_KINDS = ("create", "update", "contact", "share", "invite")
"""What a run does to a client, as the ledger calls it."""


@dataclass(frozen=True, slots=True)
class UndoItem:
    """What one run did to one client, and how far that can be taken back."""

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
        """Whether the client goes: we made it, it is a draft still, and nobody was mailed."""
        return (
            self.created and self.remote is not None and self.remote.status == "draft" and not self.remote.invitations
        )

    @property
    def has_changes_to_restore(self) -> bool:
        """Whether something of a client that stays is taken back."""
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
    """Return what a run did, client by client; `run` holds its actions and `clients` what the platform has now."""
    there = {client.client_id: client for client in clients}
    standing: dict[str, list[int | None]] = {}
    for row in rows:
        standing.setdefault(row.client_id or "", []).append(row.row)
    mine: dict[str, list[Operation]] = {}
    for action in run:
        if action.client_id is not None and action.kind in UNDOABLE_KINDS and _may_be_done(action):
            mine.setdefault(action.client_id, []).append(action)
    return tuple(
        UndoItem(
            client_id,
            tuple(standing.get(client_id, (None,))),
            there.get(client_id),
            any(one.kind == "create" for one in actions),
            tuple(one for one in actions if one.kind == "update"),
            any(one.kind == "invite" for one in actions),
            tuple(one for one in actions if one.kind == "contact"),
            next((one for one in actions if one.kind == "share"), None),
        )
        for client_id, actions in mine.items()
    )


def _may_be_done(action: Operation) -> bool:
    """Tell whether it happened; what can be seen on the platform may have, though nobody heard the answer."""
    return action.state is OperationState.ACKED or (
        action.kind in ("update", "contact", "share") and action.is_unresolved
    )


def worse_result(one: RowResult, other: RowResult) -> RowResult:
    """Return the outcome that is further from being taken back.

    >>> worse_result(RowResult(RowState.UNDONE), RowResult(RowState.KEPT)).state
    <RowState.KEPT: 'kept'>
    """
    order = (RowState.UNCHANGED, RowState.UNDONE)
    rank = {state: at for at, state in enumerate(order)}
    return max(one, other, key=lambda outcome: rank.get(outcome.state, len(order)))


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
    jobs = [Job(one.rows, partial(taking_back.steps, one), name=one.name) for one in items]
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

    async def steps(self, one: UndoItem) -> AsyncIterator[RowResult]:
        """Yield what is reached for one client."""
        if one.remote is None:
            yield RowResult(RowState.UNDONE, one.client_id)
        elif one.can_be_deleted:
            yield await self._deleted(one)
        else:
            reached = RowResult(RowState.UNCHANGED, one.client_id)
            for action in reversed(one.updates):
                reached = await self._restored(one, action, reached)
            if one.contacts:
                reached = worse_result(reached, await self._without_contacts(one))
            if one.sharing is not None:
                reached = worse_result(reached, await self._unshared(one, one.sharing))
            yield replace(reached, state=RowState.KEPT, reason=one.kept_reason) if one.kept_reason else reached

    async def _deleted(self, one: UndoItem) -> RowResult:
        reason = await attempt(
            self.ledger,
            lambda: self.ledger.begin_delete(one.rows[0], one.client_id),
            lambda: self.connector.delete(one.client_id),
            lambda: self._gone(one.client_id),
        )
        if reason is not None:
            return RowResult(RowState.KEPT, one.client_id, reason)
        return RowResult(RowState.UNDONE, one.client_id)

    async def _gone(self, client_id: str) -> bool:
        return await self.connector.client(client_id) is None

    async def _without_contacts(self, one: UndoItem) -> RowResult:
        """Remove the contacts that the run added, as far as they are still what it added."""
        remote = await self.connector.client(one.client_id)
        added = {action.id for action in one.contacts}
        there = remote.contacts or () if remote is not None else ()
        ours = [one_ for one_ in there if added & {a.id for a in self.ledger.contacts(one.client_id, one_)}]
        for contact in ours:
            if not await self._removed(one, contact):
                return RowResult(RowState.KEPT, one.client_id, "undo.contact_kept")
        kept = remote is not None and len(ours) < len(one.contacts) and len(there) > len(ours)
        return RowResult(
            RowState.KEPT if kept else RowState.UNDONE, one.client_id, "undo.contact_kept" if kept else None
        )

    async def _removed(self, one: UndoItem, contact: Mapping[str, str]) -> bool:
        """Return whether a contact is gone; not where the platform's API has no way to remove one."""
        email = contact.get("contact_email", "")

        async def remove() -> None:
            try:
                await self.connector.remove_contact(one.client_id, email)
            except UsageError as error:  # there is no such path
                raise PlatformRejected(error.code) from error

        reason = await attempt(
            self.ledger,
            lambda: self.ledger.begin_removal(one.rows[0], one.client_id, contact),
            remove,
            lambda: self._without_contact(one.client_id, email),
        )
        return reason is None

    async def _without_contact(self, client_id: str, email: str) -> bool:
        remote = await self.connector.client(client_id)
        return remote is None or not has_contact(remote, email)

    async def _unshared(self, one: UndoItem, action: Operation) -> RowResult:
        """Share the documents as before the run, unless somebody has changed that since."""
        remote, former = await self.connector.client(one.client_id), json.loads(action.previous_values or "{}")
        before = DocumentSharing(former["email"], former["channel"]) if former else None
        if remote is None or remote.sharing == before:
            return RowResult(RowState.UNDONE, one.client_id)
        if remote.sharing is None or not self.ledger.has_same_content(action, remote.sharing.fields):
            return RowResult(RowState.KEPT, one.client_id, "undo.changed_since")
        documents = ShareDocuments(self.connector, self.ledger)
        reached = RowResult(RowState.UNCHANGED, one.client_id)
        done = await documents.change(one.rows[0], one.client_id, before, remote.sharing, reached)
        return replace(done, state=RowState.UNDONE) if done.state is RowState.UPDATED else done

    async def _restored(self, one: UndoItem, action: Operation, reached: RowResult) -> RowResult:
        """Give fields their former values, unless somebody has changed them since."""
        former: Mapping[str, str | None] = json.loads(action.previous_values or "{}")
        remote = await self.connector.client(one.client_id)
        if remote is None:
            return RowResult(RowState.UNDONE, one.client_id)
        now = {field: remote.fields.get(field, "") for field in former}
        kept = {field: value for field, value in former.items() if value is not None}
        if all(now[field] == value for field, value in kept.items()) and len(kept) == len(former):
            return replace(reached, state=RowState.UNDONE)
        if not self.ledger.has_same_content(action, now):
            return replace(reached, state=RowState.KEPT, reason="undo.changed_since")
        if kept:
            updating = UpdateClient(self.connector, self.ledger, "restore")
            done = await updating.update(one.rows[0], kept, now, reached)
            if done.state is not RowState.UPDATED:
                return done
        if len(kept) < len(former):
            return replace(reached, state=RowState.KEPT, reason="undo.number_not_kept")
        return replace(reached, state=RowState.UNDONE)
