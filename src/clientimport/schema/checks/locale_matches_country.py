"""A contact's language and country beside the client's country."""

from __future__ import annotations

from collections.abc import Iterator

from clientimport.model.columns import map_distinct
from clientimport.model.finding import Problem
from clientimport.model.platform_schema import Issue
from clientimport.model.records import Records


def locales_of_other_countries(records: Records) -> Iterator[Issue]:
    """Notice each locale whose country is not the client's: possible, and more often copied from the row above."""
    pairs = [records.column("contact_locale"), records.column("country")]
    for position, problem in map_distinct(pairs, _other_country).items():
        yield Issue(position, "contact_locale", problem)


def _other_country(locale: str | None, country: str | None) -> Problem | None:
    language, _, region = (locale or "").partition("-")
    if region and country and region != country:
        facts = {"locale": str(locale), "country": country}
        return Problem("contact_locale.other_country", facts, f"{language}-{country}")
    return None
