"""The "did you mean" for a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """Return the known name closest to `name`, or an empty text when none is close.

    >>> did_you_mean("vat_numbr", ["vat_number", "iban"])
    'vat_number'
    >>> did_you_mean("colour", ["vat_number", "iban"])
    ''
    """
    by_folded_case = {candidate.casefold(): candidate for candidate in candidates}
    close = get_close_matches(name.casefold(), by_folded_case, n=1, cutoff=0.6)  # difflib's own default
    return by_folded_case[close[0]] if close else ""
