"""Choices: the values that a drop-down list of a template offers for a column."""

from __future__ import annotations

from collections.abc import Iterable

from clientimport.connectors.protocol import ReferenceLists
from clientimport.model.platform_schema import PlatformColumn, PlatformSchema
from clientimport.schema.fields import LANGUAGES
from clientimport.schema.reference.iso_countries import ISO_COUNTRIES

LOCALES = {
    "BE": ("nl", "fr", "de", "en"),
    "LU": ("fr", "de", "en"),
    "NL": ("nl", "en"),
    "FR": ("fr", "en"),
    "DE": ("de", "en"),
}
"""The languages people have in the countries our users work in; another locale can still be typed."""


def offered_values(
    schema: PlatformSchema, column: PlatformColumn, language: str, lists: ReferenceLists | None
) -> tuple[str, ...]:
    """Return what a template in `language` offers for `column`, in the platform's words; nothing for free text.

    `lists` is what a connection knows to exist; without it only what holds for every account is offered.
    """
    if lists is not None and column.listed_in in {"configurations", "users"}:
        return getattr(lists, column.listed_in) or ()
    if column.constant:
        return (column.word(column.constant, language),)
    if column.field == "country":
        return tuple(column.word(code, language) for code in _at_home_first(schema.country, ISO_COUNTRIES))
    if column.field == "contact_locale":
        return _locales(schema.country)
    canonical = tuple(column.words) or _languages(column)
    if lists is not None and column.listed_in == "languages" and lists.languages is not None:
        canonical = tuple(code for code in canonical if code in lists.languages)
    return tuple(column.word(value, language) for value in canonical)


def _locales(home: str) -> tuple[str, ...]:
    return tuple(f"{language}-{country}" for country in _at_home_first(home, LOCALES) for language in LOCALES[country])


def _at_home_first(home: str, countries: Iterable[str]) -> list[str]:
    """Return the client's likely countries first, then the others in alphabetical order."""
    near = [home, *(country for country in LOCALES if country != home)]
    return sorted(countries, key=lambda code: (near.index(code) if code in near else len(near), code))


def _languages(column: PlatformColumn) -> tuple[str, ...]:
    """Return the language codes that the platform takes; every one of ours where it does not restrict them."""
    if column.field not in {"language", "contact_language"}:
        return ()
    taken = {spelling.casefold() for spelling in column.takes}
    return tuple(code for code in LANGUAGES if not taken or code in taken)
