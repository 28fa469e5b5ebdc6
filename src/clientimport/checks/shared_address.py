"""One e-mail address beside many clients: often the office's own, and then no client would get its mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow.compute as pc

from clientimport.distinct import repeated
from clientimport.finding import Problem
from clientimport.record import Records
from clientimport.schema import Noticed

TWO, MANY = 2, 3
"""A couple's two firms share an address often enough; three clients with one address are worth a look."""


def shared_address(records: Records, *, field: str, apart: tuple[str, ...]) -> Iterator[Noticed]:
    """Notice the rows whose address in `field` stands beside three clients or more, told apart by `apart`."""
    addresses: Any = pc.utf8_lower(records.column(field))
    positions = repeated(addresses)
    names = zip(*(records.column(one).take(positions).to_pylist() for one in apart), strict=True)
    clients: dict[str, set[tuple[str | None, ...]]] = {}
    shared = addresses.take(positions).to_pylist()
    for address, name in zip(shared, names, strict=True):
        clients.setdefault(address, set()).add(name)
    for position, address in zip(positions.tolist(), shared, strict=True):
        if len(clients[address]) == TWO:
            yield Noticed(position, field, Problem("contact_email.of_two"))
        elif len(clients[address]) >= MANY:
            yield Noticed(position, field, Problem("contact_email.shared", {"count": str(len(clients[address]))}))
