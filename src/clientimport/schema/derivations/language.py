"""What follows from a client's language: the contact's language and the locale."""

from __future__ import annotations

from clientimport.schema.derivations.derivation import Derived


def same(language: str | None) -> Derived | None:
    """Return the language itself: client and contact speak one unless the file says otherwise."""
    return Derived((language,)) if language else None


def locale(language: str | None, country: str | None) -> Derived | None:
    """Return language and country as a locale.

    >>> locale("fr", "LU").values
    ('fr-LU',)
    """
    return Derived((f"{language}-{country}",)) if language and country else None
