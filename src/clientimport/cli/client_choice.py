"""The client that an id names: the whole id, or a beginning of it that no other client has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientimport.cli.next_command import next_command
from clientimport.errors import PlatformUnreachable, UsageError
from clientimport.model.short_ids import matching_ids, named_candidates

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession
    from clientimport.connectors.protocol import Connector
    from clientimport.model.remote import RemoteClient


def named_client(typed: str, session: AccountSession) -> RemoteClient:
    """Return the client that was named. Raises UsageError, which names the candidates where there are several."""
    listing = next_command(session.console, "clients list", of_file=False)
    return session.run(lambda connector: _named_client(typed, connector, listing))


async def _named_client(typed: str, connector: Connector, listing: str) -> RemoteClient:
    whole = await _client_or_none(typed, connector)
    if whole is not None:
        return whole
    clients = {client.client_id: client async for client in connector.clients()}
    candidates = matching_ids(typed, clients)
    if len(candidates) > 1:
        raise UsageError("client.several_begin", name=typed, known=named_candidates(candidates))
    if not candidates:
        raise UsageError("client.unknown", name=typed, command=listing)
    return clients[candidates[0]]


async def _client_or_none(typed: str, connector: Connector) -> RemoteClient | None:
    """Return the client with this whole id; a platform may refuse to look for what is no whole id."""
    try:
        return await connector.client(typed)
    except PlatformUnreachable as error:
        if error.code != "not_the_api":
            raise
        return None
