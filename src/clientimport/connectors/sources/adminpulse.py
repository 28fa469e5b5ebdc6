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
"""The most that one page may hold, as public code asks for it."""
PER_MINUTE = 480
"""Calls that the office may make over all: https://developer.adminpulse.be (introduction)."""
TIMEOUT = 60.0
"""Seconds for one page. Chosen, not measured: pages are four times as long as those of a platform."""
_CONTACT = 1
"""The link type of a contact person."""
_IN_FLIGHT = 2
"""Requests at a time. Chosen, not measured."""

Relation = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AdminPulse:
    """One office."""

    session: HttpClient
    client: Mapping[str, str]
    """Header -> path in a relation."""
    contact: Mapping[str, str]

    async def clients(self) -> PulledClients:
        """Return every client once per contact person; a relation that is only a contact has no row of its own."""
        relations = [relation async for relation in self._relations()]
        rows = tuple(self._rows(relations))
        headers = (*self.client, *self.contact)
        return PulledClients(tuple(header for header in headers if any(header in row for row in rows)), rows)

    async def close(self) -> None:
        """Close the session."""
        await self.session.close()

    async def _relations(self) -> AsyncIterator[Relation]:
        async def page(number: int) -> Response:
            query = {"page": str(number), "pageSize": str(PAGE)}
            return await self.session.read(Request("GET", "/relations", query))

        async for relation in Pagination("results", "pageCount", "uniqueIdentifier", first_page=0, page_size=PAGE).read(
            page
        ):
            yield relation.content

    def _rows(self, relations: Sequence[Relation]) -> Iterator[Mapping[str, str]]:
        by_code = {str(relation.get("uniqueIdentifier")): relation for relation in relations}
        linked = {code for relation in relations for code in _linked_contacts(relation)}
        for relation in relations:
            own_code = relation.get("code") or relation.get("vatNumber")
            if relation.get("uniqueIdentifier") in linked and not own_code:
                continue
            cells = _cells(relation, self.client)
            people = [by_code[code] for code in _linked_contacts(relation) if code in by_code]
            yield from ({**cells, **_cells(person, self.contact)} for person in people or [{}])


def _linked_contacts(relation: Relation) -> list[str]:
    """Return the codes of the relations that are linked as contact persons."""
    links = relation.get("tos")
    objects = (link for link in links if isinstance(link, dict)) if isinstance(links, list) else ()
    return [str(link.get("uniqueIdentifier")) for link in objects if link.get("linkType") == _CONTACT]


def _cells(relation: Relation, names: Mapping[str, str]) -> dict[str, str]:
    """Return header -> text of what is there.

    >>> _cells({"name": "Peeters", "at": {"city": "Gent"}}, {"Naam": "name", "Gemeente": "at.city", "Bus": "box"})
    {'Naam': 'Peeters', 'Gemeente': 'Gent'}
    """
    cells = {}
    for header, path in names.items():
        value: Any = relation
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        if value is not None and not isinstance(value, (dict, list)) and str(value).strip():
            cells[header] = str(value)
    return cells


def adminpulse(connection: Connection, secret: str, clock: Clock) -> AdminPulse:
    """Return one office, to be asked with its key. Raises SettingsUnusable for a column that does not exist."""
    columns = tomli.loads(
        (files("clientimport") / "connectors" / "sources" / "adminpulse.toml").read_text(encoding="utf-8")
    )
    headers = {**columns["client"], **columns["contact"]}
    for header in connection.paths:
        if header not in headers:
            facts = {"file": "config.toml", "key": f"connections.{connection.name}.api.{header}"}
            raise SettingsUnusable("settings.unknown_key", meant=did_you_mean(header, headers), **facts)
    client, contact = (
        {header: connection.paths.get(header, path) for header, path in columns[kind].items()} for kind in columns
    )
    pace = RateLimiter(connection.in_flight or _IN_FLIGHT, connection.requests_per_minute or PER_MINUTE, clock)
    session = HttpClient(connection, pace, clock, TIMEOUT)

    async def sign(_refused: Mapping[str, str] | None) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {secret}"}

    session.sign = sign
    return AdminPulse(session, client, contact)
