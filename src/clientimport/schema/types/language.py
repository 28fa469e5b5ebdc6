"""The language in which somebody is written to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from clientimport.model.columns import is_one_of
from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.schema.reference.countries import ISO_COUNTRIES
from clientimport.schema.reference.language_names import language_codes, language_names, short_forms
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.missing_value import MISSING, is_missing

LANGUAGES = ("nl", "fr", "en", "de")
_LOCALE = re.compile(r"([A-Za-z]{2,3})\s?[-_]\s?([A-Za-z]{2})")
_BETWEEN = re.compile(r"\s*[/,;|&+()\n-]\s*|\s+(?:en|et|and|und|of|ou|or|oder)\s+", re.IGNORECASE)
_PAIR = re.compile(r"([A-Za-z]{2})[ .]([A-Za-z]{2})")
_FRAME = re.compile(r"\.$|\s*\([^()]*\)$")
"""A final dot, and a remark in brackets."""
_CLOSE_ENOUGH = 75
"""Percent of letters (rapidfuzz's ratio) from which on a name is suggested; chosen, not measured."""


@dataclass(frozen=True, slots=True)
class Language:
    """Two letters, of the languages that a platform offers."""

    allowed: tuple[str, ...] = LANGUAGES

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the same everywhere
        """Accept the codes of the languages that are offered."""
        return is_one_of(values, self.allowed)

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the code of a language written as a code, a name or a locale.

        >>> Language().parse("Néerlandais", "BE"), Language().parse("fr-BE", "BE").repair
        (ParsedValue(value='nl', repair='language.name', notes=()), 'language.from_locale')
        >>> Language(("fr", "en")).parse("Nederlands", "LU").code
        'language.not_offered'
        """
        if text not in self.allowed and is_missing(text):
            return MISSING
        typed = clean(text)
        bare = _FRAME.sub("", typed)
        together = parse_languages(typed)
        if len(together) > 1:
            return Issue("language.several", {"languages": ", ".join(together)})
        code, repair = (together[0], "language.alias") if together else parse_language(bare)
        repair = repair if bare == typed else "language.alias"
        if code in self.allowed:
            return finish_parse(text, code, repair)
        if code:
            return Issue("language.not_offered", {"offered": ", ".join(self.allowed)})
        return Issue("language.unknown", {"offered": ", ".join(self.allowed)}, _closest(typed, self.allowed))


def parse_languages(typed: str) -> tuple[str, ...]:
    """Return the languages of a text that names several, or one of them twice; () when it does not.

    >>> [parse_languages(typed) for typed in ("FR/NL", "nl fr", "Nederlands / néerlandais", "fr-BE", "en-NL")]
    [('fr', 'nl'), ('nl', 'fr'), ('nl',), (), ()]
    """
    pair = _PAIR.fullmatch(typed)
    parts = list(pair.groups()) if pair else [part for part in _BETWEEN.split(typed) if part]
    codes = tuple(dict.fromkeys(parse_language(part)[0] for part in parts))
    whole = len(parts) > 1 and all(code in LANGUAGES for code in codes)
    return codes if whole and not _is_locale(typed, codes) else ()


def _is_locale(typed: str, codes: tuple[str, ...]) -> bool:
    """Return whether the second half is a country: as in `nl-FR`, not in `NL-FR`; English is written to any country."""
    locale = _LOCALE.fullmatch(typed)
    if locale is None or locale[2].upper() not in ISO_COUNTRIES:
        return False
    return len(codes) == 1 or codes[0] == "en" or (locale[1].islower() and locale[2].isupper())


def _closest(typed: str, allowed: tuple[str, ...]) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.fuzz import ratio

    match = process.extractOne(normalize(typed), _names(allowed), scorer=ratio, score_cutoff=_CLOSE_ENOUGH)
    return language_names()[match[0]] if match else None


@cache
def _names(allowed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name, code in language_names().items() if code in allowed)


def parse_language(typed: str) -> tuple[str, str]:
    """Return the code of the language that `typed` means, or an empty one, and how it is written."""
    if typed.lower() in LANGUAGES:
        return typed.lower(), "language.casing"
    name = normalize(typed)
    if name in short_forms():
        return short_forms()[name], "language.alias"
    if name in language_names():
        return language_names()[name], "language.name"
    locale = _LOCALE.fullmatch(typed)
    if locale and locale[1].lower() in language_codes() and locale[2].upper() in ISO_COUNTRIES:
        return locale[1].lower(), "language.from_locale"
    return (typed.lower() if typed.lower() in language_codes() else ""), "language.casing"
