"""Client JSON: canonical fields to the names and words of a platform's API and back, as its schema states them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clientimport.connectors.http.json_document import scalar
from clientimport.model.client import Identity


@dataclass(frozen=True, slots=True)
class JsonMapping:
    """How one platform writes a client."""

    names: Mapping[str, str]
    """Canonical field -> dotted path."""
    lists: frozenset[str] = frozenset()
    """Fields that are lists there and joined by a comma here."""
    booleans: frozenset[str] = frozenset()
    """Fields that are true or false there and yes or no here."""
    words: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    """Field -> canonical value -> the platform's word."""
    host: str = ""
    """Whose JSON it is."""

    def to_json(self, fields: Mapping[str, str]) -> dict[str, Any]:
        """Return the platform's JSON of these fields; an empty value is sent as null, which clears it.

        >>> shape = JsonMapping({"contact_email": "contact.email", "labels": "labels"}, lists=frozenset({"labels"}))
        >>> shape.to_json({"contact_email": "a@b.be", "labels": "x,y", "iban": "not taken here"})
        {'contact': {'email': 'a@b.be'}, 'labels': ['x', 'y']}
        """
        document: dict[str, Any] = {}
        for field, value in fields.items():
            if field in self.names:
                *folders, last = self.names[field].split(".")
                place = document
                for folder in folders:
                    place = place.setdefault(folder, {})
                place[last] = self._to_value(field, value) if value else None
        return document

    def from_json(self, document: Mapping[str, Any]) -> dict[str, str]:
        """Return the canonical fields of the platform's JSON, without empty ones.

        Raises PlatformUnreachable where a value is a list of lists or an object: that is no value of a field.

        >>> JsonMapping({"mandate": "mandate"}, booleans=frozenset({"mandate"})).from_json({"mandate": False, "new": 1})
        {'mandate': 'no'}
        """
        fields = {field: self._from_value(field, _value_at(document, path)) for field, path in self.names.items()}
        return {field: value for field, value in fields.items() if value}

    def query(self, identity: Identity) -> dict[str, str] | None:
        """Return the platform's filter for `identity`, empty for all clients, None when no client there can have it."""
        if identity.weak:  # its e-mail address may be cased otherwise there
            return {}
        name = self.names.get(identity.kind)
        return None if name is None else {name: identity.value}

    def _to_value(self, field: str, value: str) -> object:
        if field in self.lists:
            return value.split(",")
        if field in self.booleans:
            return value == "yes"
        return self.words.get(field, {}).get(value, value)

    def _from_value(self, field: str, value: Any) -> str:
        if isinstance(value, list):
            return ",".join(filter(None, (scalar(part, self.host) for part in value)))
        if isinstance(value, bool):
            return "yes" if value else "no"
        text = scalar(value, self.host)
        canonical = {theirs: ours for ours, theirs in self.words.get(field, {}).items()}
        return canonical.get(text, text)


def _value_at(document: Any, path: str) -> Any:
    for name in path.split("."):
        document = document.get(name) if isinstance(document, dict) else None
    return document
