"""A postal code and a city in one cell, alone or behind the address."""

from __future__ import annotations

import re
from functools import lru_cache

from clientimport.schema.derivations.derivation import Derived
from clientimport.schema.types.cleaning import tidy
from clientimport.schema.types.country import countries_meant
from clientimport.schema.types.country_prefix import marked_country, without_mark

_MARK = r"(?:\(?[A-Za-z]{1,3}\)?[\s.\-–—/]*)?"
_CODE_AND_CITY = re.compile(rf"^{_MARK}(?P<code>\d{{4,5}})[\s,-]+(?P<city>[^\W\d].*)$")
_DUTCH_AND_CITY = re.compile(
    rf"^{_MARK}(?P<digits>[1-9]\d{{3}})\s?(?P<letters>[A-Za-z]{{2}})[\s,-]+(?P<city>[^\W\d].*)$"
)
_CITY_AND_CODE = re.compile(r"^(?P<city>[^\W\d][^\d]*?)[\s,]+\(?(?:[A-Z]{1,3}-)?(?P<code>\d{4,5})\)?$")
_CODE = re.compile(r"\d{4,5}|[1-9]\d{3}\s?(?:[A-Z]{2}|[a-z]{2})")
"""Also a Dutch one: four digits and two letters."""
_LETTERS = re.compile(r"[A-Za-z]{2}")
_ARTICLES = frozenset({"DE", "EL", "LA", "LE", "ST", "TE"})
"""In capitals they may begin a town of Belgium or France (DE PANNE, LA HULPE) or end a Dutch code."""

_BEHIND = re.compile(
    r"^(?P<address>.*[^\s,;\n-])(?P<between>\s*[,;\n]\s*|\s+-\s+|\s+)"
    r"(?P<place>(?:[A-Z]{1,3}[- ])?\d{4,5}(?:\s?[A-Z]{2})?[\s,]+[^\W\d][^\d,;\n]*)$",
    re.DOTALL,
)


def taken_apart(cell: str | None, country: str | None = None) -> Derived | None:
    """Return postal code and city of a cell that holds both, else None; `country` is what its row says, if anything.

    The letters of a country beside the code are no city, and the two letters of a Dutch code belong to it.

    >>> taken_apart("9000 Gent").values, taken_apart("L-1234 Luxembourg").values, taken_apart("Gent")
    (('9000', 'Gent'), ('1234', 'Luxembourg'), None)
    >>> taken_apart("B 9000"), taken_apart("1012 ab"), taken_apart("3665 As").values
    (None, None, ('3665', 'As'))
    >>> taken_apart("8660 DE PANNE", "België").values, taken_apart("1012 de amsterdam", "NL").values
    (('8660', 'DE PANNE'), ('1012 DE', 'amsterdam'))
    """
    text = " ".join((cell or "").split())
    if _CODE.fullmatch(without_mark(text)[0]):
        return None
    dutch = _DUTCH_AND_CITY.match(text)
    if dutch and _belongs_to_code(dutch["letters"], country):
        return Derived((f"{dutch['digits']} {dutch['letters'].upper()}", dutch["city"]))
    match = _CODE_AND_CITY.match(text) or _CITY_AND_CODE.match(text)
    return Derived((match["code"], match["city"])) if match and _is_city(match["city"], match["code"]) else None


def code_alone(cell: str | None) -> Derived | None:
    """Return postal code and no city of a cell that holds a code only: no town is called by digits.

    >>> code_alone("B-9000").values, code_alone("9000 Gent"), code_alone("Gent")
    (('B-9000', None), None, None)
    """
    text = " ".join((cell or "").split())
    return Derived((text, None)) if _CODE.fullmatch(without_mark(text)[0]) else None


def behind_address(cell: str | None, country: str | None = None) -> Derived | None:
    """Return address, postal code and city of a cell that holds all three, else None.

    Without a comma or a line break between them, the address must have a number of its own: in "Rue du 11 Novembre
    1918 Haut" the four digits are part of the name.

    >>> behind_address("Grote Markt 7A bus A, 3000 Leuven").values
    ('Grote Markt 7A bus A', '3000', 'Leuven')
    >>> behind_address("Dorp 1 L-1611 Luxembourg").values, behind_address("Grote Markt 7"), behind_address("9000 Gent")
    (('Dorp 1', '1611', 'Luxembourg'), None, None)
    """
    match = _BEHIND.match((cell or "").strip())
    place = taken_apart(match["place"], country) if match else None
    if match is None or place is None:
        return None
    parted = not match["between"].isspace() or "\n" in match["between"]
    if not parted and not re.search(r"\s\d+\s*[A-Za-z]?(?:\s*(?:bus|bte|b|/)\s*\w+)?$", match["address"]):
        return None
    return Derived((" ".join(match["address"].split()), *place.values))


def _belongs_to_code(letters: str, country: str | None) -> bool:
    """Tell whether two letters between four digits and a city are the end of a Dutch postal code."""
    if country:
        return _is_dutch(country)
    return letters.isupper() and letters not in _ARTICLES


def _is_city(text: str, code: str) -> bool:
    """Tell whether a text beside a code is no country's letters and not the rest of a Dutch code; `As` is a town."""
    if marked_country(text.strip("() ")):
        return False
    return not (len(code) == len("1012") and _LETTERS.fullmatch(text) and not text.istitle())


@lru_cache(maxsize=1 << 10)
def _is_dutch(country: str) -> bool:
    return countries_meant(tidy(country))[0] == {"NL"}
