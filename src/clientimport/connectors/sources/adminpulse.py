"""AdminPulse: the relations of one office through its API, persons linked as contacts beside their clients.

What is known of it: https://developer.adminpulse.be (introduction), and public code that calls it. The names of most
fields are not public, so they stand in adminpulse.toml and can be corrected in config.toml.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import tomli

from clientimport.connectors.http.client import HttpClient, Request, Response
from clientimport.connectors.http.pagination import Pagination
from clientimport.connectors.http.rate_limiter import RateLimiter
from clientimport.connectors.sources.protocol import PulledClients
from clientimport.errors import SettingsUnusable
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.model.did_you_mean import did_you_mean

PAGE = 400
"""The most that one page may hold."""
PER_MINUTE = 480
"""Calls that the office may make over all."""
TIMEOUT = 60.0
_CONTACT = 1
"""The link type of a contact person."""
_IN_FLIGHT = 2

Relation = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AdminPulse:
    """One office."""

    session: HttpClient
    client: Mapping[str, str]
    """Header -> path in a relation."""
    contact: Mapping[str, str]

    async def clients(self) -> PulledClients:
        """Return every client once per contact person; who is only somebody's contact has no row of their own."""
        relations = [relation async for relation in self._relations()]
        rows = tuple(self._rows(relations))
        headers = (*self.client, *self.contact)
        return PulledClients(tuple(one for one in headers if any(one in row for row in rows)), rows)

    async def close(self) -> None:
        """Close the session."""
        await self.session.close()

    async def _relations(self) -> AsyncIterator[Relation]:
        async def page(number: int) -> Response:
            asked = {"page": str(number), "pageSize": str(PAGE)}
            return await self.session.read(Request("GET", "/relations", asked))

        async for relation in Pagination("results", "pageCount", "uniqueIdentifier", first_page=0, page_size=PAGE).read(
            page
        ):
            yield relation.content

    def _rows(self, relations: Sequence[Relation]) -> Iterator[Mapping[str, str]]:
        by_code = {str(one.get("uniqueIdentifier")): one for one in relations}
        linked = {code for one in relations for code in _contacts(one)}
        for relation in relations:
            own = relation.get("code") or relation.get("vatNumber")
            if relation.get("uniqueIdentifier") in linked and not own:
                continue
            told = _told(relation, self.client)
            people = [by_code[one] for one in _contacts(relation) if one in by_code]
            yield from ({**told, **_told(person, self.contact)} for person in people or [{}])


def _contacts(relation: Relation) -> list[str]:
    """Return the codes of the relations that are linked as contact persons."""
    links = relation.get("tos")
    found = (one for one in links if isinstance(one, dict)) if isinstance(links, list) else ()
    return [str(one.get("uniqueIdentifier")) for one in found if one.get("linkType") == _CONTACT]


def _told(relation: Relation, names: Mapping[str, str]) -> dict[str, str]:
    """Return header -> text of what is there.

    >>> _told({"name": "Peeters", "at": {"city": "Gent"}}, {"Naam": "name", "Gemeente": "at.city", "Bus": "box"})
    {'Naam': 'Peeters', 'Gemeente': 'Gent'}
    """
    told = {}
    for header, path in names.items():
        found: Any = relation
        for name in path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        if found is not None and not isinstance(found, (dict, list)) and str(found).strip():
            told[header] = str(found)
    return told


def adminpulse(connection: Connection, secret: str, clock: Clock) -> AdminPulse:
    """Return one office, to be asked with its key. Raises SettingsUnusable for a column that does not exist."""
    known = tomli.loads(
        (files("clientimport") / "connectors" / "sources" / "adminpulse.toml").read_text(encoding="utf-8")
    )
    headers = {**known["client"], **known["contact"]}
    for header in connection.paths:
        if header not in headers:
            facts = {"file": "config.toml", "key": f"connections.{connection.name}.api.{header}"}
            raise SettingsUnusable("settings.unknown_key", meant=did_you_mean(header, headers), **facts)
    client, contact = ({one: connection.paths.get(one, path) for one, path in known[kind].items()} for kind in known)
    pace = RateLimiter(connection.in_flight or _IN_FLIGHT, connection.requests_per_minute or PER_MINUTE, clock)
    session = HttpClient(connection, pace, clock, TIMEOUT)

    async def sign(_refused: Mapping[str, str] | None) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {secret}"}

    session.sign = sign
    return AdminPulse(session, client, contact)
