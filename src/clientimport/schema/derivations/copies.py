"""Derivations that copy: a field that is another field, or a part of it, or two of them joined."""

from __future__ import annotations

from clientimport.schema.derivations.derivation import Derived


def company_number(vat_number: str | None) -> Derived | None:
    """Return the company number inside a canonical Belgian VAT number.

    Never the other way round: not every enterprise is subject to VAT.

    >>> company_number("BE0419618535").values, company_number("LU15027442")
    (('0419618535',), None)
    """
    return Derived((vat_number[2:],)) if vat_number and vat_number.startswith("BE") else None


def reference(code: str | None) -> Derived | None:
    """Return the office's own code as the reference of the accounting package, and the other way round.

    The platforms take them for one thing: Banqup calls its external reference an administration, client or company ID
    from the accounting package.
    https://support.banqup.com/nl/articles/269308-klanten-toevoegen-aan-je-partner-space
    """
    return Derived((code,)) if code else None


def language(other: str | None) -> Derived | None:
    """Return the language itself: client and contact speak one unless the file says otherwise."""
    return Derived((other,)) if other else None


def locale(language: str | None, country: str | None) -> Derived | None:
    """Return language and country as a locale.

    >>> locale("fr", "LU").values
    ('fr-LU',)
    """
    return Derived((f"{language}-{country}",)) if language and country else None
