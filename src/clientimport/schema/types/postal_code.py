"""A postal code, without the country's letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.country_prefix import country_of_prefix, split_country_prefix
from clientimport.schema.types.excel_damage import scientific_notation
from clientimport.schema.types.missing_value import MISSING, is_missing

# Belgium: https://www.bpost.be/en/postcodes, the others as their posts write them.
_FORMS = {
    "BE": r"[1-9][0-9]{3}",
    "LU": r"[0-9]{4}",
    "NL": r"[1-9][0-9]{3} [A-Z]{2}",
    "FR": r"[0-9]{5}",
    "DE": r"[0-9]{5}",
}
_ELSEWHERE = r"[0-9]{4,6}"
_ZERO_EATEN = re.compile(r"[0-9]{4}")  # five digits in France and Germany
_DUTCH = re.compile(r"([1-9][0-9]{3}) ?([A-Z]{2})")


@dataclass(frozen=True, slots=True)
class PostalCode:
    """Digits; in the Netherlands with a space and two capitals. Other forms are kept with a warning."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:
        """Accept the form of the country."""
        return pc.match_substring_regex(values, f"^(?:{_FORMS.get(country, _ELSEWHERE)})$")

    def parse(self, text: str, country: str) -> ParsedValue | Issue:
        """Return the code without the letters of a country; those of another country than the row's are a warning.

        >>> PostalCode().parse("B-9000", "BE")
        ParsedValue(value='9000', repair='postal_code.prefix', notes=())
        >>> PostalCode().parse("1000", "FR")
        ParsedValue(value='01000', repair='postal_code.zero_restored', notes=())
        >>> PostalCode().parse("L-1234", "BE").notes[0].code
        'postal_code.other_country'
        """
        if is_missing(text):
            return MISSING
        value, marked = split_country_prefix(_with_own_letters(clean(text), country))
        if problem := scientific_notation(value):
            return problem
        if country in {"FR", "DE"} and _ZERO_EATEN.fullmatch(value):
            return finish_parse(text, f"0{value}", "postal_code.zero_restored")
        if country == "NL" and (dutch := _DUTCH.fullmatch(value.upper())):
            return finish_parse(text, f"{dutch[1]} {dutch[2]}", "postal_code.spelling")
        return finish_parse(text, value, "postal_code.prefix", *_doubts(value, marked, country))


def _with_own_letters(code: str, country: str) -> str:
    """Return `1234 BE` of a Belgian client with its country before it, where it is no part of a Dutch code."""
    behind = re.fullmatch(r"([0-9]{4}) ?([A-Za-z]{2})", code)
    is_of_row = behind and country and country != "NL" and country_of_prefix(behind[2]) == country
    return f"{behind[2]}-{behind[1]}" if behind and is_of_row else code


def _doubts(value: str, marked: str | None, country: str) -> tuple[Issue, ...]:
    if country in _FORMS and not re.fullmatch(_FORMS[country], value):
        return (Issue("postal_code.form", {"country": country}),)
    if country and marked and marked != country:
        return (Issue("postal_code.other_country", {"country": country, "marked": marked}),)
    return ()
