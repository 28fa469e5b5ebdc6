"""A locale: the language in which somebody is written to and the country whose customs go with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa

from clientimport.model.columns import is_one_of
from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.reference.countries import ISO_COUNTRIES
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.country import parse_countries
from clientimport.schema.types.language import LANGUAGES, parse_language, parse_languages
from clientimport.schema.types.missing_value import MISSING, is_missing

_COMMON = "nl-BE fr-BE de-BE en-BE fr-LU de-LU en-LU nl-NL en-NL fr-FR en-FR de-DE en-DE en-GB"
_CODES = re.compile(r"([A-Za-z]{2})\s?[-_/. ]?\s?([A-Za-z]{2})")
_TOGETHER = re.compile(r"[A-Za-z]{4}")
_NAMES = re.compile(r"([^\W_]+)\s*[-_/,(\s]\s*([^()]+?)\s*\)?")


@dataclass(frozen=True, slots=True)
class Locale:
    """Language and country joined by a hyphen: `nl-BE`."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the same everywhere
        """Accept the locales of Belgium and its neighbours."""
        return is_one_of(values, _COMMON.split())

    def parse(self, text: str, country: str) -> ParsedValue | Issue:
        """Return the locale; a language alone takes the country of its row.

        >>> Locale().parse("nl_be", "BE")
        ParsedValue(value='nl-BE', repair='locale.spelling', notes=())
        >>> Locale().parse("Nederlands", "BE")
        ParsedValue(value='nl-BE', repair='locale.country_added', notes=())
        """
        if is_missing(text):
            return MISSING
        typed = clean(text)
        together = parse_languages(f"{typed[:2]} {typed[2:]}" if _TOGETHER.fullmatch(typed) else typed)
        if len(together) > 1:  # the second word is a language, no country
            return Issue("language.several", {"languages": ", ".join(together)})
        codes = _CODES.fullmatch(typed)
        if codes and codes[2].upper() in ISO_COUNTRIES and codes[1].upper() + codes[2].upper() not in _REVERSED:
            return _locale(text, codes[1].lower(), codes[2].upper(), "locale.spelling")
        language, written = parse_language(typed)
        if language not in LANGUAGES or written == "language.from_locale":
            return _by_name(text, typed)
        if country not in ISO_COUNTRIES:
            return Issue("locale.no_country")
        return _locale(text, language, country, "locale.country_added")


_REVERSED = frozenset(f"{country}{language}".upper() for country in ("BE", "LU") for language in LANGUAGES)
"""`BE-nl` is no Belarusian in the Netherlands."""


def _by_name(text: str, typed: str) -> ParsedValue | Issue:
    """Return the locale of `Nederlands (België)`, or the problem."""
    names = _NAMES.fullmatch(typed)
    language = parse_language(names[1])[0] if names else ""
    countries = parse_countries(names[2])[0] if names and language in LANGUAGES else frozenset()
    if len(countries) == 1:
        return _locale(text, language, min(countries), "locale.spelling")
    swapped = _CODES.fullmatch(typed)
    suggestion = f"{swapped[2].lower()}-{swapped[1].upper()}" if swapped and swapped[2].lower() in LANGUAGES else None
    return Issue("locale.unknown", {}, suggestion)


def _locale(text: str, language: str, country: str, repair: str) -> ParsedValue | Issue:
    value = f"{language}-{country}"
    if language not in LANGUAGES:
        return finish_parse(text, value, repair, Issue("locale.language", {"language": language}))
    notes = () if _go_together(language, country) else (Issue("locale.pair"),)
    return finish_parse(text, value, repair, *notes)


def _go_together(language: str, country: str) -> bool:
    from babel.languages import get_official_languages

    return language == "en" or language in get_official_languages(country, de_facto=True, regional=True)
