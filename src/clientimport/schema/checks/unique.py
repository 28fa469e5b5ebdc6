"""Unique values: what each client needs for itself, such as the address that a platform knows its account by."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow.compute as pc

from clientimport.model.finding import Issue
from clientimport.model.records import Records


def unlike_other_clients(records: Records, *, field: str, code: str, apart: tuple[str, ...]) -> Iterator[Issue]:
    """Notice with `code` every row whose value in `field` another client has too; clients differ in `apart`.

    It cannot be known whose it is, so that none of them is sent. Rows of one client share it by right.
    """
    values = pc.utf8_lower(records.column(field)).to_pylist()
    clients = list(zip(*(records.values(name) for name in apart), strict=True))
    first: dict[str, dict[tuple[str | None, ...], int]] = {}
    for position, value in enumerate(values):
        if value:
            first.setdefault(value, {}).setdefault(clients[position], position)
    for position, value in enumerate(values):
        if value and len(first[value]) > 1:
            # Of two keys at most one is this client's own.
            other = next(
                first_position
                for client, first_position in list(first[value].items())[:2]
                if client != clients[position]
            )
            yield Issue(code, {"other": str(records.rows[other])}).at(position, field)
