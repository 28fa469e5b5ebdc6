"""The clients of one account, which are added, changed, invited and deleted as the platform's rules allow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from clientimport.sandbox.api_error import ApiError, FieldError, invalid, not_found
from clientimport.sandbox.attribute import Body, unknown_names
from clientimport.sandbox.identity import SEARCH_FIELDS, search_keys, search_value
from clientimport.sandbox.platform_rules import PlatformLists, PlatformRules
from clientimport.sandbox.request_parsing import ResultPage
from clientimport.sandbox.server_state import ServerState, account_key
from clientimport.sandbox.store import StoredClient, StoredMail

DELETABLE = ("draft", "archived", "lost")


@dataclass(frozen=True, slots=True)
class ClientService:
    """The clients of one office on one platform. Every method raises ApiError; one that writes needs a transaction."""

    state: ServerState
    platform: PlatformRules
    office: str
    new_id: Callable[[], str]

    @property
    def account(self) -> str:
        """The account's key in the store."""
        return account_key(self.platform.id, self.office)

    def add(self, body: Body) -> StoredClient:
        """Store a new client in the platform's first state."""
        self._require_known_names(body)
        given = {name: value for name, value in body.items() if value is not None}
        state = next(iter(self.platform.states))
        client = StoredClient(self.new_id(), self.account, state, 0, {**self.platform.defaults, **given})
        self.state.store.add(client, self._validated_keys(client))
        return client

    def change(self, client_id: str, patch: Body) -> StoredClient:
        """Overwrite the attributes that `patch` names and return the client; None clears an attribute."""
        client = self.get(client_id)
        self._require_known_names(patch)
        merged = {name: value for name, value in {**client.body, **patch}.items() if value is not None}
        changed = replace(client, body=merged)
        # An error that was there before, such as a template deleted since, does not come from this change.
        earlier = {error for error in self._errors(client) if error.field not in patch}
        self.state.store.replace(changed, self._validated_keys(changed, earlier))
        return changed

    def get(self, client_id: str) -> StoredClient:
        """Return one client of this account."""
        client = self.state.store.client(client_id)
        if client is None or client.account != self.account:
            raise not_found("Client")
        return client

    def page(self, page: ResultPage, query: Mapping[str, str]) -> tuple[Iterator[StoredClient], int]:
        """Return the clients that match the query's filter, or those of a page, and the number of the last page."""
        store = self.state.store
        filters = {name: value for name, value in query.items() if name not in {"page", "pageSize"}}
        if not filters:
            return store.page(self.account, page.start, page.size), page.last(store.count(self.account))
        attributes = self.platform.attributes
        canonical = {field.name: field.canonical for field in attributes if field.canonical in SEARCH_FIELDS}
        (name, value), *others = filters.items()
        if others or name not in canonical:
            raise ApiError(400, "BAD_REQUEST", f"Filter by one of {', '.join(canonical)}")
        kind = canonical[name]
        return store.find(self.account, kind, search_value(kind, value)), page.first

    def add_contact(self, client_id: str, contact: Body) -> None:
        """Add a further contact person to a client."""
        client = self.get(client_id)
        contacts = [*client.body["contacts"], contact]
        changed = replace(client, body={**client.body, "contacts": contacts})
        self.state.store.replace(changed, search_keys(self.platform.canonical(changed.body)))

    def remove_contact(self, client_id: str, email: str) -> None:
        """Remove a further contact person of a client."""
        client = self.get(client_id)
        others = [other for other in client.body["contacts"] if other["email"].casefold() != email.casefold()]
        if len(others) == len(client.body["contacts"]):
            raise not_found("Contact")
        changed = replace(client, body={**client.body, "contacts": others})
        self.state.store.replace(changed, search_keys(self.platform.canonical(changed.body)))

    def delete(self, client_id: str) -> None:
        """Delete a client whose state allows it."""
        client = self.get(client_id)
        if self.platform.states[client.status] not in DELETABLE:
            raise ApiError(409, "CLIENT_NOT_DELETABLE", f"A client that is {client.status} cannot be deleted")
        self.state.store.delete(client_id)

    def send(self, client_id: str) -> str:
        """Send the client its mail, also a second time, and return the platform's word for its new state."""
        client = self.get(client_id)
        if self.platform.states[client.status] == "active":
            raise ApiError(409, "ALREADY_ACTIVE", "The client is active already")
        status = self.platform.word("invited")
        assert status
        return self.mail(client_id, status)

    def mail(self, client_id: str, status: str) -> str:
        """Send the client its mail, set its state to `status` and return that."""
        client = self.get(client_id)
        number = client.invitations + 1
        self.state.store.set_status(client_id, status, number)
        mail = StoredMail(self.account, client_id, client.body[self.platform.recipient], self.platform.mail, number)
        self.state.store.add_mail(mail)
        return status

    def _require_known_names(self, body: Body) -> None:
        names = self.platform.extras.union(attribute.name for attribute in self.platform.attributes)
        if errors := tuple(unknown_names(names, body)):
            raise invalid(*errors)

    def _errors(self, client: StoredClient) -> Iterator[FieldError]:
        configurations = self.state.store.configurations(self.account)
        lists = PlatformLists(self.state.seed_data, configurations, self.state.options.strict_users)
        return self.platform.errors(client.body, lists)

    def _validated_keys(self, client: StoredClient, accepted: Collection[FieldError] = ()) -> list[tuple[str, str]]:
        """Return the search keys of a client. Raises ApiError for errors not in `accepted`, and for a duplicate."""
        if errors := tuple(error for error in self._errors(client) if error not in accepted):
            raise invalid(*errors)
        client_keys = list(search_keys(self.platform.canonical(client.body)))
        if not self.state.options.allow_duplicates:
            self._require_new(client, client_keys)
        return client_keys

    def _require_new(self, client: StoredClient, client_keys: list[tuple[str, str]]) -> None:
        for kind, value in client_keys:
            if kind == "identity":
                for other in self.state.store.find(self.account, kind, value):
                    if other.id != client.id:
                        detail = f"A client with the same identity exists: {other.id}"
                        raise ApiError(409, "CLIENT_ALREADY_EXISTS", detail, client_id=other.id)
