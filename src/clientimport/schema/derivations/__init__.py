"""The derivations, in the order in which they are applied."""

from __future__ import annotations

from clientimport.schema.derivations import copies, name_order, split_address
from clientimport.schema.derivations.derivation import Derivation

DERIVATIONS: tuple[Derivation, ...] = (
    Derivation(("company_number",), ("vat_number",), compute_column=copies.company_numbers),
    Derivation(("language",), ("contact_language",), compute_column=copies.same_texts),
    Derivation(("contact_language",), ("language",), compute_column=copies.same_texts),
    Derivation(("contact_locale",), ("contact_language", "country"), compute_column=copies.locales),
    Derivation(
        ("contact_first_name", "contact_last_name"),
        ("contact_name",),
        learn=name_order.name_splitter,
        optional=("contact_email",),
        telling={"contact_email": name_order.telling_addresses},
        splits=True,
    ),
    Derivation(("contact_name",), ("contact_first_name", "contact_last_name"), compute_column=copies.spaced),
    Derivation(("street", "house_number", "box"), ("address",), split_address.split_address, splits=True),
    Derivation(("external_reference",), ("client_code",), compute_column=copies.same_texts),
    Derivation(("client_code",), ("external_reference",), compute_column=copies.same_texts),
    Derivation(
        ("address",),
        ("street",),
        compute_column=split_address.join_addresses,
        optional=("house_number", "box", "language"),
        joined=("house_number", "box"),
    ),
)
"""`9000 Gent` in one cell is taken apart before the cells are read, see validation/parse_table.py."""
