"""The locale of a merged contact: the language that one list has with the country that perhaps another one has."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from clientimport.merging.cells import Given
from clientimport.merging.contacts import Person
from clientimport.model.field_type import ParsedValue
from clientimport.schema.types.locale import Locale

LANGUAGE = "contact_language"
LOCALE = "contact_locale"


def with_locale(person: Person, country: str) -> Person:
    """Return a contact whose languages are locales of the client's country; without one they stay as typed.

    >>> spoken = with_locale({"contact_language": [Given("crm", 2, "nl")]}, "BE")
    >>> [(given.value, given.is_read) for given in spoken["contact_locale"]]
    [('nl-BE', True)]
    >>> with_locale({"contact_language": [Given("crm", 2, "nl")]}, "")["contact_locale"][0].is_read
    False
    """
    given = tuple(_located(person, country))
    others = {name: values for name, values in person.items() if name not in (LANGUAGE, LOCALE)}
    return {**others, LOCALE: list(given)} if given else others


def _located(person: Person, country: str) -> Iterator[Given]:
    """Yield the locales, then the languages of rows that have no locale."""
    locales = person.get(LOCALE, [])
    rows = {(given.source, given.row) for given in locales}
    languages = [given for given in person.get(LANGUAGE, ()) if (given.source, given.row) not in rows]
    for given in (*locales, *languages):
        yield given if given.is_read and given in locales else _in_country(given, country)


def _in_country(given: Given, country: str) -> Given:
    """Return a language as a locale of a country; as typed where it makes none."""
    locale = Locale().parse(given.value, country)
    if isinstance(locale, ParsedValue) and locale.value is not None:
        return dataclasses.replace(given, value=locale.value, is_read=True)
    return dataclasses.replace(given, is_read=False)
