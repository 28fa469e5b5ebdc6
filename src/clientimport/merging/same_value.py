"""What is the same value in two lists though it is spelt differently."""

from __future__ import annotations

from clientimport.model.normalize import normalize
from clientimport.schema.checks.legal_form import strip_legal_form
from clientimport.schema.reference.cities import cities

_NAMES = frozenset({"legal_name", "contact_name", "contact_first_name", "contact_last_name"})


def is_same(field: str, one: str, other: str) -> bool:
    """Tell whether two canonical values of a field differ in nothing but spelling: capitals, accents, a legal form.

    >>> is_same("legal_name", "BVBA Bakkerij Peeters", "Bakkerij PEETERS BV"), is_same("iban", "BE71", "BE72")
    (True, False)
    >>> is_same("city", "Gent", "Gand"), is_same("street", "Kerkstraat", "Markt")
    (True, False)
    """
    if one == other:
        return True
    if field in _NAMES:
        return strip_legal_form(one) == strip_legal_form(other) != ""
    if "@" in one or "@" in other:  # the dots of an address mean something
        return one.casefold() == other.casefold()
    if field == "city" and _is_same_place(one, other):
        return True
    return normalize(one) == normalize(other) != ""


def _is_same_place(one: str, other: str) -> bool:
    known = ((places.get(normalize(one)), places.get(normalize(other))) for places in cities().values())
    return any(here is not None and there is not None and here.name == there.name for here, there in known)
