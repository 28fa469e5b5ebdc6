"""Abbreviations: a word with a dot behind it stands for a longer word of a known header ("Raison soc.")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from clientimport.matching.context_words import context_words
from clientimport.model.normalize import normalize
from clientimport.schema.fields import canonical_fields
from clientimport.schema.header_key import fields_by_header, header_words

_WORDS = re.compile(r"([^\W_]+)(\.?)")
_SHORTEST = 3
_SHORTEST_ALONE = 5
"""A header of one word has to say more."""


def fields_of_abbreviation(header: str) -> tuple[str, ...]:
    """Return the fields of the known headers that `header` abbreviates; nothing when they differ.

    >>> fields_of_abbreviation("Raison soc.")
    ('legal_name',)
    >>> fields_of_abbreviation("Achtern.")
    ('contact_last_name',)
    >>> fields_of_abbreviation("Ond.")
    ()
    >>> fields_of_abbreviation("Raison sociale")
    ()
    """
    parts = [(normalize(word), bool(dot)) for word, dot in _WORDS.findall(header)]
    parts = [(word, dotted) for word, dotted in parts if dotted or context_words().roles.get(word) != "noise"]
    if not any(dotted for _, dotted in parts):
        return ()
    meant = {fields for phrase, fields in _phrases() if _abbreviates(parts, phrase)}
    return meant.pop() if len(meant) == 1 else ()


def _abbreviates(parts: Sequence[tuple[str, bool]], phrase: Sequence[str]) -> bool:
    shortest = _SHORTEST_ALONE if len(parts) == 1 else _SHORTEST
    return len(parts) == len(phrase) and all(
        word == full or (dotted and len(word) >= shortest and full.startswith(word))
        for (word, dotted), full in zip(parts, phrase, strict=True)
    )


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the words of every known header, without the little ones, and what it means."""
    roles, fields = context_words().roles, dict[tuple[str, ...], list[str]]()
    for name, one in canonical_fields().items():
        for header in (header for headers in one.headers.values() for header in headers):
            meant = fields.setdefault(tuple(word for word in header_words(header) if roles.get(word) != "noise"), [])
            if name not in meant:
                meant.append(name)
    return tuple((phrase, fields_by_header().get("".join(phrase), tuple(meant))) for phrase, meant in fields.items())
