"""The valid clients of a list: one for each group of rows that speak of the same one, without the rows in error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from clientimport.model.client import Client
from clientimport.model.client_columns import ClientColumns
from clientimport.model.columns import Positions
from clientimport.model.records import Records
from clientimport.schema.checks.duplicate_rows import ClientGroups
from clientimport.schema.fields import canonical_fields

FurtherContacts = Mapping[int, tuple[Mapping[str, str], ...]]
"""Further contacts in columns of their own, by position."""


def valid_clients(
    rows: ClientColumns, wrong: Positions, groups: ClientGroups, further: FurtherContacts
) -> ClientColumns:
    """Return the clients of all `rows` but the wrong ones, in the order of the file."""
    is_sent = np.ones(len(rows), np.bool_)
    is_sent[wrong] = False
    several = [members for group in _groups(groups) if (members := [p for p in group if is_sent[p]])]
    grouped = {position for members in several for position in members}
    alone = [position for position in further if position not in grouped and is_sent[position]]
    for members in several:
        is_sent[members[1:]] = False
    joined = {}
    for members in (*several, *([position] for position in alone)):
        contacts = tuple(contact for position in members for contact in further.get(position, ()))
        if len(members) > 1 or contacts:
            joined[members[0]] = _joined(rows.at(np.array(members)).made(), contacts)
    return ClientColumns(rows.rows, rows.fields, np.flatnonzero(is_sent), joined)


def columns_of(records: Records, fields: Sequence[str]) -> ClientColumns:
    """Return each row as if it were a client, with those of the fields that the list has."""
    columns = {field: records.fields[field] for field in fields if field in records.fields}
    return ClientColumns(records.rows, columns, np.arange(len(records.rows)))


def _groups(groups: ClientGroups) -> Iterator[list[int]]:
    """Yield the positions of each client that has several rows."""
    members: dict[int, list[int]] = {}
    for position, leader in groups.leaders.items():
        members.setdefault(leader, [leader]).append(position)
    yield from ([*sorted(set(group))] for group in members.values())


def _joined(clients: Sequence[Client], further: tuple[Mapping[str, str], ...]) -> Client:
    """Return the first row's client; later rows fill what it leaves empty, and they and columns bring more contacts."""
    contact = {name for name, field in canonical_fields().items() if field.contact}
    rows = [client.fields for client in clients]
    fields = dict(rows[0])
    for row in rows[1:]:
        fields = {**{name: value for name, value in row.items() if name not in contact}, **fields}
    people = [*({name: value for name, value in row.items() if name in contact} for row in rows), *further]
    unlike = [person for index, person in enumerate(people) if person and person not in people[:index]]
    numbers = tuple(client.row for client in clients)
    return Client(numbers[0], numbers, fields, tuple(unlike[1:]))
