"""A column in a few words: sample values, and the reasons for its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientimport.cli.console import Console

if TYPE_CHECKING:
    from clientimport.matching.column_mapping import ColumnMatch
    from clientimport.messages.catalog import MessageCatalog
    from clientimport.model.table import Column

SAMPLES = 3
"""How many different values of a column are shown."""
LONGEST = 28
"""What is shown of one value."""


def samples(match: ColumnMatch, console: Console) -> list[str]:
    """Return the first different values, masked and cut, and `…` where there are more."""
    values = [shorten(console.display_value(match.field or "", value), LONGEST) for value in _different(match.column)]
    return [*values[:SAMPLES], *(["…"] if len(values) > SAMPLES else [])]


def match_reasons(match: ColumnMatch, messages: MessageCatalog) -> list[str]:
    """Return the reasons for what a column is taken for."""
    sentences = []
    for reason in match.reasons:
        facts = {
            name: messages.label(fact) if name in ("field", "beside") else fact for name, fact in reason.facts.items()
        }
        sentences.append(messages.phrase(f"reason.{reason.code}", **facts))
    return sentences


def shorten(text: str, longest: int) -> str:
    """Return `text`, or its beginning with `…` where it is longer.

    >>> shorten("Peeters", 4), shorten("Gent", 4)
    ('Pee…', 'Gent')
    """
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _different(column: Column) -> list[str]:
    """Return the first different values, one more than is shown."""
    seen: dict[str, None] = {}
    for value in column.values:
        text = value.as_py()
        if text:
            seen.setdefault(text)
        if len(seen) > SAMPLES:
            break
    return list(seen)
