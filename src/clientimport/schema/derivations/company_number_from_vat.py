"""The company number inside a Belgian VAT number. Never the other way: not every enterprise is subject to VAT."""

from __future__ import annotations

from clientimport.schema.derivations.derivation import Derived


def company_number(vat_number: str | None) -> Derived | None:
    """Return the company number of a canonical Belgian VAT number.

    >>> company_number("BE0419618535").values, company_number("LU15027442")
    (('0419618535',), None)
    """
    return Derived((vat_number[2:],)) if vat_number and vat_number.startswith("BE") else None
