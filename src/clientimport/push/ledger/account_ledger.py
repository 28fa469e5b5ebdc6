"""The ledger of one account: a key for every request, the state of every earlier one, and one process at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from clientimport.model.client import display_name
from clientimport.model.clock import Clock
from clientimport.model.normalize import normalize
from clientimport.model.remote import DocumentSharing
from clientimport.push.ledger.client_history import (
    NO_HISTORY,
    ClientHistory,
    ConfirmedOperation,
    client_histories,
)
from clientimport.push.ledger.identity_hmac import IdentityHmac
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.ledger.records import KnownAddress
from clientimport.schema.fields import canonical_fields

MAX_TRIES_WITH_KEY = 2
"""Attempts without effect under one key; https://docs.stripe.com/api/idempotent_requests replays a failure."""
KEY_LIFETIME = timedelta(hours=20)
"""Platforms forget keys after a day at the earliest (same page); an older one could be taken for a new request."""


KnownIdentities = Mapping[str, tuple[str, ...]]
"""What a client is known by: the kind of identity, and its HMAC under the key in use and each one of before."""


@dataclass(frozen=True, slots=True)
class _Intent:
    """What is about to be done for one client."""

    kind: str
    row: int | None
    client_id: str | None = None
    mails_before: int | None = None
    previous_values: str | None = None


class AccountLedger:
    """The operations on one account, in this run and before it."""

    def __init__(
        self, ledger: Ledger, identity_hmac: IdentityHmac, clock: Clock, previous_hmacs: tuple[IdentityHmac, ...] = ()
    ) -> None:
        """`previous_hmacs` recognise what was written with earlier keys; new operations use `identity_hmac`."""
        self.home_ledger = ledger
        self.clock = clock
        self._identity_hmac = identity_hmac
        self._previous_hmacs = previous_hmacs
        self.run = ""
        """The run that asks now."""
        self._last_identified: tuple[Mapping[str, str], KnownIdentities] = {}, {}
        """The fields of the last client and its HMACs: a client is asked for several times in a row."""
        self._addresses: dict[str, KnownAddress] | None = None

    @property
    def account(self) -> str:
        """The account, as `account_key` calls it."""
        return self._identity_hmac.account

    def creations(self, fields: Mapping[str, str]) -> tuple[Operation, ...]:
        """Return every earlier creation of this client, the latest last.

        A reference that two clients share makes them one only where no stronger number differs.
        """
        ours = self._identity_hmacs(fields)
        sharing = self.home_ledger.operations_about(
            self.account, "create", (key for keys in ours.values() for key in keys)
        )
        return tuple(
            operation for operation in sharing if _is_same_client(ours, self.home_ledger.identity_hmacs(operation))
        )

    def has_creations(self) -> bool:
        """Return whether any client was ever created from here; else no creation need be looked up."""
        return self.home_ledger.has_operations(self.account, "create")

    def has_created(self, client_id: str) -> bool:
        """Return whether we created this client ourselves."""
        return any(
            creation.state is OperationState.ACKED for creation in self._operations_for_client("create", client_id)
        )

    def has_created_another(self, client_id: str, fields: Mapping[str, str]) -> bool:
        """Return whether an earlier creation of another client than this one was answered with this id."""
        ours, theirs = self._identity_hmacs(fields), self._operations_for_client("create", client_id)
        acked = (operation for operation in theirs if operation.state is OperationState.ACKED)
        return any(not _is_same_client(ours, self.home_ledger.identity_hmacs(operation)) for operation in acked)

    def doubtful_creation(self, client_id: str) -> Operation | None:
        """Return the creation whose answer named this client, where only a person can decide whether it was meant."""
        return next(
            (creation for creation in self._operations_for_client("create", client_id) if creation.in_doubt), None
        )

    def invitations(self, client_id: str) -> tuple[Operation, ...]:
        """Return every earlier invitation of this client, the latest last."""
        return self._operations_for_client("invite", client_id)

    def has_invited(self, client_id: str) -> bool:
        """Return whether we sent this client a mail."""
        return any(invitation.state is OperationState.ACKED for invitation in self.invitations(client_id))

    def history(self, client_id: str) -> ClientHistory:
        """Return when this client was added and mailed from here, as far as its mails went out in a step of their own.

        Asked anew each time: a mail of a moment ago counts.
        """
        done = (mail for mail in self.invitations(client_id) if mail.state is OperationState.ACKED)
        confirmed = [
            ConfirmedOperation("invite", client_id, datetime.fromisoformat(mail.outcome_at), mail.mails_before)
            for mail in done
            if mail.outcome_at is not None
        ]
        return client_histories(confirmed, creating_mails=False).get(client_id, NO_HISTORY)

    def known_address(self, client_id: str) -> KnownAddress | None:
        """Return what earlier runs remember of this client's address."""
        if self._addresses is None:  # all at once: a portfolio has thousands of clients
            self._addresses = self.home_ledger.addresses(self.account)
        return self._addresses.get(client_id)

    def updates(self, client_id: str) -> tuple[Operation, ...]:
        """Return every earlier update of this client, the latest last."""
        return self._operations_for_client("update", client_id)

    def has_same_content(self, operation: Operation, sent: Mapping[str, object]) -> bool:
        """Return whether this is what `action` sent."""
        return operation.content in self._content_hmacs(sent)

    def contacts(self, client_id: str, contact: Mapping[str, str]) -> tuple[Operation, ...]:
        """Return every earlier attempt to add this contact person, the latest last."""
        return self.home_ledger.operations_about(self.account, "contact", self._contact_hmacs(client_id, contact))

    async def begin_create(
        self, row: int, fields: Mapping[str, str], sent: Mapping[str, object] | None = None
    ) -> Operation:
        """Commit that this client is about to be created; `sent`: what is sent beside its fields, too."""
        # Options were no part of a content under the former keys; what is still on its way under one keeps its key.
        contents = (
            self._identity_hmac.content_hmac(sent or fields),
            *(keys.content_hmac(fields) for keys in self._previous_hmacs),
        )
        return await self._begin(_Intent("create", row), self._identity_hmacs(fields), self.creations(fields), contents)

    async def begin_contact(self, row: int, client_id: str, contact: Mapping[str, str]) -> Operation:
        """Commit that this contact person is about to be added."""
        subject = self._contact_hmacs(client_id, contact)
        before = self.home_ledger.operations_about(self.account, "contact", subject)
        return await self._begin(
            _Intent("contact", row, client_id), {"contact": subject}, before, self._content_hmacs(contact)
        )

    def has_shared(self, client_id: str, sharing: DocumentSharing) -> bool:
        """Return whether we shared this client's documents so, and did not change that since."""
        done = [
            operation
            for operation in self._operations_for_client("share", client_id)
            if operation.state is OperationState.ACKED
        ]
        return bool(done) and self.has_same_content(done[-1], _sharing_fields(sharing))

    def rejected_sharing(self, client_id: str, sharing: DocumentSharing | None) -> Operation | None:
        """Return the last attempt to share this client's documents, where it was the same and rejected."""
        last = next(reversed(self._operations_for_client("share", client_id)), None)
        refused = last is not None and last.state is OperationState.REFUSED
        return last if last is not None and refused and self.has_same_content(last, _sharing_fields(sharing)) else None

    async def begin_sharing(
        self, row: int | None, client_id: str, sharing: DocumentSharing | None, former: DocumentSharing | None
    ) -> Operation:
        """Commit that a client's documents are about to be shared so, or no longer; `former` is how they were."""
        subject = self._content_hmacs({"client_id": client_id})
        before, content = self._operations_for_client("share", client_id), self._content_hmacs(_sharing_fields(sharing))
        previous = json.dumps(_sharing_fields(former))
        return await self._begin(
            _Intent("share", row, client_id, previous_values=previous), {"client": subject}, before, content
        )

    async def begin_removal(self, row: int | None, client_id: str, contact: Mapping[str, str]) -> Operation:
        """Commit that this contact person is about to be removed."""
        subject = self._contact_hmacs(client_id, contact)
        before = self.home_ledger.operations_about(self.account, "remove", subject)
        return await self._begin(_Intent("remove", row, client_id), {"contact": subject}, before, subject)

    async def begin_invite(self, row: int | None, client_id: str, mails_before: int | None) -> Operation:
        """Commit that this client is about to get its mail."""
        subject = self._content_hmacs({"client_id": client_id})
        before = self.invitations(client_id)
        return await self._begin(_Intent("invite", row, client_id, mails_before), {"client": subject}, before, subject)

    async def begin_update(
        self,
        row: int | None,
        client_id: str,
        fields: Mapping[str, str],
        former: Mapping[str, str],
        kind: str = "update",
    ) -> Operation:
        """Commit that these fields are about to be overwritten; `former` is kept, of national numbers only that."""
        subject = self._content_hmacs({"client_id": client_id})
        before = self._operations_for_client(kind, client_id)
        previous = json.dumps(
            {field: None if canonical_fields()[field].masked else value for field, value in former.items()}
        )
        return await self._begin(
            _Intent(kind, row, client_id, previous_values=previous),
            {"client": subject},
            before,
            self._content_hmacs(fields),
        )

    async def begin_delete(self, row: int | None, client_id: str) -> Operation:
        """Commit that this client is about to be deleted."""
        subject = self._content_hmacs({"client_id": client_id})
        before = self._operations_for_client("delete", client_id)
        return await self._begin(_Intent("delete", row, client_id), {"client": subject}, before, subject)

    def record_outcome(
        self, operation: Operation, state: OperationState, client_id: str | None = None, reason: str | None = None
    ) -> None:
        """Write what became of an operation."""
        self.home_ledger.record_outcome(operation, state, self.clock.timestamp(), client_id, reason)

    def _operations_for_client(self, kind: str, client_id: str) -> tuple[Operation, ...]:
        return self.home_ledger.operations_for_client(self.account, kind, client_id)

    def _identity_hmacs(self, fields: Mapping[str, str]) -> KnownIdentities:
        """Return the HMACs of a client's identities; of all its fields where it has no identity."""
        last_fields, hmacs = self._last_identified
        if last_fields is not fields:
            under = [
                keys.identity_hmacs(fields) or {"content": keys.content_hmac(fields)} for keys in self._generations()
            ]
            hmacs = {kind: tuple(of[kind] for of in under) for kind in under[0]}
            self._last_identified = fields, hmacs
        return hmacs

    def _contact_hmacs(self, client_id: str, contact: Mapping[str, str]) -> tuple[str, ...]:
        email, name = contact.get("contact_email", "").casefold(), normalize(display_name(contact))
        return self._content_hmacs({"client_id": client_id, "email": email, "name": name})

    def _content_hmacs(self, sent: Mapping[str, object]) -> tuple[str, ...]:
        return tuple(keys.content_hmac(sent) for keys in self._generations())

    def _generations(self) -> tuple[IdentityHmac, ...]:
        """Return the keys in use, and those of before."""
        return (self._identity_hmac, *self._previous_hmacs)

    async def _begin(
        self,
        intent: _Intent,
        identities: KnownIdentities,
        before: tuple[Operation, ...],
        contents: tuple[str, ...],
    ) -> Operation:
        """Commit an operation before it is sent; `before` are the earlier ones of its kind, the latest last."""
        subjects = next(iter(identities.values()))
        operation = Operation(
            id=0,
            run=self.run,
            row=intent.row,
            kind=intent.kind,
            subject=subjects[0],
            content=contents[0],
            key=self._idempotency_key(intent.kind, subjects, contents, before),
            state=OperationState.INTENT,
            client_id=intent.client_id,
            mails_before=intent.mails_before,
            reason=None,
            previous_values=intent.previous_values,
        )
        hmacs = {kind: keys[0] for kind, keys in identities.items()}
        begun = self.home_ledger.begin_operation(operation, self.account, hmacs, self.clock.timestamp())
        await self.home_ledger.wait_for_commit()
        return begun

    def _idempotency_key(
        self, kind: str, subjects: tuple[str, ...], contents: tuple[str, ...], before: tuple[Operation, ...]
    ) -> str:
        """Return the key of the last attempt if it may still be on its way with the same content, else a new one.

        A platform that honours keys then carries out only one of the two. After a yes or a no the old key would only
        bring the old answer again; so it does where a platform keeps its failure, hence not a third time.
        """
        last = before[-1] if before else None
        if (
            last is not None
            and last.subject in subjects
            and last.content in contents
            and self._may_be_on_its_way(last, before)
        ):
            return last.key
        return self._identity_hmac.idempotency_key(kind, subjects[0], len({operation.key for operation in before}))

    def _may_be_on_its_way(self, last: Operation, before: tuple[Operation, ...]) -> bool:
        failed = sum(operation.key == last.key and operation.state is OperationState.ABSENT for operation in before)
        open_ended = last.state in (OperationState.UNSENT, OperationState.ABSENT)
        return open_ended and failed < MAX_TRIES_WITH_KEY and last.outcome_within(KEY_LIFETIME, self.clock.now())


def _sharing_fields(sharing: DocumentSharing | None) -> dict[str, str]:
    return {} if sharing is None else sharing.fields


def _is_same_client(ours: KnownIdentities, theirs: Mapping[str, str]) -> bool:
    """Return whether the strongest kind of identity that both have is the same at both.

    >>> _is_same_client({"company_number": ("1",), "external_reference": ("K",)}, {"company_number": "2"})
    False
    """
    kind = next((kind for kind in ours if kind in theirs), None)
    return kind is not None and theirs[kind] in ours[kind]
