"""A platform as the sandbox knows it: what a client looks like in its API, and the rules it must keep."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clientimport.sandbox.api_error import FieldError
from clientimport.sandbox.attribute import Attribute, Body, wrong_values
from clientimport.sandbox.seed_data import SeedData


@dataclass(frozen=True, slots=True)
class PlatformLists:
    """What a client of this office may refer to."""

    setup: SeedData
    configurations: Collection[str] = ()
    strict_users: bool = False


@dataclass(frozen=True, slots=True)
class PlatformRules:
    """One platform: its data about a client, its words for states, its rules."""

    id: str
    attributes: tuple[Attribute, ...]
    states: Mapping[str, str]
    """Its word -> canonical state; the first is that of a new client."""
    rules: Callable[[Body, PlatformLists], Iterator[FieldError]]
    """The rules that look at more than one value, or at the office's lists."""
    mail: str
    """What its mail is: invitation, provisioning or questionnaire."""
    recipient: str
    """The attribute that the mail goes to."""
    extras: frozenset[str] = frozenset()
    """What a body may hold besides, which no canonical field speaks of."""
    unasked: Mapping[str, Any] = field(default_factory=dict)
    """What a new client has without having been told."""

    def word(self, state: str) -> str | None:
        """Return the platform's word for a canonical state, or for one of its own words."""
        return next((word for word, canonical in self.states.items() if state in {word, canonical}), None)

    def wrong(self, client: Body, lists: PlatformLists) -> Iterator[FieldError]:
        """Yield everything that the platform does not take in a whole client."""
        values = tuple(wrong_values(self.attributes, client))
        yield from values or self.rules(client, lists)

    def canonical(self, body: Body) -> dict[str, str]:
        """Return a client in canonical fields, empty ones absent."""
        return {
            attribute.canonical: text
            for attribute in self.attributes
            if body.get(attribute.name) is not None and (text := attribute.canonise(body[attribute.name]))
        }
