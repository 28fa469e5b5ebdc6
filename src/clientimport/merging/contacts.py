"""Contacts of a merged client: the same e-mail address, or the same name, is one person; others are further ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clientimport.merging.cells import Given
from clientimport.merging.client_list import ListedClient
from clientimport.model.client import display_name
from clientimport.model.normalize import normalize

EMAIL = "contact_email"
Person = dict[str, list[Given]]
"""What the lists say about one contact, by field."""


def persons(clients: Sequence[ListedClient], fields: Sequence[str]) -> list[Person]:
    """Return the contacts in these clients, the first list's first."""
    contacts: list[Person] = []
    for person in _persons_in(clients, fields):
        position = _same_person(person, contacts)
        if position is None:
            contacts.append(person)
        else:
            for name, given in person.items():
                contacts[position].setdefault(name, []).extend(given)
    return contacts


def _persons_in(clients: Sequence[ListedClient], fields: Sequence[str]) -> Iterator[Person]:
    for client in clients:
        for row in client.rows:
            for values in (row.fields, *row.contacts):
                person = {name: [Given(client.source, row.number, values[name])] for name in fields if name in values}
                if values is row.fields:
                    unread = ((name, row.unread[name]) for name in fields if name in row.unread)
                    person |= {name: [Given(client.source, row.number, text, is_read=False)] for name, text in unread}
                if person:
                    yield person


def _same_person(person: Person, found: Sequence[Person]) -> int | None:
    """Return which of these contacts a person is; None for a further one.

    Only two people who both have a name and an address are two contacts: what is left of others belongs to the first,
    where it fills what is empty or differs.
    """
    email, name = _email(person), _name(person)
    for at, other in enumerate(found):
        if email and email == _email(other):
            return at
    for at, other in enumerate(found):
        if name and name == _name(other):
            return at
    if not found or (email and name and _email(found[0]) and _name(found[0])):
        return None
    return 0


def _email(person: Person) -> str:
    return next((given.value.casefold() for given in person.get(EMAIL, ()) if given.is_read), "")


def _name(person: Person) -> str:
    """Return the words of a person's name in alphabetical order."""
    fields: Mapping[str, str] = {name: given[0].value for name, given in person.items()}
    return " ".join(sorted(normalize(display_name(fields)).split()))
