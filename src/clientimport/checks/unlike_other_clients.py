"""A value that every client needs for itself, such as the address that a platform knows its account by."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow.compute as pc

from clientimport.finding import Problem
from clientimport.record import Records
from clientimport.schema import Noticed


def unlike_other_clients(records: Records, *, field: str, code: str, apart: tuple[str, ...]) -> Iterator[Noticed]:
    """Notice with `code` the rows whose value in `field` an earlier row of another client has; `apart` tells clients.

    Rows of one client share it by right.
    """
    values = pc.utf8_lower(records.column(field)).to_pylist()
    clients = list(zip(*(records.values(one) for one in apart), strict=True))
    first: dict[str, int] = {}
    for position, value in enumerate(values):
        if value and clients[first.setdefault(value, position)] != clients[position]:
            yield Noticed(position, field, Problem(code, {"other": str(records.rows[first[value]])}))
