"""A postal code and a city in one cell, alone or behind the address."""

from __future__ import annotations

import re
from functools import lru_cache

from clientimport.schema.derivations.derivation import Derived
from clientimport.schema.types.cleaning import clean
from clientimport.schema.types.country import parse_countries
from clientimport.schema.types.country_prefix import country_of_prefix, split_country_prefix

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


def split_postal_code_city(cell: str | None, country: str | None = None) -> Derived | None:
    """Return postal code and city of a cell that holds both, else None; `country` is what its row says, if anything.

    The letters of a country beside the code are no city, and the two letters of a Dutch code belong to it.

    >>> split_postal_code_city("9000 Gent").values
    ('9000', 'Gent')
    >>> split_postal_code_city("L-1234 Luxembourg").values
    ('1234', 'Luxembourg')
    >>> split_postal_code_city("Gent")
    >>> split_postal_code_city("B 9000"), split_postal_code_city("1012 ab"), split_postal_code_city("3665 As").values
    (None, None, ('3665', 'As'))
    >>> split_postal_code_city("8660 DE PANNE", "België").values
    ('8660', 'DE PANNE')
    >>> split_postal_code_city("1012 de amsterdam", "NL").values
    ('1012 DE', 'amsterdam')
    """
    text = " ".join((cell or "").split())
    if _CODE.fullmatch(split_country_prefix(text)[0]):
        return None
    dutch = _DUTCH_AND_CITY.match(text)
    if dutch and _belongs_to_code(dutch["letters"], country):
        return Derived((f"{dutch['digits']} {dutch['letters'].upper()}", dutch["city"]))
    match = _CODE_AND_CITY.match(text) or _CITY_AND_CODE.match(text)
    return Derived((match["code"], match["city"])) if match and _is_city(match["city"], match["code"]) else None


def move_postal_code(cell: str | None) -> Derived | None:
    """Return postal code and no city of a cell that holds a code only: no town is called by digits.

    >>> move_postal_code("B-9000").values, move_postal_code("9000 Gent"), move_postal_code("Gent")
    (('B-9000', None), None, None)
    """
    text = " ".join((cell or "").split())
    return Derived((text, None)) if _CODE.fullmatch(split_country_prefix(text)[0]) else None


def split_address_and_city(cell: str | None, country: str | None = None) -> Derived | None:
    """Return address, postal code and city of a cell that holds all three, else None.

    Without a comma or a line break between them, the address must have a number of its own: in "Rue du 11 Novembre
    1918 Haut" the four digits are part of the name.

    >>> split_address_and_city("Grote Markt 7A bus A, 3000 Leuven").values
    ('Grote Markt 7A bus A', '3000', 'Leuven')
    >>> split_address_and_city("Dorp 1 L-1611 Luxembourg").values
    ('Dorp 1', '1611', 'Luxembourg')
    >>> split_address_and_city("Grote Markt 7")
    >>> split_address_and_city("9000 Gent")
    """
    match = _BEHIND.match((cell or "").strip())
    place = split_postal_code_city(match["place"], country) if match else None
    if match is None or place is None:
        return None
    parted = not match["between"].isspace() or "\n" in match["between"]
    if not parted and not re.search(r"\s\d+\s*[A-Za-z]?(?:\s*(?:bus|bte|b|/)\s*\w+)?$", match["address"]):
        return None
    return Derived((" ".join(match["address"].split()), *place.values))


def _belongs_to_code(letters: str, country: str | None) -> bool:
    """Return whether two letters between four digits and a city are the end of a Dutch postal code."""
    if country:
        return _is_dutch(country)
    return letters.isupper() and letters not in _ARTICLES


def _is_city(text: str, code: str) -> bool:
    """Return whether a text beside a code is no country's letters and not the rest of a Dutch code; `As` is a town."""
    if country_of_prefix(text.strip("() ")):
        return False
    return not (len(code) == len("1012") and _LETTERS.fullmatch(text) and not text.istitle())


@lru_cache(maxsize=1 << 10)
def _is_dutch(country: str) -> bool:
    return parse_countries(clean(country))[0] == {"NL"}
