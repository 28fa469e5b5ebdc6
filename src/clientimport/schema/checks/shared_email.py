"""One e-mail address beside many clients: often the office's own, and then no client would get its mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow.compute as pc

from clientimport.model.columns import repeated_positions
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize_column
from clientimport.model.records import Records
from clientimport.model.row_ranges import LIMIT, row_ranges

TWO, MANY = 2, 3
"""A couple's two firms share an address often enough; three clients with one address are worth a look."""


def shared_address(records: Records, *, field: str, apart: tuple[str, ...]) -> Iterator[Issue]:
    """Notice each address in `field` that stands beside two clients or more, distinguished by the fields `apart`.

    It is noticed once: at the first of many rows, or at the later of two, naming the others.
    """
    addresses: Any = pc.utf8_lower(records.column(field))
    positions = repeated_positions(addresses)
    names = zip(*(normalize_column(records.column(name).take(positions)).to_pylist() for name in apart), strict=True)
    clients: dict[str, dict[tuple[str | None, ...], int]] = {}
    shared = addresses.take(positions).to_pylist()
    for position, address, name in zip(positions.tolist(), shared, names, strict=True):
        clients.setdefault(address, {}).setdefault(name, position)
    for first_rows in clients.values():
        first, *others = first_rows.values()
        numbers = [int(records.rows[position]) for position in (first, *others)]
        if len(numbers) == TWO:
            yield Issue("contact_email.of_two", {"other_row": str(numbers[0])}).at(others[0], field)
        elif len(numbers) >= MANY:
            facts = {"count": str(len(numbers)), "rows": row_ranges(numbers, limit=LIMIT)}
            yield Issue("contact_email.shared", facts).at(first, field)
