"""A contact's language and country beside the client's country."""

from __future__ import annotations

from collections.abc import Iterator

from clientimport.model.columns import map_distinct
from clientimport.model.finding import Issue
from clientimport.model.records import Records


def locales_of_other_countries(records: Records) -> Iterator[Issue]:
    """Notice each locale whose country is not the client's: possible, and more often copied from the row above."""
    pairs = [records.column("contact_locale"), records.column("country")]
    for position, problem in map_distinct(pairs, _other_country).items():
        yield problem.at(position, "contact_locale")


def _other_country(locale: str | None, country: str | None) -> Issue | None:
    language, _, region = (locale or "").partition("-")
    if region and country and region != country:
        facts = {"locale": str(locale), "country": country}
        return Issue("contact_locale.other_country", facts, f"{language}-{country}")
    return None
