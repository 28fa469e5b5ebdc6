"""A value that every client needs for itself, such as the address that a platform knows its account by."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow.compute as pc

from clientimport.model.finding import Problem
from clientimport.model.platform_schema import Issue
from clientimport.model.records import Records


def unlike_other_clients(records: Records, *, field: str, code: str, apart: tuple[str, ...]) -> Iterator[Issue]:
    """Notice with `code` every row whose value in `field` another client has too; `apart` tells clients.

    Whose it is cannot be known, so none of them is sent. Rows of one client share it by right.
    """
    values = pc.utf8_lower(records.column(field)).to_pylist()
    clients = list(zip(*(records.values(one) for one in apart), strict=True))
    first: dict[str, dict[tuple[str | None, ...], int]] = {}
    for position, value in enumerate(values):
        if value:
            first.setdefault(value, {}).setdefault(clients[position], position)
    for position, value in enumerate(values):
        if value and len(first[value]) > 1:
            # Of two keys at most one is this client's own.
            other = next(at for client, at in list(first[value].items())[:2] if client != clients[position])
            yield Issue(position, field, Problem(code, {"other": str(records.rows[other])}))
