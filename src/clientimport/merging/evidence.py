"""Evidence: why two clients of two lists may be one, for the person who decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clientimport.merging.client_list import ListedClient
from clientimport.merging.keys import DECLARED
from clientimport.merging.likeness import IN_COMMON, common
from clientimport.merging.official_numbers import ALWAYS

NAME = "legal_name"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that two clients have in common."""

    kind: str
    """A field, or `email_domain`."""
    value_a: str
    value_b: str
    score: int
    """Percent: 100 for what is equal."""


@dataclass(frozen=True, slots=True)
class ReviewPair:
    """Two clients that may be one, the one of the earlier list first."""

    a: ListedClient
    b: ListedClient
    evidence: tuple[Evidence, ...]
    key: str = ""
    """What an answer about this pair is remembered under."""


def review_pair(a: ListedClient, b: ListedClient) -> ReviewPair:
    """Return a pair with everything that the two have in common."""
    return ReviewPair(a, b, tuple(_evidence(a, b)))


def _evidence(a: ListedClient, b: ListedClient) -> Iterator[Evidence]:
    from rapidfuzz.fuzz import ratio

    if a.name and b.name:
        yield Evidence(NAME, a.name, b.name, round(ratio(a.name_words, b.name_words)))
    for field in (*ALWAYS, *DECLARED):
        if a.fields.get(field) and a.fields[field] == b.fields.get(field):
            yield Evidence(field, a.fields[field], b.fields[field], 100)
    for field in IN_COMMON:
        value = common(a, field)
        if value and value == common(b, field):
            yield Evidence(field, value, value, 100)
