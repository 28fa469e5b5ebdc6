"""A postal code, without the country's prefix."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.finding import Problem
from clientimport.types.cleaning import settled, tidy
from clientimport.types.interface import Parsed
from clientimport.types.nothing import NOTHING, means_nothing

# Belgium: https://www.bpost.be/en/postcodes, the others as their posts write them.
_FORMS = {
    "BE": r"[1-9][0-9]{3}",
    "LU": r"[0-9]{4}",
    "NL": r"[1-9][0-9]{3} [A-Z]{2}",
    "FR": r"[0-9]{5}",
    "DE": r"[0-9]{5}",
}
_ELSEWHERE = r"[0-9]{4,6}"
_PREFIX = re.compile(r"^(?:BEL|B|LUX|LU|L|FR|F|DE|D|NL|BE)[\s\-–.]*(?=[0-9]{4})", re.IGNORECASE)
_ZERO_EATEN = re.compile(r"[0-9]{4}")  # five digits in France and Germany


@dataclass(frozen=True, slots=True)
class PostalCode:
    """Digits; in the Netherlands with a space and two capitals. Other forms are kept with a warning."""

    def plain(self, values: pa.StringArray, country: str) -> pa.BooleanArray:
        """Accept the form of the country."""
        return pc.match_substring_regex(values, f"^(?:{_FORMS.get(country, _ELSEWHERE)})$")

    def parse(self, text: str, country: str) -> Parsed | Problem:
        """Return the code without prefix.

        >>> PostalCode().parse("B-9000", "BE")
        Parsed(value='9000', repair='postal_code.prefix', notes=())
        >>> PostalCode().parse("1000", "FR")
        Parsed(value='01000', repair='postal_code.zero_restored', notes=())
        """
        if means_nothing(text):
            return NOTHING
        value = _PREFIX.sub("", tidy(text)) if country in _FORMS else tidy(text)
        if country in {"FR", "DE"} and _ZERO_EATEN.fullmatch(value):
            return settled(text, f"0{value}", "postal_code.zero_restored")
        dutch = re.fullmatch(r"([1-9][0-9]{3}) ?([A-Z]{2})", value.upper()) if country == "NL" else None
        if dutch:
            return settled(text, f"{dutch[1]} {dutch[2]}", "postal_code.spelling")
        fits = country not in _FORMS or re.fullmatch(_FORMS[country], value)
        notes = () if fits else (Problem("postal_code.form", {"country": country}),)
        return settled(text, value, "postal_code.prefix", *notes)
