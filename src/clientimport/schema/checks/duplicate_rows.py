"""Several rows about one client: which are the same, which only look so, and which contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from clientimport.model.client import STRONG_IDENTIFIERS, Identity, display_name, identities
from clientimport.model.columns import repeated_positions
from clientimport.model.finding import Problem
from clientimport.model.normalize import normalize
from clientimport.model.parallel import map_parallel
from clientimport.model.platform_schema import Issue
from clientimport.model.records import Records
from clientimport.schema.checks.legal_form import strip_legal_form
from clientimport.schema.fields import canonical_fields

REFERENCES = frozenset({"external_reference", "client_code"})
"""What the office itself gives out: two clients with the same one are a doubt, not a contradiction."""

PERSON = ("contact_email", "contact_first_name", "contact_last_name", "contact_name")
"""What tells one contact person from another; the other contact fields describe that person."""


LIKE = 50
"""Percent of common letters (rapidfuzz's token_set_ratio) from which two names may be of one client. Measured: of 3,092
pairs of invented firms' names without a common word, 99 in 100 stay below 49."""

TELLING = (
    ("contact_email",),
    ("contact_mobile",),
    ("contact_phone",),
    ("iban",),
    ("street", "house_number", "postal_code"),
    ("address", "postal_code"),
    ("contact_last_name",),
)
"""What hardly agrees by chance, fields that tell together side by side: every town has a church street."""

CONTRADICTED = 2
"""From how many telling values that differ a common word in two names (`Bakkerij`) is no more than a trade. Chosen."""


@dataclass(frozen=True, slots=True)
class ClientGroups:
    """Which row speaks for each row: the first of the same client, else the row itself."""

    leaders: Mapping[int, int]
    """Position of a later row -> position of the first; rows that stand alone are not here."""

    def leader(self, position: int) -> int:
        """Return the position of the first row about the same client."""
        return self.leaders.get(position, position)


def group_clients(records: Records) -> tuple[list[Issue], ClientGroups]:
    """Return what was noticed about rows that share an identity, and the groups of rows that are one client.

    Two rows are the same client when they agree on the strongest identifier that both have. Then client data must agree
    too, where both give it; the contact may differ. On a platform whose clients are people (no legal_name) the contact
    is the client. Takes time in proportion to the rows, also when all of them are the same client.
    """
    told_apart = _DifferentClients(records)
    noticed = [one for position, row in _sharing(records) for one in told_apart.look_at(position, row)]
    return noticed, ClientGroups(told_apart.leaders)


def _sharing(records: Records) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows that have an identifier or a contact e-mail in common with another row."""
    shared = np.zeros(len(records.rows), np.bool_)
    kinds = [field for field in (*STRONG_IDENTIFIERS, "contact_email") if field in records.fields]
    for positions in map_parallel(
        lambda field: repeated_positions(pc.utf8_lower(records.column(field))), kinds, size=len(records.rows)
    ):
        shared[positions] = True
    positions = np.flatnonzero(shared)
    columns = {field: column.take(positions).to_pylist() for field, column in records.fields.items()}
    for at, position in enumerate(positions.tolist()):
        yield position, {field: value for field, values in columns.items() if (value := values[at])}


@dataclass(slots=True)
class _Leader:
    """The first row about a client, with what later rows added to it."""

    position: int
    data: dict[str, str]
    people: dict[tuple[str, ...], int]
    """Contact person -> position of the row that brought it."""


class _DifferentClients:
    """The clients met so far, by everything that identifies them."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.about_contact = _about_contact(records)
        self.leaders: dict[int, int] = {}
        self.known: dict[Identity, _Leader] = {}
        self.doubted: set[tuple[int, str]] = set()

    def look_at(self, position: int, row: dict[str, str]) -> Iterator[Issue]:
        """Put one row with the client it is about, or make it a client of its own; yield what that shows."""
        own = tuple(identities(row))
        met = next(((identity, self.known[identity]) for identity in own if identity in self.known), None)
        other = self._other_client(*met, row) if met else None
        if met and not other:
            identity, leader = met
            yield from self._joined(position, row, leader, identity)
        else:
            leader = _Leader(position, row, {_person(row): position})
        if other:
            yield Issue(position, *other)
        if met and other and other[1].code == "client.shares_number" and nothing_in_common(met[1].data, row):
            yield from self._doubted(met[1].position, other[0], position)
        for identity in own:
            self.known.setdefault(identity, leader)

    def _doubted(self, first: int, field: str, later: int) -> Iterator[Issue]:
        """Yield, once, that the number of the first row may be the wrong one of the two."""
        if (first, field) not in self.doubted:
            self.doubted.add((first, field))
            yield Issue(first, field, Problem("client.number_in_doubt", {"other_row": self._number(later)}))

    def _other_client(self, shared: Identity, leader: _Leader, row: dict[str, str]) -> tuple[str, Problem] | None:
        """Return the field and problem that keep a row apart from the client it shares an identifier with, if any."""
        facts = {"first_row": self._number(leader.position)}
        differing = self._differing(leader.data, row)
        if shared.weak:
            numbered = any(kind in row or kind in leader.data for kind in STRONG_IDENTIFIERS)
            return ("contact_email", Problem("client.looks_repeated", facts)) if numbered or differing else None
        stronger = STRONG_IDENTIFIERS[: STRONG_IDENTIFIERS.index(shared.kind)]
        if not set(stronger).isdisjoint(differing):
            code = "client.shares_reference" if shared.kind in REFERENCES else "client.shares_number"
            return shared.kind, Problem(code, facts)
        if differing and shared.kind not in REFERENCES and nothing_in_common(leader.data, row):
            return shared.kind, Problem("client.shares_number", facts)
        if differing:
            facts["headers"] = ", ".join(self._headers(differing))
            return differing[0], Problem("client.contradicts", facts)
        return None

    def _joined(self, position: int, row: dict[str, str], leader: _Leader, identity: Identity) -> Iterator[Issue]:
        self.leaders[position] = leader.position
        person = _person(row)
        brought_by = leader.position if _same_person(leader.data, row) else leader.people.get(person)
        if brought_by is None:
            leader.people[person] = position
            name = display_name({**row, "legal_name": ""}) or row.get("contact_email", "")
            facts = {"first_row": self._number(leader.position), "contact": name}
            yield Issue(position, "contact_email", Problem("client.further_contact", facts))
        else:
            field = "contact_email" if identity.weak else identity.kind
            yield Issue(position, field, Problem("client.repeated", {"first_row": self._number(brought_by)}))
        for field in [name for name in row if name not in leader.data and name not in self.about_contact]:
            leader.data[field] = row[field]
            facts = {"other_row": self._number(position)}
            yield Issue(leader.position, field, Problem("client.completed", facts, row[field]))

    def _differing(self, first: Mapping[str, str], later: Mapping[str, str]) -> list[str]:
        """Return the fields that both rows fill differently; those of the contact only when it is the same person."""
        ignored = frozenset() if _same_person(first, later) else self.about_contact
        return [
            field
            for field, value in later.items()
            if field in first and field not in ignored and not _same(first[field], value)
        ]

    def _headers(self, fields: list[str]) -> list[str]:
        """Return the user's headers of `fields`, each once: several may have been derived from one column."""
        origins = self.records.origins
        return list(dict.fromkeys(origins[field].header for field in fields if field in origins)) or fields

    def _number(self, position: int) -> str:
        return str(self.records.rows[position])


def _about_contact(records: Records) -> frozenset[str]:
    """Return the fields that may differ between rows of one client: the contact's, and what was derived from them."""
    if "legal_name" not in records.fields:
        return frozenset()  # the client is a person, and the contact is the client
    contact = {field for field, entry in canonical_fields().items() if entry.contact}
    columns = {records.origins[field].index for field in contact & records.origins.keys()}
    return frozenset(contact | {field for field, origin in records.origins.items() if origin.index in columns})


def nothing_in_common(first: Mapping[str, str], later: Mapping[str, str]) -> bool:
    """Tell whether two rows with one number have unlike names and no other telling value in common.

    Then one of the numbers is wrong more likely than everything else.

    >>> nothing_in_common({"legal_name": "Peeters BV", "city": "Gent"}, {"legal_name": "Garage Dubois", "city": "Gent"})
    True
    >>> nothing_in_common({"legal_name": "Bakkerij Peeters"}, {"legal_name": "Bakkerij Peeters BV"})
    False
    """
    agreed = [told for fields in TELLING if (told := _agree(first, later, fields)) is not None]
    names = strip_legal_form(display_name(first)), strip_legal_form(display_name(later))
    return not any(agreed) and _unlike(*names, trade_aside=len(agreed) >= CONTRADICTED)


def _agree(first: Mapping[str, str], later: Mapping[str, str], fields: tuple[str, ...]) -> bool | None:
    """Tell whether two rows agree on all of `fields` that both have; None when one lacks the first of them."""
    if fields[0] not in first or fields[0] not in later:
        return None
    return all(_same(first[field], later[field]) for field in fields if field in first and field in later)


def _unlike(one: str, other: str, *, trade_aside: bool) -> bool:
    """Tell whether two names are of different clients; `trade_aside` looks only at the words that they do not share.

    >>> _unlike("bakkerij peeters", "bakkerij dubois", trade_aside=False)
    False
    >>> _unlike("bakkerij peeters", "bakkerij dubois", trade_aside=True)
    True
    >>> _unlike("bakkerij peeters", "peeters", trade_aside=True)
    False
    """
    from rapidfuzz.fuzz import token_set_ratio

    if not one or not other or one == other:
        return False
    words = one.split(), other.split()
    shared = set(words[0]).intersection(words[1]) if trade_aside else set[str]()
    one, other = (" ".join(word for word in some if word not in shared) for some in words)
    return bool(one and other) and token_set_ratio(one, other) < LIKE


def _person(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_folded(row[field]) if field in row else "" for field in PERSON)


def _same_person(first: Mapping[str, str], later: Mapping[str, str]) -> bool:
    return all(_same(first[field], later[field]) for field in PERSON if field in first and field in later)


def _same(one: str, other: str) -> bool:
    return one == other or _folded(one) == _folded(other)


def _folded(text: str) -> str:
    """Return what makes two spellings equal; the dots of an e-mail address mean something."""
    return text.casefold() if "@" in text else normalize(text) or text
