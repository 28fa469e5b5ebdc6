"""The diff of a plan: what the platform has of each client of a file, and why that may be doubted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from clientimport.model.client import Client
from clientimport.model.client_columns import ClientColumns
from clientimport.model.columns import map_distinct
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.finding import Issue
from clientimport.model.platform_schema import PlatformColumn, PlatformSchema
from clientimport.model.remote import ReferenceLists, RemoteClient
from clientimport.push.plan.client_matching import ClientIndex, ClientMatch
from clientimport.push.plan.snapshot import RemoteSnapshot


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of ours that is not the same on the platform; `theirs` is empty where it has no value."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class ClientDiff:
    """One client of the file next to what the platform has."""

    remote: RemoteClient | None
    """None when it has none, or several."""
    weak: bool
    differences: tuple[Difference, ...]
    problems: tuple[tuple[str | None, Issue], ...]
    """With the field they are about."""


class PlanDiff:
    """The clients of one file against one snapshot, in the order of the file: a remote client matches one row."""

    def __init__(self, snapshot: RemoteSnapshot, schema: PlatformSchema) -> None:
        self._index = ClientIndex(snapshot.clients)
        self._lists = snapshot.lists
        self._schema = schema
        self._row_by_client_id: dict[str, int] = {}

    def telling_clients(self, clients: ClientColumns) -> ClientColumns:
        """Return the clients that may be on the platform, or of which a value may not be in its lists.

        Of the others there is nothing to say: they are new.
        """
        telling = np.isin(clients.positions, [*clients.joined])
        telling |= self._index.may_match(clients)
        for column, listed in _listed_columns(self._schema, self._lists):
            if column.field in clients.fields:
                unlisted = map_distinct(
                    [clients.column(column.field)], partial(_has_unlisted, listed=listed, column=column)
                )
                telling[[*unlisted]] = True
        return clients.at(clients.positions[telling])

    def client_diff(self, client: Client) -> ClientDiff:
        """Return what the platform has of this client."""
        match = self._index.match(client.fields)
        problems: tuple[tuple[str | None, Issue], ...]
        if match.clients:
            problems = tuple(self._doubts(match))
        else:
            problems = tuple(unlisted_values(client, self._schema, self._lists))
        remote = match.clients[0] if len(match.clients) == 1 else None
        if remote is not None:
            self._row_by_client_id.setdefault(remote.client_id, client.row)
        differences = tuple(_differences(client, remote, self._schema)) if remote else ()
        return ClientDiff(remote, match.weak, differences, problems)

    def _doubts(self, match: ClientMatch) -> Iterator[tuple[str | None, Issue]]:
        """Yield why what was recognised may not be this client."""
        ids = [client.client_id for client in match.clients]
        if len(ids) > 1:
            yield None, Issue("client.ambiguous", {"ids": ", ".join(ids)})
        elif ids[0] in self._row_by_client_id:
            yield None, Issue("client.same_on_platform", {"other": str(self._row_by_client_id[ids[0]]), "id": ids[0]})
        elif match.weak:
            yield None, Issue("client.matched_weakly", {"id": ids[0]})


def _differences(client: Client, remote: RemoteClient, schema: PlatformSchema) -> Iterator[Difference]:
    """Yield the fields that differ, of those that the platform shows; an empty value of ours never differs."""
    shown = schema.api.body.keys() - schema.api.write_only if schema.api is not None else ()
    for field in schema.fields:
        ours, theirs = client.fields.get(field, ""), remote.fields.get(field, "")
        if ours and ours != theirs and field in shown:
            yield Difference(field, ours, theirs)


def unlisted_values(client: Client, schema: PlatformSchema, lists: ReferenceLists) -> Iterator[tuple[str, Issue]]:
    """Yield field and problem of each value that is not in the platform's list; none where it has no such list."""
    for column, listed in _listed_columns(schema, lists):
        for value in _values(client.fields.get(column.field, ""), column):
            if column.unlisted is not None and not _is_listed(value, listed, column):
                facts = {"unlisted": value, "known": ", ".join(listed)}
                yield column.field, Issue(column.unlisted, facts, did_you_mean(value, listed) or None)


def _listed_columns(schema: PlatformSchema, lists: ReferenceLists) -> Iterator[tuple[PlatformColumn, tuple[str, ...]]]:
    """Yield the columns whose values must be in a list that the platform has, with the list."""
    for column in schema.columns:
        listed: tuple[str, ...] | None = getattr(lists, column.listed_in) if column.listed_in else None
        if listed is not None and column.unlisted is not None:
            yield column, listed


def _has_unlisted(text: str | None, listed: tuple[str, ...], column: PlatformColumn) -> bool | None:
    """Return True for a text with a value that the platform does not list, None for any other."""
    return any(not _is_listed(value, listed, column) for value in _values(text or "", column)) or None


def _values(text: str, column: PlatformColumn) -> list[str]:
    return [part for part in (text.split(",") if column.listed_in == "users" else [text]) if part]


def _is_listed(value: str, listed: tuple[str, ...], column: PlatformColumn) -> bool:
    """Return whether the platform lists a value; users are e-mail addresses, which are compared without case."""
    if column.listed_in == "users":
        return value.casefold() in {user.casefold() for user in listed}
    return value in listed
