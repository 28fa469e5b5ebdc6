"""A canonical value as a person of one language reads it: `yes` is `ja`; what programs read stays canonical."""

from __future__ import annotations

from collections.abc import Sequence

from clientimport.messages.catalog import MessageCatalog
from clientimport.schema.fields import canonical_fields
from clientimport.schema.types.boolean import Boolean

_WORDED = {"yes": "ask.yes", "no": "ask.no"}


def worded_value(messages: MessageCatalog, field: str | None, value: str) -> str:
    """Return a canonical value of `field` in the language's words."""
    return worded_values(messages, field, [value])[0]


def worded_values(messages: MessageCatalog, field: str | None, values: Sequence[str]) -> Sequence[str]:
    """Return canonical values of `field` in the language's words."""
    known = canonical_fields().get(field) if field else None
    if known is None or not isinstance(known.type, Boolean):
        return values
    words = {value: messages.phrase(key) for value, key in _WORDED.items()}
    return [words.get(value, value) for value in values]
