"""Known words: the known headers by their words, in any order or without articles and prepositions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from clientimport.matching.context_words import context_words
from clientimport.schema.fields import canonical_fields
from clientimport.schema.header_key import fields_by_header, header_words, normalize_header


@cache
def fields_by_words() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Return the fields of the known headers of several words by these words in alphabetical order."""
    roles, fields = context_words().roles, dict[tuple[str, ...], tuple[str, ...]]()
    for header in (
        header for field in canonical_fields().values() for known in field.headers.values() for header in known
    ):
        key = tuple(sorted(word for word in header_words(header) if roles.get(word) != "noise"))
        if len(key) > 1:
            fields[key] = tuple(dict.fromkeys((*fields.get(key, ()), *fields_by_header()[normalize_header(header)])))
    return fields


@cache
def headers_by_words() -> Mapping[str, str]:
    """Return the headers of the lexicon by their key without articles and prepositions."""
    roles, keys = context_words().roles, dict[str, str]()
    for header in (
        header for field in canonical_fields().values() for known in field.headers.values() for header in known
    ):
        # in a known header "no" means number ("Account no"), not an answer
        short = "".join(word for word in header_words(header) if roles.get(word) != "noise" or word == "no")
        keys.setdefault(short, normalize_header(header))
    return keys
