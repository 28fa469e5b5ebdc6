"""One account's clients: added, changed, invited and deleted as the platform's rules allow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from clientimport.sandbox.api_error import ApiError, FieldError, invalid, unknown
from clientimport.sandbox.attribute import Body, unknown_names
from clientimport.sandbox.identity import SEARCHED, keys, searchable
from clientimport.sandbox.platform_rules import PlatformLists, PlatformRules
from clientimport.sandbox.request_parsing import ResultPage
from clientimport.sandbox.server_state import ServerState, account_of
from clientimport.sandbox.store import StoredClient, StoredMail

DELETABLE = ("draft", "archived", "lost")


@dataclass(frozen=True, slots=True)
class ClientService:
    """The clients of one office on one platform. Every method raises ApiError; writing ones want a transaction."""

    world: ServerState
    platform: PlatformRules
    office: str
    new_id: Callable[[], str]

    @property
    def account(self) -> str:
        """What the store keeps these clients under."""
        return account_of(self.platform.id, self.office)

    def add(self, body: Body) -> StoredClient:
        """Keep a new client as a draft."""
        self._require_known(body)
        given = {name: value for name, value in body.items() if value is not None}
        state = next(iter(self.platform.states))
        client = StoredClient(self.new_id(), self.account, state, 0, {**self.platform.unasked, **given})
        self.world.store.add(client, self._sound(client))
        return client

    def change(self, client_id: str, patch: Body) -> StoredClient:
        """Overwrite the attributes that `patch` names; None clears one."""
        client = self.get(client_id)
        self._require_known(patch)
        merged = {name: value for name, value in {**client.body, **patch}.items() if value is not None}
        changed = replace(client, body=merged)
        # What was wrong before, such as a template deleted since, is not this change's fault.
        before = {wrong for wrong in self._wrong(client) if wrong.field not in patch}
        self.world.store.replace(changed, self._sound(changed, before))
        return changed

    def get(self, client_id: str) -> StoredClient:
        """Return one client of this account."""
        client = self.world.store.client(client_id)
        if client is None or client.account != self.account:
            raise unknown("Client")
        return client

    def page(self, page: ResultPage, query: Mapping[str, str]) -> tuple[Iterator[StoredClient], int]:
        """Return the clients that a query's filters find, or else those of a page, and the number of the last page."""
        store = self.world.store
        filters = {name: value for name, value in query.items() if name not in {"page", "pageSize"}}
        if not filters:
            return store.page(self.account, page.start, page.size), page.last(store.count(self.account))
        canonical = {one.name: one.canonical for one in self.platform.attributes if one.canonical in SEARCHED}
        (name, value), *others = filters.items()
        if others or name not in canonical:
            raise ApiError(400, "BAD_REQUEST", f"Filter by one of {', '.join(canonical)}")
        kind = canonical[name]
        return store.find(self.account, kind, searchable(kind, value)), page.first

    def add_contact(self, client_id: str, contact: Body) -> None:
        """Keep a further contact person of a client."""
        client = self.get(client_id)
        contacts = [*client.body["contacts"], contact]
        changed = replace(client, body={**client.body, "contacts": contacts})
        self.world.store.replace(changed, keys(self.platform.canonical(changed.body)))

    def remove_contact(self, client_id: str, email: str) -> None:
        """Forget a further contact person of a client."""
        client = self.get(client_id)
        others = [one for one in client.body["contacts"] if one["email"].casefold() != email.casefold()]
        if len(others) == len(client.body["contacts"]):
            raise unknown("Contact")
        changed = replace(client, body={**client.body, "contacts": others})
        self.world.store.replace(changed, keys(self.platform.canonical(changed.body)))

    def delete(self, client_id: str) -> None:
        """Forget a client that the platform lets go."""
        client = self.get(client_id)
        if self.platform.states[client.status] not in DELETABLE:
            raise ApiError(409, "CLIENT_NOT_DELETABLE", f"A client that is {client.status} cannot be deleted")
        self.world.store.delete(client_id)

    def send(self, client_id: str) -> str:
        """Send the client its mail, again if need be, and return the platform's word for its new state."""
        client = self.get(client_id)
        if self.platform.states[client.status] == "active":
            raise ApiError(409, "ALREADY_ACTIVE", "The client is active already")
        status = self.platform.word("invited")
        assert status
        return self.mail(client_id, status)

    def mail(self, client_id: str, status: str) -> str:
        """Send the client its mail and put it in this state, the platform's word for which is returned."""
        client = self.get(client_id)
        number = client.invitations + 1
        self.world.store.mark(client_id, status, number)
        mail = StoredMail(self.account, client_id, client.body[self.platform.recipient], self.platform.mail, number)
        self.world.store.send(mail)
        return status

    def _require_known(self, body: Body) -> None:
        names = self.platform.extras.union(attribute.name for attribute in self.platform.attributes)
        if wrong := tuple(unknown_names(names, body)):
            raise invalid(*wrong)

    def _wrong(self, client: StoredClient) -> Iterator[FieldError]:
        configurations = self.world.store.configurations(self.account)
        lists = PlatformLists(self.world.setup, configurations, self.world.options.strict_users)
        return self.platform.wrong(client.body, lists)

    def _sound(self, client: StoredClient, known: Collection[FieldError] = ()) -> list[tuple[str, str]]:
        """Return what the client is found by, once it keeps the rules and is nobody else's double."""
        if wrong := tuple(one for one in self._wrong(client) if one not in known):
            raise invalid(*wrong)
        found_by = list(keys(self.platform.canonical(client.body)))
        if not self.world.options.allow_duplicates:
            self._require_new(client, found_by)
        return found_by

    def _require_new(self, client: StoredClient, found_by: list[tuple[str, str]]) -> None:
        for kind, value in found_by:
            if kind == "identity":
                for known in self.world.store.find(self.account, kind, value):
                    if known.id != client.id:
                        detail = f"A client with the same identity exists: {known.id}"
                        raise ApiError(409, "CLIENT_ALREADY_EXISTS", detail, client_id=known.id)
