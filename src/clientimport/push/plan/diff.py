"""A comparison: what the platform has of each client of a file, and why that may be doubted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clientimport.connectors.protocol import RemoteClient
from clientimport.model.client import Client
from clientimport.model.finding import Problem
from clientimport.model.platform_schema import PlatformSchema
from clientimport.push.plan.client_matching import ClientIndex, ClientMatch
from clientimport.push.plan.reference_values import unlisted_values
from clientimport.push.plan.snapshot import RemoteSnapshot


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of ours that is not the same on the platform; `theirs` is empty where it has nothing."""

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
    problems: tuple[tuple[str | None, Problem], ...]
    """With the field they are about."""


class PlanDiff:
    """The clients of one file against one snapshot, in the order of the file: each of theirs is one of ours."""

    def __init__(self, snapshot: RemoteSnapshot, schema: PlatformSchema) -> None:
        self._recognition = ClientIndex(snapshot.clients)
        self._lists = snapshot.lists
        self._schema = schema
        self._taken: dict[str, int] = {}

    def client_diff(self, client: Client) -> ClientDiff:
        """Return what the platform has of this client."""
        found = self._recognition.match(client.fields)
        problems: tuple[tuple[str | None, Problem], ...]
        if found.clients:
            problems = tuple(self._doubts(found))
        else:
            problems = tuple(unlisted_values(client, self._schema, self._lists))
        remote = found.clients[0] if len(found.clients) == 1 else None
        if remote is not None:
            self._taken.setdefault(remote.client_id, client.row)
        differences = tuple(_differences(client, remote, self._schema)) if remote else ()
        return ClientDiff(remote, found.weak, differences, problems)

    def _doubts(self, found: ClientMatch) -> Iterator[tuple[str | None, Problem]]:
        """Yield why what was recognised may not be this client."""
        ids = [client.client_id for client in found.clients]
        if len(ids) > 1:
            yield None, Problem("client.ambiguous", {"ids": ", ".join(ids)})
        elif ids[0] in self._taken:
            yield None, Problem("client.same_on_platform", {"other": str(self._taken[ids[0]]), "id": ids[0]})
        elif found.weak:
            yield None, Problem("client.matched_weakly", {"id": ids[0]})


def _differences(client: Client, remote: RemoteClient, schema: PlatformSchema) -> Iterator[Difference]:
    """Yield what differs, of what the platform tells; an empty value of ours says nothing, so it never differs."""
    told = schema.api.body.keys() - schema.api.untold if schema.api is not None else ()
    for field in schema.fields:
        ours, theirs = client.fields.get(field, ""), remote.fields.get(field, "")
        if ours and ours != theirs and field in told:
            yield Difference(field, ours, theirs)
