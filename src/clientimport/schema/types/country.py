"""A country, as the two letters of ISO 3166-1."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa

from clientimport.model.columns import is_one_of
from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.schema.reference.countries import (
    ISO_COUNTRIES,
    alpha_2_codes,
    country_aliases,
    country_names,
    country_names_elsewhere,
)
from clientimport.schema.reference.native_country_names import countries_in_native_letters
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.missing_value import MISSING, is_missing

_BETWEEN = re.compile(r"\s*[/,;|()]\s*|\s+-\s+")
_OTHER_LETTERS = re.compile(r"[\u0370-\u1dff\u2c00-\uffff]")
"""Greek, Cyrillic and all that follow, but for the Latin letters of Vietnamese; folding drops them."""
_AROUND = " .,;:()[]*"
_CLOSE_ENOUGH = 75
"""Percent of letters (rapidfuzz's ratio) from which on a name is suggested; chosen, not measured."""


@dataclass(frozen=True, slots=True)
class Country:
    """Two capitals. Each way of writing has a repair of its own, for platforms read some of them themselves."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the same everywhere
        """Accept the codes themselves; NA is Namibia."""
        return is_one_of(values, ISO_COUNTRIES)

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the code of a country written as a code or as a name in any language.

        >>> Country().parse("belgië", "BE"), Country().parse("nl", "BE").repair
        (ParsedValue(value='BE', repair='country.name', notes=()), 'country.casing')
        >>> Country().parse("Congo", "BE").facts, Country().parse("Belgum", "BE").suggestion
        ({'countries': 'CD, CG'}, 'BE')
        """
        typed = clean(text)
        if typed.upper() not in ISO_COUNTRIES and is_missing(text):
            return MISSING
        codes, repair = parse_countries(typed)
        if len(codes) > 1:
            return Issue("country.ambiguous", {"countries": ", ".join(sorted(codes))})
        return finish_parse(text, min(codes), repair) if codes else Issue("country.unknown", {}, _closest(typed))


def parse_countries(typed: str) -> tuple[frozenset[str], str]:
    """Return the countries that a tidy text means (one, several or none) and the repair that says how.

    >>> parse_countries("Belgium (BE)")
    (frozenset({'BE'}), 'country.alias')
    """
    if typed.upper() in ISO_COUNTRIES:
        return frozenset({typed.upper()}), "country.casing"
    codes, repair = _countries_by_name(typed)
    if codes:
        return codes, repair
    bare = typed.strip(_AROUND)
    return (parse_countries(bare)[0] if bare != typed else _country_named_twice(typed)), "country.alias"


def _countries_by_name(typed: str) -> tuple[frozenset[str], str]:
    """Return the countries that a whole text names, and how."""
    if _OTHER_LETTERS.search(typed):
        return countries_in_native_letters(typed), "country.name"
    name = normalize(typed)
    if code := alpha_2_codes().get(typed.upper()):
        return frozenset({code}), "country.code3"
    if codes := country_names().get(name):
        return codes, "country.name"
    if code := country_aliases().get(name):
        return frozenset({code}), "country.alias"
    return country_names_elsewhere().get(name, frozenset()), "country.name"


def _country_named_twice(typed: str) -> frozenset[str]:
    """Return the country that all parts of a text name, as in `België / Belgique` or `Belgium (BE)`."""
    parts = [part for part in _BETWEEN.split(typed) if part]
    countries = [frozenset({part}) if part in ISO_COUNTRIES else _countries_by_name(part)[0] for part in parts]
    return frozenset.intersection(*countries) if len(countries) > 1 else frozenset()


def _closest(typed: str) -> str | None:
    if any(character.isdigit() for character in typed):  # a column of something else; comparing takes its time
        return None
    from rapidfuzz import process
    from rapidfuzz.fuzz import ratio

    match = process.extractOne(normalize(typed), country_names().keys(), scorer=ratio, score_cutoff=_CLOSE_ENOUGH)
    return min(country_names()[match[0]]) if match and len(country_names()[match[0]]) == 1 else None
