"""One thing that an API tells about a client, and what is wrong with a value of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clientimport.sandbox.api_error import FieldError

Body = Mapping[str, Any]
"""A JSON object, by the API's names."""

BLANK = "must not be blank"
SPACES = "must not start or end with a space"
NOT_ALLOWED = "is not allowed"
_SHAPES = {str: "must be a text", bool: "must be true or false", list: "must be a list of texts"}


def plainly(value: Any) -> str:
    """Return a value of the API as a canonical field has it.

    >>> plainly(True), plainly(["a@b.be", "c@d.be"]), plainly("Gent")
    ('yes', 'a@b.be,c@d.be', 'Gent')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, list) else str(value)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that the API tells about a client."""

    name: str
    canonical: str
    """The canonical field that it is shown as by /_sandbox/clients."""
    check: Callable[[str], str | None] | None = None
    """Says what is wrong with a text, or with each text of a list."""
    required: bool = False
    shape: type = str
    canonise: Callable[[Any], str] = plainly

    def wrong(self, value: Any) -> str | None:
        """Return what is wrong with a value that is there."""
        if type(value) is not self.shape:
            return _SHAPES[self.shape]
        if self.shape is bool:
            return None
        texts = value if isinstance(value, list) else [value]
        return next(filter(None, map(self._wrong_text, texts)), None)

    def _wrong_text(self, text: Any) -> str | None:
        if not isinstance(text, str):
            return _SHAPES[self.shape]
        if not text.strip():
            return BLANK
        return SPACES if text != text.strip() else self.check(text) if self.check else None


def unknown_names(known: Collection[str], body: Body) -> Iterator[FieldError]:
    """Yield the names in `body` that the API does not have."""
    return (FieldError(name, NOT_ALLOWED) for name in body if name not in known)


def wrong_values(attributes: Collection[Attribute], body: Body) -> Iterator[FieldError]:
    """Yield the attributes that are missing or wrong by themselves."""
    for attribute in attributes:
        value = body.get(attribute.name)
        words = attribute.wrong(value) if value is not None else BLANK if attribute.required else None
        if words:
            yield FieldError(attribute.name, words)
