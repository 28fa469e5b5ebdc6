"""What follows from what, in the order in which it is applied."""

from __future__ import annotations

from clientimport.derivations import address, belgian_number, language, name_order, person_name, reference
from clientimport.derivations.interface import Derivation

DERIVATIONS: tuple[Derivation, ...] = (
    Derivation(("company_number",), ("vat_number",), belgian_number.company_number),
    Derivation(("language",), ("contact_language",), language.same),
    Derivation(("contact_language",), ("language",), language.same),
    Derivation(("contact_locale",), ("contact_language", "country"), language.locale),
    Derivation(
        ("contact_first_name", "contact_last_name"),
        ("contact_name",),
        learn=name_order.in_order,
        optional=("contact_email",),
        taken_apart=True,
    ),
    Derivation(("contact_name",), ("contact_first_name", "contact_last_name"), person_name.joined),
    Derivation(("street", "house_number", "box"), ("address",), address.taken_apart, taken_apart=True),
    Derivation(("external_reference",), ("client_code",), reference.same),
    Derivation(("client_code",), ("external_reference",), reference.same),
    Derivation(("address",), ("street",), address.joined, optional=("house_number", "box", "language")),
)
"""`9000 Gent` in one cell is taken apart before the cells are read, see interpretation.py."""
