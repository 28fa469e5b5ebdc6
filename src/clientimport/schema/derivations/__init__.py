"""The derivations, in the order in which they are applied."""

from __future__ import annotations

from clientimport.schema.derivations import (
    copies,
    name_order,
    split_address,
    split_person_name,
)
from clientimport.schema.derivations.derivation import Derivation

DERIVATIONS: tuple[Derivation, ...] = (
    Derivation(("company_number",), ("vat_number",), copies.company_number),
    Derivation(("language",), ("contact_language",), copies.language),
    Derivation(("contact_language",), ("language",), copies.language),
    Derivation(("contact_locale",), ("contact_language", "country"), copies.locale),
    Derivation(
        ("contact_first_name", "contact_last_name"),
        ("contact_name",),
        learn=name_order.name_splitter,
        optional=("contact_email",),
        telling={"contact_email": name_order.telling_addresses},
        splits=True,
    ),
    Derivation(("contact_name",), ("contact_first_name", "contact_last_name"), split_person_name.join_name),
    Derivation(("street", "house_number", "box"), ("address",), split_address.split_address, splits=True),
    Derivation(("external_reference",), ("client_code",), copies.reference),
    Derivation(("client_code",), ("external_reference",), copies.reference),
    Derivation(
        ("address",),
        ("street",),
        split_address.join_address,
        optional=("house_number", "box", "language"),
        joined=("house_number", "box"),
    ),
)
"""`9000 Gent` in one cell is taken apart before the cells are read, see validation/parse_table.py."""
