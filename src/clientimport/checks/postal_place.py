"""A postal code and a city that are not in the same place."""

from __future__ import annotations

from collections.abc import Iterator

from clientimport.finding import Problem
from clientimport.folding import folded
from clientimport.places import Place, places
from clientimport.record import Records
from clientimport.schema import Noticed


def cities_of_other_codes(records: Records) -> Iterator[Noticed]:
    """Notice each well-known city whose postal code is in another part of the country; smaller places nobody judges."""
    columns = (records.values(field) for field in ("city", "postal_code", "country"))
    known: dict[tuple[str | None, ...], Place | None] = {}
    for position, triple in enumerate(zip(*columns, strict=True)):
        if triple not in known:
            known[triple] = _elsewhere(*triple)
        if known[triple] is not None:
            facts = {"city": str(triple[0]), "postal_code": str(triple[1])}
            yield Noticed(position, "postal_code", Problem("postal_code.other_city", facts))


def _elsewhere(city: str | None, code: str | None, country: str | None) -> Place | None:
    place = places().get(country or "", {}).get(folded(city or ""))
    if place is None or not code or not code.isdigit():
        return None
    return None if any(first <= int(code) <= last for first, last in place.codes) else place
