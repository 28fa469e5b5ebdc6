"""Listed values: what a client refers to on the platform (a template, a language, a colleague) must exist there."""

from __future__ import annotations

from collections.abc import Iterator

from clientimport.connectors.protocol import ReferenceLists
from clientimport.model.client import Client
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.finding import Problem
from clientimport.model.platform_schema import PlatformColumn, PlatformSchema


def unlisted_values(client: Client, schema: PlatformSchema, lists: ReferenceLists) -> Iterator[tuple[str, Problem]]:
    """Yield field and problem of each value that is not in the platform's list; nothing where it cannot tell."""
    for column in schema.columns:
        listed: tuple[str, ...] | None = getattr(lists, column.listed_in) if column.listed_in else None
        if listed is None or column.unlisted is None:
            continue
        for value in _values(client, column):
            if not _known(value, listed, column):
                facts = {"unlisted": value, "known": ", ".join(listed)}
                yield column.field, Problem(column.unlisted, facts, did_you_mean(value, listed) or None)


def _values(client: Client, column: PlatformColumn) -> list[str]:
    text = client.fields.get(column.field, "")
    return [part for part in (text.split(",") if column.listed_in == "users" else [text]) if part]


def _known(value: str, listed: tuple[str, ...], column: PlatformColumn) -> bool:
    """Tell whether the platform has it; users are e-mail addresses, which nobody tells apart by their casing."""
    if column.listed_in == "users":
        return value.casefold() in {one.casefold() for one in listed}
    return value in listed
