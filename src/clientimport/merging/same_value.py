"""What is the same value in two lists though it is spelt differently."""

from __future__ import annotations

from clientimport.model.normalize import normalize
from clientimport.schema.checks.legal_form import strip_legal_form
from clientimport.schema.reference.cities import cities

_NAMES = frozenset({"legal_name", "contact_name", "contact_first_name", "contact_last_name"})


def is_same(field: str, value: str, other: str) -> bool:
    """Tell whether two canonical values of a field differ in nothing but spelling: capitals, accents, a legal form.

    >>> is_same("legal_name", "BVBA Bakkerij Peeters", "Bakkerij PEETERS BV"), is_same("iban", "BE71", "BE72")
    (True, False)
    >>> is_same("contact_locale", "nl", "nl-BE"), is_same("contact_locale", "nl", "fr-BE")
    (True, False)
    >>> is_same("city", "Gent", "Gand"), is_same("street", "Kerkstraat", "Markt")
    (True, False)
    """
    if value == other:
        return True
    if field in _NAMES:
        return strip_legal_form(value) == strip_legal_form(other) != ""
    if "@" in value or "@" in other:  # the dots of an address mean something
        return value.casefold() == other.casefold()
    if field == "contact_locale" and _is_language_of(value, other):
        return True
    if field == "city" and _is_same_place(value, other):
        return True
    return normalize(value) == normalize(other) != ""


def _is_language_of(value: str, other: str) -> bool:
    """Tell whether one is the language of the other: `nl` of a list without countries says nothing against nl-BE."""
    shorter, longer = sorted((value.casefold(), other.casefold()), key=len)
    return longer.startswith(f"{shorter}-")


def _is_same_place(city: str, other_city: str) -> bool:
    known = ((places.get(normalize(city)), places.get(normalize(other_city))) for places in cities().values())
    return any(ours is not None and theirs is not None and ours.name == theirs.name for ours, theirs in known)
