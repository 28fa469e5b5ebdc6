"""A postal code and a city in one cell, alone or behind the address."""

from __future__ import annotations

import re

from clientimport.derivations.interface import Derived

_CODE_AND_CITY = re.compile(
    r"^(?:[A-Z]{1,2}[- ])?(?P<code>\d{4,5}(?:\s?[A-Z]{2}(?![A-Za-z]))?)[\s,-]+(?![A-Z]{2}$)(?P<city>[^\W\d].*)$"
)
"""A code, perhaps with the country before it or the two letters of a Dutch one behind it, and a name."""

_CITY_AND_CODE = re.compile(r"^(?P<city>[^\W\d][^\d]*?)[\s,]+\(?(?:[A-Z]{1,2}-)?(?P<code>\d{4,5})\)?$")


_BEHIND = re.compile(
    r"^(?P<address>.*[^\s,;\n-])(?P<between>\s*[,;\n]\s*|\s+-\s+|\s+)"
    r"(?P<place>(?:[A-Z]{1,2}[- ])?\d{4,5}(?:\s?[A-Z]{2})?[\s,]+[^\W\d][^\d,;\n]*)$",
    re.DOTALL,
)


def taken_apart(cell: str | None) -> Derived | None:
    """Return postal code and city of a cell that holds both, else None.

    >>> taken_apart("9000 Gent").values, taken_apart("L-1234 Luxembourg").values, taken_apart("Gent")
    (('9000', 'Gent'), ('1234', 'Luxembourg'), None)
    """
    text = " ".join((cell or "").split())
    match = _CODE_AND_CITY.match(text) or _CITY_AND_CODE.match(text)
    return Derived((match["code"], match["city"])) if match else None


def behind_address(cell: str | None) -> Derived | None:
    """Return address, postal code and city of a cell that holds all three, else None.

    Without a comma or a line break between them, the address must have a number of its own: in "Rue du 11 Novembre
    1918 Haut" the four digits are part of the name.

    >>> behind_address("Grote Markt 7A bus A, 3000 Leuven").values
    ('Grote Markt 7A bus A', '3000', 'Leuven')
    >>> behind_address("Dorp 1 L-1611 Luxembourg").values, behind_address("Grote Markt 7"), behind_address("9000 Gent")
    (('Dorp 1', '1611', 'Luxembourg'), None, None)
    """
    match = _BEHIND.match((cell or "").strip())
    place = taken_apart(match["place"]) if match else None
    if match is None or place is None:
        return None
    parted = not match["between"].isspace() or "\n" in match["between"]
    if not parted and not re.search(r"\s\d+\s*[A-Za-z]?(?:\s*(?:bus|bte|b|/)\s*\w+)?$", match["address"]):
        return None
    return Derived((" ".join(match["address"].split()), *place.values))
