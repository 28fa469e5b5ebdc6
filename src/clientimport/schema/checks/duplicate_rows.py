"""Several rows about one client: which are the same, which only look so, and which contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from clientimport.model.client import STRONG_IDENTIFIERS, Identity, display_name, identities
from clientimport.model.columns import repeated_positions
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.model.parallel import map_parallel
from clientimport.model.records import Records
from clientimport.schema.checks.legal_form import strip_legal_form
from clientimport.schema.fields import canonical_fields

REFERENCES = frozenset({"external_reference", "client_code"})
"""Identifiers that the office itself gives out: two clients with the same one are a doubt, not a contradiction."""

PERSON = ("contact_email", "contact_first_name", "contact_last_name", "contact_name")
"""The fields that distinguish contact persons; the other contact fields describe the person."""


NAMES_ALIKE = 50
"""Percent of common letters (rapidfuzz's token_set_ratio) from which two names may be of one client. Measured: of 3,092
pairs of invented firms' names without a common word, 99 in 100 stay below 49."""

TELLING_FIELDS = (
    ("contact_email",),
    ("contact_mobile",),
    ("contact_phone",),
    ("iban",),
    ("street", "house_number", "postal_code"),
    ("address", "postal_code"),
    ("contact_last_name",),
)
"""Fields that hardly agree by chance, alone or together: every town has a church street."""

MANY_DIFFERENCES = 2
"""Differing fields from which on a common word in two names (`Bakkerij`) is only a trade; chosen, not measured."""


@dataclass(frozen=True, slots=True)
class ClientGroups:
    """The first row of each client that has several."""

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
    noticed = [issue for position, row in _rows_that_share(records) for issue in told_apart.add_row(position, row)]
    return noticed, ClientGroups(told_apart.leaders)


def _rows_that_share(records: Records) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows that have an identifier or a contact e-mail in common with another row."""
    shared = np.zeros(len(records.rows), np.bool_)
    kinds = [field for field in (*STRONG_IDENTIFIERS, "contact_email") if field in records.fields]
    for positions in map_parallel(
        lambda field: repeated_positions(pc.utf8_lower(records.column(field))), kinds, size=len(records.rows)
    ):
        shared[positions] = True
    positions = np.flatnonzero(shared)
    columns = {field: column.take(positions).to_pylist() for field, column in records.fields.items()}
    for index, position in enumerate(positions.tolist()):
        yield position, {field: value for field, values in columns.items() if (value := values[index])}


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
        self.by_identity: dict[Identity, _Leader] = {}
        self.doubted: set[tuple[int, str]] = set()

    def add_row(self, position: int, row: dict[str, str]) -> Iterator[Issue]:
        """Add a row to its client, or as a client of its own; yield the issues."""
        row_identities = tuple(identities(row))
        met = next(
            ((identity, self.by_identity[identity]) for identity in row_identities if identity in self.by_identity),
            None,
        )
        other = self._other_client(*met, row) if met else None
        if met and not other:
            identity, leader = met
            yield from self._join(position, row, leader, identity)
        else:
            leader = _Leader(position, row, {_person(row): position})
        if other:
            yield other[1].at(position, other[0])
        if met and other and other[1].code == "client.shares_number" and nothing_in_common(met[1].data, row):
            yield from self._doubt_first(met[1].position, other[0], position)
        for identity in row_identities:
            self.by_identity.setdefault(identity, leader)

    def _doubt_first(self, first: int, field: str, later: int) -> Iterator[Issue]:
        """Yield, once, that the number of the first row may be the wrong one of the two."""
        if (first, field) not in self.doubted:
            self.doubted.add((first, field))
            yield Issue("client.number_in_doubt", {"other_row": self._number(later)}).at(first, field)

    def _other_client(self, shared: Identity, leader: _Leader, row: dict[str, str]) -> tuple[str, Issue] | None:
        """Return the field and problem that keep a row apart from the client it shares an identifier with, if any."""
        facts = {"first_row": self._number(leader.position)}
        differing = self._differing(leader.data, row)
        if shared.weak:
            numbered = any(kind in row or kind in leader.data for kind in STRONG_IDENTIFIERS)
            return ("contact_email", Issue("client.looks_repeated", facts)) if numbered or differing else None
        stronger = STRONG_IDENTIFIERS[: STRONG_IDENTIFIERS.index(shared.kind)]
        if not set(stronger).isdisjoint(differing):
            code = "client.shares_reference" if shared.kind in REFERENCES else "client.shares_number"
            return shared.kind, Issue(code, facts)
        if differing and shared.kind not in REFERENCES and nothing_in_common(leader.data, row):
            return shared.kind, Issue("client.shares_number", facts)
        if differing:
            facts["headers"] = ", ".join(self._headers(differing))
            return differing[0], Issue("client.contradicts", facts)
        return None

    def _join(self, position: int, row: dict[str, str], leader: _Leader, identity: Identity) -> Iterator[Issue]:
        self.leaders[position] = leader.position
        person = _person(row)
        brought_by = leader.position if _same_person(leader.data, row) else leader.people.get(person)
        if brought_by is None:
            leader.people[person] = position
            name = display_name({**row, "legal_name": ""}) or row.get("contact_email", "")
            facts = {"first_row": self._number(leader.position), "contact": name}
            yield Issue("client.further_contact", facts).at(position, "contact_email")
        else:
            field = "contact_email" if identity.weak else identity.kind
            yield Issue("client.repeated", {"first_row": self._number(brought_by)}).at(position, field)
        for field in [name for name in row if name not in leader.data and name not in self.about_contact]:
            leader.data[field] = row[field]
            facts = {"other_row": self._number(position)}
            yield Issue("client.completed", facts, row[field]).at(leader.position, field)

    def _differing(self, first: Mapping[str, str], later: Mapping[str, str]) -> list[str]:
        """Return the fields that both rows fill differently; those of the contact only when it is the same person."""
        ignored = frozenset() if _same_person(first, later) else self.about_contact
        return [
            field
            for field, value in later.items()
            if field in first and field not in ignored and not _is_same(first[field], value)
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
    """Return whether two rows with one number have unlike names and no other telling value in common.

    Then one of the numbers is wrong more likely than everything else.

    >>> nothing_in_common({"legal_name": "Peeters BV", "city": "Gent"}, {"legal_name": "Garage Dubois", "city": "Gent"})
    True
    >>> nothing_in_common({"legal_name": "Bakkerij Peeters"}, {"legal_name": "Bakkerij Peeters BV"})
    False
    """
    agreed = [agreement for fields in TELLING_FIELDS if (agreement := _do_agree(first, later, fields)) is not None]
    names = strip_legal_form(display_name(first)), strip_legal_form(display_name(later))
    return not any(agreed) and _are_unlike(*names, trade_aside=len(agreed) >= MANY_DIFFERENCES)


def _do_agree(first: Mapping[str, str], later: Mapping[str, str], fields: tuple[str, ...]) -> bool | None:
    """Return whether two rows agree on all of `fields` that both have; None when one lacks the first of them."""
    if fields[0] not in first or fields[0] not in later:
        return None
    return all(_is_same(first[field], later[field]) for field in fields if field in first and field in later)


def _are_unlike(first: str, second: str, *, trade_aside: bool) -> bool:
    """Return whether two names are of different clients; `trade_aside` looks only at the words that they do not share.

    >>> _are_unlike("bakkerij peeters", "bakkerij dubois", trade_aside=False)
    False
    >>> _are_unlike("bakkerij peeters", "bakkerij dubois", trade_aside=True)
    True
    >>> _are_unlike("bakkerij peeters", "peeters", trade_aside=True)
    False
    """
    from rapidfuzz.fuzz import token_set_ratio

    if not first or not second or first == second:
        return False
    words = first.split(), second.split()
    shared = set(words[0]).intersection(words[1]) if trade_aside else set[str]()
    first, second = (" ".join(word for word in name_words if word not in shared) for name_words in words)
    return bool(first and second) and token_set_ratio(first, second) < NAMES_ALIKE


def _person(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_comparable(row[field]) if field in row else "" for field in PERSON)


def _same_person(first: Mapping[str, str], later: Mapping[str, str]) -> bool:
    return all(_is_same(first[field], later[field]) for field in PERSON if field in first and field in later)


def _is_same(first: str, second: str) -> bool:
    return first == second or _comparable(first) == _comparable(second)


def _comparable(text: str) -> str:
    """Return what makes two spellings equal; the dots of an e-mail address mean something."""
    return text.casefold() if "@" in text else normalize(text) or text
