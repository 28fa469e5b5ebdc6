"""Joining: which clients of several lists are one. Numbers decide, likeness asks, and a person's answer stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from clientimport.merging.answers import Answers
from clientimport.merging.client_list import ListedClient
from clientimport.merging.clusters import Clusters
from clientimport.merging.evidence import ReviewPair, review_pair
from clientimport.merging.keys import SharedValue, is_shared, same_value
from clientimport.merging.likeness import MOST_PROPOSED, Alike, Likeness
from clientimport.merging.official_numbers import ALWAYS, NEVER_TWO

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two clients that share one thing and have two numbers: they are not joined."""

    a: ListedClient
    b: ListedClient
    shared: str
    """The field by which they would be joined, or `answer`."""
    field: str
    """The field in which they differ."""
    members: tuple[ListedClient, ...]
    """The two, and what each of them is joined to already."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The clusters, and everything that a person should look at."""

    clusters: tuple[tuple[int, ...], ...]
    review: tuple[ReviewPair, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    shared: tuple[SharedValue, ...] = ()


@dataclass(slots=True)
class _Joining:
    clients: Sequence[ListedClient]
    answers: Answers
    clusters: Clusters
    asked: dict[Pair, None] = field(default_factory=dict)
    """Pairs to ask about, in the order in which they were met."""
    contradictions: dict[Pair, Contradiction] = field(default_factory=dict)
    shared: list[SharedValue] = field(default_factory=list)

    def by_number(self, kind: str, stronger: Sequence[str]) -> None:
        """Join the clients that have the same number, or ask where it is not as simple as one and one."""
        for group in same_value(self.clients, kind):
            if is_shared(self.clients, group):
                self.shared.append(SharedValue(kind, self.clients[group[0]].fields[kind], len(group)))
            elif self._are_one(group, stronger):
                self.clusters.join(group)
            else:
                self._ask(group, kind)

    def _are_one(self, group: Sequence[int], stronger: Sequence[str]) -> bool:
        if self.clusters.repeats_a_list(group) or self.clusters.contradiction(group, (*NEVER_TWO, *stronger)):
            return False
        return not self.answers.refuses(self.clients[position] for position in group)

    def _ask(self, group: Sequence[int], kind: str) -> None:
        for pair in combinations(group, 2):
            if self._apart(pair):
                differing = self.clusters.contradiction(pair)
                if differing:
                    self._contradicts(pair, kind, differing)
                else:
                    self.asked.setdefault(pair)

    def _apart(self, pair: Pair) -> bool:
        """Tell whether two clients of two lists are in two clusters."""
        first, second = pair
        one_list = self.clients[first].source == self.clients[second].source
        return not one_list and self.clusters.leader(first) != self.clusters.leader(second)

    def _contradicts(self, pair: Pair, shared: str, differing: str) -> None:
        a, b = (self.clients[position] for position in pair)
        members = tuple(self.clients[member] for position in pair for member in self.clusters.members(position))
        self.contradictions.setdefault(pair, Contradiction(a, b, shared, differing, members))

    def by_likeness(self) -> None:
        """Ask about clients of the same account, or of nearly the same name and something in common."""
        accounts = (pair for group in same_value(self.clients, "iban") for pair in self._few(group))
        self.asked |= dict.fromkeys(pair for pair in accounts if self._may_be_one(*pair))
        sources = {client.source for client in self.clients}
        open_ = [position for position in range(len(self.clients)) if len(self._sources(position)) < len(sources)]
        self.asked |= dict.fromkeys(likest(Likeness(self.clients).pairs(open_), self._may_be_one))

    def _few(self, group: Sequence[int]) -> Iterable[Pair]:
        return () if is_shared(self.clients, group) else combinations(group, 2)

    def _sources(self, position: int) -> set[str]:
        return {self.clients[member].source for member in self.clusters.members(position)}

    def _may_be_one(self, first: int, second: int) -> bool:
        return self._apart((first, second)) and self.clusters.may_be_one(first, second)

    def apply_answers(self) -> Iterator[ReviewPair]:
        """Join the pairs that a person has answered yes to; yield those without an answer."""
        left: list[tuple[Pair, str]] = []
        for pair in sorted(self.asked):
            a, b = (self.clients[position] for position in pair)
            answer = self.answers.about(a, b)
            if answer is None:
                left.append((pair, self.answers.pair_key(a, b)))
            elif answer:
                self._join_answered(pair)
        for pair, key in left:
            if self._apart(pair):
                yield replace(review_pair(*(self.clients[position] for position in pair)), key=key)

    def _join_answered(self, pair: Pair) -> None:
        differing = self.clusters.contradiction(pair)
        if differing:
            self._contradicts(pair, "answer", differing)
        else:
            self.clusters.join(pair)


def join(clients: Sequence[ListedClient], keys: Iterable[str], answers: Answers) -> Joined:
    """Return which of these clients, those of the first list first, are one. `keys` are the numbers that decide."""
    joining = _Joining(clients, answers, Clusters(clients))
    kinds = tuple(keys)
    for at, kind in enumerate(kinds):
        joining.by_number(kind, [stronger for stronger in kinds[:at] if stronger in ALWAYS])
    joining.by_likeness()
    review = tuple(joining.apply_answers())
    contradictions = tuple(joining.contradictions[pair] for pair in sorted(joining.contradictions))
    return Joined(tuple(joining.clusters.everything()), review, contradictions, tuple(joining.shared))


def likest(pairs: Iterable[Alike], may_be_one: Callable[[int, int], bool]) -> Iterator[Pair]:
    """Yield the pairs that may be one, for each client at most MOST_PROPOSED of them."""
    proposed: dict[int, int] = {}
    for alike in sorted(set(pairs), key=lambda alike: (-alike.score, alike.first, alike.second)):
        count = max(proposed.get(alike.first, 0), proposed.get(alike.second, 0))
        if count < MOST_PROPOSED and may_be_one(alike.first, alike.second):
            for position in (alike.first, alike.second):
                proposed[position] = proposed.get(position, 0) + 1
            yield alike.first, alike.second
