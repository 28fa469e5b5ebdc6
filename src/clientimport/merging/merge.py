"""Merge: several lists become one list of clients, each cell with its source, and everything open named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from clientimport.merging.answers import Answers
from clientimport.merging.cells import Cells, Disagreement, Given, Resolved, resolve
from clientimport.merging.client_list import ClientList, ListedClient
from clientimport.merging.contact_locale import LANGUAGE, LOCALE, with_locale
from clientimport.merging.contacts import EMAIL, persons
from clientimport.merging.evidence import ReviewPair
from clientimport.merging.joining import Contradiction, Joined, join
from clientimport.merging.keys import SharedValue
from clientimport.merging.official_numbers import ALWAYS
from clientimport.merging.preferences import Preferences, rank
from clientimport.model.client import STRONG_IDENTIFIERS
from clientimport.model.platform_schema import PlatformSchema
from clientimport.schema.fields import canonical_fields


@dataclass(frozen=True, slots=True)
class MergeOptions:
    """What a person says about a merge."""

    answers: Answers
    keys: tuple[str, ...] = ALWAYS
    """The fields that join clients by themselves, the strongest first."""
    preferences: Preferences = field(default_factory=Preferences)


@dataclass(frozen=True, slots=True)
class MergedRow:
    """One row of the merged list: the client and one of its contacts."""

    cells: Cells
    open_fields: frozenset[str] = frozenset()
    """Where lists differ and no preference decides."""


@dataclass(frozen=True, slots=True)
class MergedClient:
    """A client with what all lists say about it."""

    name: str
    members: tuple[ListedClient, ...]
    rows: tuple[MergedRow, ...]
    """The first contact's, then one for each further contact."""
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def sources(self) -> frozenset[str]:
        """The names of the lists that have it."""
        return frozenset(member.source for member in self.members)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of one client in which the lists differ."""

    client: str
    disagreement: Disagreement


@dataclass(frozen=True)
class Merge:
    """One list out of several."""

    lists: tuple[ClientList, ...]
    clients: tuple[MergedClient, ...]
    review: tuple[ReviewPair, ...]
    contradictions: tuple[Contradiction, ...]
    shared: tuple[SharedValue, ...]

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Everything in which lists differ, what a preference has decided too."""
        apart = (Conflict(apart.a.name, _disagreement(apart)) for apart in self.contradictions)
        return (
            *apart,
            *(Conflict(client.name, disagreement) for client in self.clients for disagreement in client.disagreements),
        )

    @property
    def open_conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts that are still to be decided."""
        return tuple(conflict for conflict in self.conflicts if conflict.disagreement.is_open)

    @property
    def is_open(self) -> bool:
        """Whether a person has something to decide."""
        return bool(self.open_conflicts or self.review)

    @property
    def both(self) -> int:
        """How many clients are in more than one list."""
        return sum(len(client.sources) > 1 for client in self.clients)

    def only_in(self, name: str) -> tuple[MergedClient, ...]:
        """Return the clients that only this list has."""
        return tuple(client for client in self.clients if client.sources == {name})


def merge(lists: Sequence[ClientList], schema: PlatformSchema, options: MergeOptions) -> Merge:
    """Return the lists as one, in the order of the first list, then what only later ones have."""
    clients = [client for listed in lists for client in listed.clients]
    joined = join(clients, options.keys, options.answers)
    fields = _Fields.of(schema)
    merged = tuple(
        _merge_client([clients[at] for at in cluster], fields, options.preferences) for cluster in joined.clusters
    )
    _require_every_row(lists, joined, clients)
    return Merge(tuple(lists), merged, joined.review, joined.contradictions, joined.shared)


def _require_every_row(lists: Sequence[ClientList], joined: Joined, clients: Sequence[ListedClient]) -> None:
    """Check that each row of the lists is in one merged client, and in one only."""
    placed = sum(len(clients[position].rows) for cluster in joined.clusters for position in cluster)
    assert placed == sum(listed.rows for listed in lists)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The platform's fields: those of a client, and those of its contacts where it may have several."""

    client: tuple[str, ...]
    contact: tuple[str, ...]
    numbers: tuple[str, ...]
    """What the platform's file knows a client by, so that a second row is about the same one."""
    beside: tuple[str, ...] = ()
    """What the platform does not take of a contact, but what it takes is made of."""

    @classmethod
    def of(cls, schema: PlatformSchema) -> _Fields:
        several = "legal_name" in schema.fields  # else the contact is the client
        contact = tuple(name for name in schema.fields if several and canonical_fields()[name].contact)
        client = tuple(name for name in schema.fields if name not in contact)
        numbers = tuple(name for name in client if name in STRONG_IDENTIFIERS)
        beside = (LANGUAGE,) if LOCALE in contact and LANGUAGE not in contact else ()
        return cls(client, contact, numbers, beside)


def _merge_client(members: Sequence[ListedClient], fields: _Fields, preferences: Preferences) -> MergedClient:
    client = resolve(_values(members, fields.client), preferences)
    by_preference = sorted(members, key=lambda member: rank(member.source, preferences.of(EMAIL)))
    contacts = persons(by_preference, (*fields.contact, *fields.beside))
    if LANGUAGE in fields.beside:
        country = client.cells.get("country")
        contacts = [with_locale(contact, country.value if country else "") for contact in contacts]
    people = [resolve(contact, preferences) for contact in contacts] or [Resolved()]
    disagreements = [
        *client.disagreements,
        *(disagreement for person in people for disagreement in person.disagreements),
    ]
    if len(people) > 1 and not any(number in client.cells for number in fields.numbers):
        disagreements.append(_without_row(people))
        people = people[:1]
    rows = tuple(MergedRow(client.cells | person.cells, client.open_fields | person.open_fields) for person in people)
    return MergedClient(members[0].name, tuple(members), rows, tuple(disagreements))


def _values(members: Sequence[ListedClient], fields: Sequence[str]) -> dict[str, list[Given]]:
    """Return what the lists say, by field, in the order of the lists."""
    rows = [(member.source, row) for member in members for row in member.rows]
    values: dict[str, list[Given]] = {}
    for name in fields:
        for source, row in rows:
            if name in row.fields:
                values.setdefault(name, []).append(Given(source, row.number, row.fields[name]))
            elif name in row.unread:
                values.setdefault(name, []).append(Given(source, row.number, row.unread[name], is_read=False))
    return values


def _without_row(people: Sequence[Resolved]) -> Disagreement:
    """Return the further contacts of a client without a number: a second row would be a second client."""
    addresses = tuple(person.cells[EMAIL] for person in people if EMAIL in person.cells)
    taken = people[0].cells.get(EMAIL)
    return Disagreement(EMAIL, addresses, taken.value if taken else None, "second_contact")


def _disagreement(apart: Contradiction) -> Disagreement:
    """Return the two numbers that keep two clients apart."""
    values = (
        Given(client.source, row.number, row.fields[apart.field])
        for client in apart.members
        for row in client.rows
        if apart.field in row.fields
    )
    return Disagreement(apart.field, tuple(values), None, "contradiction")
