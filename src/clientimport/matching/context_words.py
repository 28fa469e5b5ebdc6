"""Context words: the words around a header that say whose data it is (schemas/_qualifiers.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import tomli

from clientimport.schema.data_files import data_folder

NAMES = ("legal_name", "contact_name", "contact_last_name")
"""What a bare "Naam", "Nom" or "Name" may be."""

_OF_CONTACT = {
    "legal_name": "contact_name",
    "contact_name": "contact_name",
    "language": "contact_language",
    "contact_language": "contact_language",
    **{field: field for field in ("contact_first_name", "contact_email", "contact_mobile", "contact_phone")},
    "contact_last_name": "contact_last_name",
    "contact_locale": "contact_locale",
}
_OF_SPOUSE = {
    "national_register_number": "spouse_national_register_number",
    "spouse_national_register_number": "spouse_national_register_number",
    "company_number": "spouse_company_number",
    "spouse_company_number": "spouse_company_number",
}
_OF_ROLE: Mapping[str, Mapping[str, str]] = {
    "contact": _OF_CONTACT,
    "director": _OF_CONTACT,
    "spouse": _OF_SPOUSE,
    "responsible": {"contact_email": "responsible_email", "responsible_email": "responsible_email"},
    "in_charge": {"contact_email": "responsible_email", "responsible_email": "responsible_email"},
    "assignee": {"contact_email": "assignee_emails", "assignee_emails": "assignee_emails"},
    "other": {},
    "private": {},
    "business": {},  # the platform decides which of the two it takes
}


@dataclass(frozen=True, slots=True)
class ContextWords:
    """The words by role, and the headers that are always doubtful."""

    roles: Mapping[str, str]
    """Word -> whose data a column holds; `place` or `noise` for words that do not say."""
    doubtful: frozenset[tuple[str, str]]
    """Pairs of a field and the key of a header."""


@cache
def context_words() -> ContextWords:
    """Return the words of schemas/_qualifiers.toml."""
    lists = tomli.loads((data_folder("schemas") / "_qualifiers.toml").read_text(encoding="utf-8"))
    doubtful = lists.pop("doubtful")
    return ContextWords(
        {word: role for role, listed in lists.items() for word in listed},
        frozenset((field, header) for field, headers in doubtful.items() for header in headers),
    )


def fields_of_role(fields: tuple[str, ...], role: str | None) -> tuple[str, ...]:
    """Return what `fields` mean when the header says they are those of `role`; none where no platform has such a field.

    >>> fields_of_role(("contact_email",), "responsible")
    ('responsible_email',)
    >>> fields_of_role(("address",), "contact")
    ()
    >>> fields_of_role(("iban",), "client")
    ('iban',)
    """
    if role is None or (role in ("client", "company") and not set(NAMES).intersection(fields)):
        return fields
    if role == "client":
        return tuple(dict.fromkeys(("legal_name", *fields))) if "contact_name" in fields else fields
    if role == "company":
        return ("legal_name",) if {"legal_name", "contact_name"}.intersection(fields) else ()
    known = _OF_ROLE[role]
    return tuple(dict.fromkeys(known[field] for field in fields if field in known))
