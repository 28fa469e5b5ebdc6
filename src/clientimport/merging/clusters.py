"""Clusters: which clients of the lists are one, joined step by step and never against a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from clientimport.merging.client_list import ListedClient
from clientimport.merging.official_numbers import ALWAYS, NEVER_TWO


class Clusters:
    """The clients of all lists by position, each in a cluster of its own until it is joined to others."""

    def __init__(self, clients: Sequence[ListedClient]) -> None:
        self.clients = clients
        self._leaders = list(range(len(clients)))
        self._members: dict[int, tuple[int, ...]] = {}
        """Of clusters with several clients, by leader."""

    def leader(self, position: int) -> int:
        """Return the first client of the cluster in which this one is."""
        return self._leaders[position]

    def members(self, position: int) -> tuple[int, ...]:
        """Return the clients of the cluster in which this one is, in order."""
        leader = self._leaders[position]
        return self._members.get(leader, (leader,))

    def everything(self) -> Iterable[tuple[int, ...]]:
        """Return all clusters, in the order of their first clients."""
        return (self.members(position) for position, leader in enumerate(self._leaders) if position == leader)

    def join(self, group: Iterable[int]) -> None:
        """Make the clusters of these clients one."""
        joined = tuple(sorted({member for position in group for member in self.members(position)}))
        for member in joined:
            self._members.pop(member, None)
            self._leaders[member] = joined[0]
        self._members[joined[0]] = joined

    def contradiction(self, group: Iterable[int], fields: Sequence[str] = NEVER_TWO) -> str | None:
        """Return the first of `fields` in which the clusters of these clients have two values."""
        members = [self.clients[member] for leader in self._of(group) for member in self.members(leader)]
        for field in fields:
            if len({client.fields[field] for client in members if field in client.fields}) > 1:
                return field
        return None

    def repeats_a_list(self, group: Iterable[int]) -> bool:
        """Tell whether two of these clusters have clients of the same list."""
        sources = [{self.clients[member].source for member in self.members(leader)} for leader in self._of(group)]
        return any(not first.isdisjoint(second) for first, second in combinations(sources, 2))

    def may_be_one(self, first: int, second: int) -> bool:
        """Tell whether no number, and no other client of the same list, speaks against these two being one."""
        sides = [[self.clients[member] for member in self.members(position)] for position in (first, second)]
        return not any(_are_two(one, other) for one in sides[0] for other in sides[1])

    def _of(self, group: Iterable[int]) -> set[int]:
        return {self._leaders[position] for position in group}


def _are_two(client: ListedClient, other: ListedClient) -> bool:
    """Tell whether two clients are in one list, or have a different number of the same kind."""
    if client.source == other.source:
        return True
    fields, others = client.fields, other.fields
    return any(kind in fields and fields[kind] != others.get(kind, fields[kind]) for kind in ALWAYS)
