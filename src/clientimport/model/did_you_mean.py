"""The "did you mean" for a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the known name closest to `name`, or an empty text when none is close.

    >>> did_you_mean("vat_numbr", ["vat_number", "iban"])
    'vat_number'
    >>> did_you_mean("colour", ["vat_number", "iban"])
    ''
    """
    folded = {candidate.casefold(): candidate for candidate in known}
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else ""
