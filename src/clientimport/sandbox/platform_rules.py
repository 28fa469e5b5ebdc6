"""A platform as the sandbox knows it: the attributes of a client in its API, and the rules that clients keep."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clientimport.sandbox.api_error import FieldError
from clientimport.sandbox.attribute import Attribute, Body, invalid_values
from clientimport.sandbox.seed_data import SeedData


@dataclass(frozen=True, slots=True)
class PlatformLists:
    """The lists of an office that its clients may refer to."""

    seed_data: SeedData
    configurations: Collection[str] = ()
    strict_users: bool = False


@dataclass(frozen=True, slots=True)
class PlatformRules:
    """One platform: the attributes of a client, its words for states, its rules."""

    id: str
    attributes: tuple[Attribute, ...]
    states: Mapping[str, str]
    """Its word -> canonical state; the first is that of a new client."""
    rules: Callable[[Body, PlatformLists], Iterator[FieldError]]
    """The rules that need more than one value, or the office's lists."""
    mail: str
    """The kind of mail that it sends: invitation, provisioning, questionnaire or verification."""
    recipient: str
    """The attribute that the mail goes to."""
    extras: frozenset[str] = frozenset()
    """Attributes that a body may have and that are no canonical field."""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """The attributes that a new client gets when its body does not have them."""

    def word(self, state: str) -> str | None:
        """Return the platform's word for a canonical state; one of its own words is returned as it is."""
        return next((word for word, canonical in self.states.items() if state in {word, canonical}), None)

    def errors(self, client: Body, lists: PlatformLists) -> Iterator[FieldError]:
        """Yield the invalid values of a whole client, or if there are none what its rules report."""
        value_errors = tuple(invalid_values(self.attributes, client))
        yield from value_errors or self.rules(client, lists)

    def canonical(self, body: Body) -> dict[str, str]:
        """Return a client as canonical fields, without the empty ones."""
        return {
            attribute.canonical: text
            for attribute in self.attributes
            if body.get(attribute.name) is not None and (text := attribute.to_canonical(body[attribute.name]))
        }
