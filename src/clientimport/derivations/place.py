"""A postal code and a city in one cell, and apart."""

from __future__ import annotations

import re

from clientimport.derivations.interface import Derived

_CODE_AND_CITY = re.compile(
    r"^(?:[A-Z]{1,2}[- ])?(?P<code>\d{4,5}(?:\s?[A-Z]{2}(?![A-Za-z]))?)[\s,-]+(?![A-Z]{2}$)(?P<city>[^\W\d].*)$"
)
"""A code, perhaps with the country before it or the two letters of a Dutch one behind it, and a name."""


def taken_apart(cell: str | None) -> Derived | None:
    """Return postal code and city of a cell that holds both, else None.

    >>> taken_apart("9000 Gent").values, taken_apart("L-1234 Luxembourg").values, taken_apart("Gent")
    (('9000', 'Gent'), ('1234', 'Luxembourg'), None)
    """
    match = _CODE_AND_CITY.match(" ".join((cell or "").split()))
    return Derived((match["code"], match["city"])) if match else None
