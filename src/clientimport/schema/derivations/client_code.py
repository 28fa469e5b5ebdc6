"""A client's reference in the accounting package and its code in the office's own list are one thing to the platforms.

Banqup calls its external reference an administration, client or company ID from the accounting package.
Source: https://support.banqup.com/nl/articles/269308-klanten-toevoegen-aan-je-partner-space
"""

from __future__ import annotations

from clientimport.schema.derivations.derivation import Derived


def same(reference: str | None) -> Derived | None:
    """Return the reference itself."""
    return Derived((reference,)) if reference else None
