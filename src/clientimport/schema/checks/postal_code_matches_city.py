"""A postal code and a city that are not in the same place."""

from __future__ import annotations

from collections.abc import Iterator

from clientimport.model.columns import map_distinct
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.model.records import Records
from clientimport.schema.reference.cities import cities


def cities_of_other_codes(records: Records) -> Iterator[Issue]:
    """Notice each well-known city with a postal code of another part of the country; smaller places are not judged."""
    columns = [records.column(field) for field in ("city", "postal_code", "country")]
    for position, problem in map_distinct(columns, _elsewhere).items():
        yield problem.at(position, "postal_code")


def _elsewhere(city: str | None, code: str | None, country: str | None) -> Issue | None:
    place = cities().get(country or "", {}).get(normalize(city or ""))
    if place is None or not code or not code.isdigit():
        return None
    if any(first <= int(code) <= last for first, last in place.codes):
        return None
    return Issue("postal_code.other_city", {"city": city or "", "postal_code": code})
