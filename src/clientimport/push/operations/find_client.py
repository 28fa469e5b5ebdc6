"""Look-up: whether the platform has a client whose answer was lost, asked before anything is sent again."""

from __future__ import annotations

from collections.abc import Mapping

from clientimport.connectors.protocol import Connector
from clientimport.model.client import identities
from clientimport.model.clock import Clock
from clientimport.model.remote import RemoteClient
from clientimport.push.plan.client_matching import conflicting_identity

FIND_DELAY = 2.0
"""Seconds in which a request that is still under way may land; then "not there" is believed. Chosen, not measured."""


async def find_clients(connector: Connector, fields: Mapping[str, str]) -> tuple[RemoteClient, ...]:
    """Return the clients with our strongest identity that any has; by contact alone where we know no other."""
    known_identities = tuple(identities(fields))
    strong = tuple(identity for identity in known_identities if not identity.weak)
    for identity in strong or known_identities:
        clients = await connector.find(identity)
        same = tuple(client for client in clients if not conflicting_identity(fields, client.fields, identity.kind))
        if same:
            return same
    return ()


async def find_with_delay(connector: Connector, fields: Mapping[str, str], clock: Clock) -> tuple[RemoteClient, ...]:
    """Return the clients found, looking again after a while when there is none yet."""
    clients = await find_clients(connector, fields)
    if not clients:
        await clock.sleep(FIND_DELAY)
        clients = await find_clients(connector, fields)
    return clients
