"""Header keys: headers without case, accents, punctuation and spaces, by which they are looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from clientimport.model.normalize import normalize
from clientimport.schema.fields import canonical_fields

_ENDING = re.compile(r"(?<=\w)\((\w{1,3})\)")
_PLACEHOLDER = re.compile(r"(?:kolom|column|colonne|spalte|unnamed|naamloos|veld|field|champ|feld|col|var|[fv])\d{1,3}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")


def normalize_header(header: str) -> str:
    """Return the header's key; empty when it holds no letter or digit, and then it equals nothing.

    >>> normalize_header("B.T.W.-nr *")
    'btwnr'
    >>> normalize_header("N° TVA")
    'ntva'
    >>> normalize_header("VATNumber")
    'vatnumber'
    >>> normalize_header("***")
    ''
    """
    return normalize(header).replace(" ", "")


def is_placeholder(header: str) -> bool:
    """Tell whether a spreadsheet made a header up, because there was none.

    >>> [is_placeholder(header) for header in ("Kolom1", "Unnamed: 0", "Colonne 12", "Adres 1", "")]
    [True, True, True, False, True]
    """
    return not normalize_header(header) or _PLACEHOLDER.fullmatch(normalize_header(header)) is not None


def header_words(header: str) -> tuple[str, ...]:
    """Return the normalised words of a header, those of technical names too.

    >>> header_words("Contact person: E-mail"), header_words("clientEmail"), header_words("NISS conjoint(e)")
    (('contact', 'person', 'e', 'mail'), ('client', 'email'), ('niss', 'conjointe'))
    >>> header_words("POAddressLine1"), header_words("VATNumber")
    (('po', 'address', 'line1'), ('vat', 'number'))
    """
    return tuple(normalize(_CAMEL.sub(" ", _ENDING.sub(r"\1", header))).split())


@cache
def known_header_words() -> frozenset[str]:
    """Return the words of all known headers."""
    headers = (
        header
        for field in canonical_fields().values()
        for headers_of_language in field.headers.values()
        for header in headers_of_language
    )
    return frozenset(header_words("\n".join(headers)))


@cache
def fields_by_header() -> Mapping[str, tuple[str, ...]]:
    """Return for each header that people write the fields it may mean; more than one makes it a homonym."""
    fields: dict[str, list[str]] = {}
    for name, field in canonical_fields().items():
        for header in (header for headers in field.headers.values() for header in headers):
            names = fields.setdefault(normalize_header(header), [])
            if name not in names:
                names.append(name)
    return {header: tuple(names) for header, names in fields.items()}
