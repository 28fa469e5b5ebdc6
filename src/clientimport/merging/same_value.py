"""What is the same value in two lists though it is spelt differently."""

from __future__ import annotations

from clientimport.model.normalize import folded
from clientimport.schema.checks.legal_form import without_form
from clientimport.schema.reference.cities import places

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
        return without_form(one) == without_form(other) != ""
    if "@" in one or "@" in other:  # the dots of an address mean something
        return one.casefold() == other.casefold()
    if field == "city" and _is_same_place(one, other):
        return True
    return folded(one) == folded(other) != ""


def _is_same_place(one: str, other: str) -> bool:
    known = ((cities.get(folded(one)), cities.get(folded(other))) for cities in places().values())
    return any(here is not None and there is not None and here.name == there.name for here, there in known)
