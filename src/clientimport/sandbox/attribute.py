"""An attribute of a client in an API, and the check of its values."""

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


def canonical_text(value: Any) -> str:
    """Return a value of the API as the text of a canonical field.

    >>> canonical_text(True), canonical_text(["a@b.be", "c@d.be"]), canonical_text("Gent")
    ('yes', 'a@b.be,c@d.be', 'Gent')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, list) else str(value)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a client, by its name in the API."""

    name: str
    canonical: str
    """The canonical field under which /_sandbox/clients shows it."""
    check: Callable[[str], str | None] | None = None
    """Return what is wrong with a text, or with each text of a list."""
    required: bool = False
    shape: type = str
    to_canonical: Callable[[Any], str] = canonical_text

    def error(self, value: Any) -> str | None:
        """Return what is wrong with a value that is not null."""
        if type(value) is not self.shape:
            return _SHAPES[self.shape]
        if self.shape is bool:
            return None
        texts = value if isinstance(value, list) else [value]
        return next(filter(None, map(self._text_error, texts)), None)

    def _text_error(self, text: Any) -> str | None:
        if not isinstance(text, str):
            return _SHAPES[self.shape]
        if not text.strip():
            return BLANK
        return SPACES if text != text.strip() else self.check(text) if self.check else None


def unknown_names(names: Collection[str], body: Body) -> Iterator[FieldError]:
    """Yield an error for each name in `body` that the API does not have."""
    return (FieldError(name, NOT_ALLOWED) for name in body if name not in names)


def invalid_values(attributes: Collection[Attribute], body: Body) -> Iterator[FieldError]:
    """Yield an error for each attribute that is missing or has an invalid value."""
    for attribute in attributes:
        value = body.get(attribute.name)
        message = attribute.error(value) if value is not None else BLANK if attribute.required else None
        if message:
            yield FieldError(attribute.name, message)
