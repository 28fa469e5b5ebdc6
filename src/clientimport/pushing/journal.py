"""The journal: the ledger seen from one account, with a key for every request and the state of every earlier one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import timedelta

from clientimport.client import display_name
from clientimport.clock import Clock
from clientimport.folding import folded
from clientimport.pushing.action import Action, ActionState
from clientimport.pushing.identity_key import IdentityKeys
from clientimport.pushing.ledger import KnownAddress, Ledger
from clientimport.vocabulary import vocabulary

KEY_TRIES = 2
"""Attempts without effect under one key; https://docs.stripe.com/api/idempotent_requests replays a failure."""
KEY_LIFE = timedelta(hours=20)
"""Platforms forget keys after a day at the earliest (same page); an older one could be taken for a new request."""

_NATIONAL_NUMBER = re.compile(r"(?<![\d+])\d{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]?\d{3}[ .-]?(\d{2})(?!\d)")


class Journal:
    """What is asked of one account, and what was ever asked before."""

    def __init__(self, ledger: Ledger, keys: IdentityKeys, clock: Clock) -> None:
        self.ledger = ledger
        self.clock = clock
        self._keys = keys
        self.run = ""
        """The run that asks now."""
        self._known: tuple[Mapping[str, str], Mapping[str, str]] = {}, {}
        """The client last asked for and what it is known by: it is asked for several times in a row."""
        self._addresses: dict[str, KnownAddress] | None = None

    @property
    def account(self) -> str:
        """Whose journal it is: platform and account id."""
        return self._keys.account

    def creations(self, fields: Mapping[str, str]) -> tuple[Action, ...]:
        """Return every earlier creation of this client, the latest last.

        A reference that two clients share makes them one only where no stronger number tells them apart.
        """
        ours = self._who(fields)
        sharing = self.ledger.about(self.account, "create", ours.values())
        return tuple(action for action in sharing if _same(ours, self.ledger.subjects(action)))

    def created(self, client_id: str) -> bool:
        """Return whether we created this client ourselves."""
        return any(one.state is ActionState.ACKED for one in self._for_client("create", client_id))

    def invitations(self, client_id: str) -> tuple[Action, ...]:
        """Return every earlier invitation of this client, the latest last."""
        return self._for_client("invite", client_id)

    def invited(self, client_id: str) -> bool:
        """Return whether we sent this client a mail."""
        return any(one.state is ActionState.ACKED for one in self.invitations(client_id))

    def address(self, client_id: str) -> KnownAddress | None:
        """Return what earlier runs remember of this client's address."""
        if self._addresses is None:  # all at once: a portfolio has thousands of clients
            self._addresses = self.ledger.addresses(self.account)
        return self._addresses.get(client_id)

    def updates(self, client_id: str) -> tuple[Action, ...]:
        """Return every earlier update of this client, the latest last."""
        return self._for_client("update", client_id)

    def same(self, action: Action, content: Mapping[str, str]) -> bool:
        """Return whether this is what `action` said."""
        return action.content == self._keys.content(content)

    def contacts(self, client_id: str, contact: Mapping[str, str]) -> tuple[Action, ...]:
        """Return every earlier attempt to add this contact person, the latest last."""
        return self.ledger.about(self.account, "contact", (self._contact(client_id, contact),))

    async def intend_create(self, row: int, fields: Mapping[str, str]) -> Action:
        """Commit that this client is about to be created."""
        return await self._intend("create", row, self._who(fields), self.creations(fields), self._keys.content(fields))

    async def intend_contact(self, row: int, client_id: str, contact: Mapping[str, str]) -> Action:
        """Commit that this contact person is about to be added."""
        subject = self._contact(client_id, contact)
        before = self.ledger.about(self.account, "contact", (subject,))
        return await self._intend("contact", row, {"contact": subject}, before, self._keys.content(contact), client_id)

    async def intend_invite(self, row: int | None, client_id: str, mails_before: int | None) -> Action:
        """Commit that this client is about to get its mail."""
        subject = self._keys.content({"client_id": client_id})
        before = self.invitations(client_id)
        return await self._intend("invite", row, {"client": subject}, before, subject, client_id, mails_before)

    async def intend_update(
        self,
        row: int | None,
        client_id: str,
        fields: Mapping[str, str],
        former: Mapping[str, str],
        kind: str = "update",
    ) -> Action:
        """Commit that these fields are about to be overwritten; `former` is kept, of national numbers only that."""
        subject = self._keys.content({"client_id": client_id})
        before = self._for_client(kind, client_id)
        kept = json.dumps({field: None if vocabulary()[field].masked else value for field, value in former.items()})
        return await self._intend(
            kind, row, {"client": subject}, before, self._keys.content(fields), client_id, former=kept
        )

    async def intend_delete(self, row: int | None, client_id: str) -> Action:
        """Commit that this client is about to be deleted."""
        subject = self._keys.content({"client_id": client_id})
        before = self._for_client("delete", client_id)
        return await self._intend("delete", row, {"client": subject}, before, subject, client_id)

    def settle(
        self, action: Action, state: ActionState, client_id: str | None = None, reason: str | None = None
    ) -> None:
        """Write what became of an action."""
        words = None if reason is None else without_national_numbers(reason)
        self.ledger.settle(action, state, self.clock.stamp(), client_id, words)

    def _for_client(self, kind: str, client_id: str) -> tuple[Action, ...]:
        return self.ledger.for_client(self.account, kind, client_id)

    def _who(self, fields: Mapping[str, str]) -> Mapping[str, str]:
        """Return what a client is known by; one without any identity by everything that is said of it."""
        asked, known = self._known
        if asked is not fields:
            known = self._keys.identities(fields) or {"content": self._keys.content(fields)}
            self._known = fields, known
        return known

    def _contact(self, client_id: str, contact: Mapping[str, str]) -> str:
        email, name = contact.get("contact_email", "").casefold(), folded(display_name(contact))
        return self._keys.content({"client_id": client_id, "email": email, "name": name})

    async def _intend(  # noqa: PLR0913, PLR0917 -- one action has that many sides
        self,
        kind: str,
        row: int | None,
        identities: Mapping[str, str],
        before: tuple[Action, ...],
        content: str,
        client_id: str | None = None,
        mails_before: int | None = None,
        former: str | None = None,
    ) -> Action:
        subject = next(iter(identities.values()))
        key = self._key(kind, subject, content, before)
        intent = ActionState.INTENT
        action = Action(0, self.run, row, kind, subject, content, key, intent, client_id, mails_before, None, former)
        intended = self.ledger.intend(action, self.account, identities, self.clock.stamp())
        await self.ledger.committed()
        return intended

    def _key(self, kind: str, subject: str, content: str, before: tuple[Action, ...]) -> str:
        """Return the key of the last attempt if it may still be on its way with the same content, else a new one.

        A platform that honours keys then carries out only one of the two. After a yes or a no the old key would only
        bring the old answer again; so it does where a platform keeps its failure, hence not a third time.
        """
        last = before[-1] if before else None
        if last is not None and (last.subject, last.content) == (subject, content) and self._on_its_way(last, before):
            return last.key
        return self._keys.request(kind, subject, len({one.key for one in before}))

    def _on_its_way(self, last: Action, before: tuple[Action, ...]) -> bool:
        failed = sum(one.key == last.key and one.state is ActionState.ABSENT for one in before)
        open_ended = last.state in (ActionState.UNSENT, ActionState.ABSENT)
        return open_ended and failed < KEY_TRIES and last.settled_within(KEY_LIFE, self.clock.now())


def _same(ours: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Tell whether the strongest kind of identity that both have is the same at both.

    >>> _same({"company_number": "1", "external_reference": "K"}, {"company_number": "2", "external_reference": "K"})
    False
    """
    kind = next((kind for kind in ours if kind in theirs), None)
    return kind is not None and ours[kind] == theirs[kind]


def without_national_numbers(text: str) -> str:
    """Return a platform's reason with every national register number masked, a mistyped one too: it is nearly right.

    >>> without_national_numbers("85073003328 is taken, call +32470123456")
    '**.**.**-***.28 is taken, call +32470123456'
    """
    return _NATIONAL_NUMBER.sub(r"**.**.**-***.\1", text)
