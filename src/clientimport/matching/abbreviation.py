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
"""Letters of a word before its dot, at least (chosen, not measured)."""
_SHORTEST_ALONE = 5
"""The same where the header is one word, with no other to confirm it (chosen, not measured)."""


def fields_of_abbreviation(header: str) -> tuple[str, ...]:
    """Return the fields of the known headers that `header` abbreviates; none when these mean different fields.

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
    meanings = {fields for phrase, fields in _phrases() if _abbreviates(parts, phrase)}
    return meanings.pop() if len(meanings) == 1 else ()


def _abbreviates(parts: Sequence[tuple[str, bool]], phrase: Sequence[str]) -> bool:
    shortest = _SHORTEST_ALONE if len(parts) == 1 else _SHORTEST
    return len(parts) == len(phrase) and all(
        word == full or (dotted and len(word) >= shortest and full.startswith(word))
        for (word, dotted), full in zip(parts, phrase, strict=True)
    )


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the words of every known header, without articles and the like, with the fields it means."""
    roles, fields = context_words().roles, dict[tuple[str, ...], list[str]]()
    for name, entry in canonical_fields().items():
        for header in (header for headers in entry.headers.values() for header in headers):
            names = fields.setdefault(tuple(word for word in header_words(header) if roles.get(word) != "noise"), [])
            if name not in names:
                names.append(name)
    return tuple((phrase, fields_by_header().get("".join(phrase), tuple(names))) for phrase, names in fields.items())
