"""The key of a header: what is left of it when case, accents, punctuation and spaces do not count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from clientimport.model.normalize import folded
from clientimport.schema.fields import vocabulary

_ENDING = re.compile(r"(?<=\w)\((\w{1,3})\)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")


def key(header: str) -> str:
    """Return the header's key; empty when it holds no letter or digit, and then it equals nothing.

    >>> key("B.T.W.-nr *"), key("N° TVA"), key("VATNumber"), key("***")
    ('btwnr', 'ntva', 'vatnumber', '')
    """
    return folded(header).replace(" ", "")


def words(header: str) -> tuple[str, ...]:
    """Return the folded words of a header, those of technical names too.

    >>> words("Contact person: E-mail"), words("clientEmail"), words("NISS conjoint(e)")
    (('contact', 'person', 'e', 'mail'), ('client', 'email'), ('niss', 'conjointe'))
    >>> words("POAddressLine1"), words("VATNumber")
    (('po', 'address', 'line1'), ('vat', 'number'))
    """
    return tuple(folded(_CAMEL.sub(" ", _ENDING.sub(r"\1", header))).split())


@cache
def known_words() -> frozenset[str]:
    """Return the words of all known headers."""
    headers = (header for field in vocabulary().values() for known in field.headers.values() for header in known)
    return frozenset(words("\n".join(headers)))


@cache
def lexicon() -> Mapping[str, tuple[str, ...]]:
    """Return for each header that people write the fields it may mean; more than one makes it a homonym."""
    fields: dict[str, list[str]] = {}
    for name, field in vocabulary().items():
        for header in (header for headers in field.headers.values() for header in headers):
            meant = fields.setdefault(key(header), [])
            if name not in meant:
                meant.append(name)
    return {header: tuple(meant) for header, meant in fields.items()}
