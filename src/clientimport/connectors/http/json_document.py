"""A document: one JSON object of a platform's answer, whose entries are of the kind that the API promises or none.

What is of another kind is never guessed at: PlatformUnreachable("not_the_api") is raised, as for another API.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clientimport.errors import PlatformUnreachable


def not_the_api(host: str) -> PlatformUnreachable:
    """Return what is raised when `host` answers something else than the platform would."""
    return PlatformUnreachable("not_the_api", host=host)


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """The entries of one object. Every method raises PlatformUnreachable for one of another kind."""

    content: Mapping[str, Any]
    host: str

    def id(self, name: str) -> str:
        """Return what the platform calls something: a text or a whole number that can be part of a path.

        >>> JsonDocument({"id": 5}, "host").id("id")
        '5'
        """
        value = self.content.get(name)
        if isinstance(value, bool) or not isinstance(value, (str, int)) or not _is_name(str(value)):
            raise not_the_api(self.host)
        return str(value)

    def text(self, name: str) -> str:
        """Return a text or number as text, empty where there is none.

        >>> JsonDocument({"name": "Albak", "box": None, "number": 5}, "host").text("number")
        '5'
        """
        return scalar(self.content.get(name), self.host)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a list, none where there is no such list."""
        values = self._list(name)
        return tuple(scalar(value, self.host) for value in values)

    def count(self, name: str) -> int | None:
        """Return a whole number from 0 up, None where there is none.

        >>> JsonDocument({"pageCount": "3"}, "host").count("pageCount"), JsonDocument({}, "host").count("pageCount")
        (3, None)
        """
        value = self.content.get(name)
        if value is None:
            return None
        text = str(value) if isinstance(value, (str, int)) else ""
        if isinstance(value, bool) or not (text.isascii() and text.isdigit()):
            raise not_the_api(self.host)
        return int(text)

    def object(self, name: str) -> JsonDocument:
        """Return the object called `name`, an empty one where there is none."""
        value = self.content.get(name, {})
        if value is not None and not isinstance(value, dict):
            raise not_the_api(self.host)
        return JsonDocument(value or {}, self.host)

    def objects(self, name: str) -> tuple[JsonDocument, ...]:
        """Return the objects of a list, none where there is no such list."""
        values = self._list(name)
        if not all(isinstance(value, dict) for value in values):
            raise not_the_api(self.host)
        return tuple(JsonDocument(value, self.host) for value in values)

    def _list(self, name: str) -> list[Any]:
        value = self.content.get(name)
        if value is not None and not isinstance(value, list):
            raise not_the_api(self.host)
        return value or []


def scalar(value: object, host: str) -> str:
    """Return a text or number of JSON as text, empty for null. Raises PlatformUnreachable for a list or an object."""
    if isinstance(value, (dict, list)):
        raise not_the_api(host)
    return "" if value is None else str(value)


def _is_name(text: str) -> bool:
    """Return whether a text can name something in a path: `..` would lead to what is above it."""
    return text.strip() not in ("", ".", "..")
