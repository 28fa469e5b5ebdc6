"""A snapshot: what one account has on its platform at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from clientimport.connectors.protocol import Connector
from clientimport.model.remote import Account, ReferenceLists, RemoteClient


@dataclass(frozen=True, slots=True)
class RemoteSnapshot:
    """Whose account it is, the lists that values must exist in, and every client."""

    account: Account
    lists: ReferenceLists
    clients: tuple[RemoteClient, ...]


async def take_snapshot(connector: Connector) -> RemoteSnapshot:
    """Return what the platform has now. Raises PlatformUnreachable or CredentialsRefused."""
    account = await connector.account()
    lists = await connector.lists()
    # While pages are read the list may move, and a client come on two of them.
    clients = {client.client_id: client async for client in connector.clients()}
    return RemoteSnapshot(account, lists, tuple(clients.values()))
