"""One e-mail address beside many clients: often the office's own, and then no client would get its mail."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow.compute as pc

from clientimport.finding import Problem
from clientimport.record import Records
from clientimport.schema import Noticed

TWO, MANY = 2, 3
"""A couple's two firms share an address often enough; three clients with one address are worth a look."""


def shared_address(records: Records, *, field: str, apart: tuple[str, ...]) -> Iterator[Noticed]:
    """Notice the rows whose address in `field` stands beside three clients or more, told apart by `apart`."""
    addresses = pc.utf8_lower(records.column(field)).to_pylist()
    names = list(zip(*(records.values(one) for one in apart), strict=True))
    clients: dict[str, set[tuple[str | None, ...]]] = {}
    for address, name in zip(addresses, names, strict=True):
        if address:
            clients.setdefault(address, set()).add(name)
    for position, address in enumerate(addresses):
        if address and len(clients[address]) == TWO:
            yield Noticed(position, field, Problem("contact_email.of_two"))
        elif address and len(clients[address]) >= MANY:
            yield Noticed(position, field, Problem("contact_email.shared", {"count": str(len(clients[address]))}))
