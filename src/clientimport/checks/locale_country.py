"""A contact's language and country beside the client's country."""

from __future__ import annotations

from collections.abc import Iterator

from clientimport.finding import Problem
from clientimport.record import Records
from clientimport.schema import Noticed


def locales_of_other_countries(records: Records) -> Iterator[Noticed]:
    """Notice each locale whose country is not the client's: possible, and more often copied from the row above."""
    pairs = zip(records.values("contact_locale"), records.values("country"), strict=True)
    for position, (locale, country) in enumerate(pairs):
        language, _, region = (locale or "").partition("-")
        if region and country and region != country:
            facts = {"locale": str(locale), "country": country}
            yield Noticed(
                position, "contact_locale", Problem("contact_locale.other_country", facts, f"{language}-{country}")
            )
