"""Banqup Console (Billtobox), Belgium and Luxembourg: one contact per client, documents shared with the accountant."""
# ruff: noqa: ARG002 -- the Connector protocol asks of every platform what not every platform has

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from clientimport.connectors.banqup_common import BanqupClient, banqup_client
from clientimport.connectors.protocol import (
    Account,
    Choices,
    ClientSettings,
    ConfigurationTemplate,
    DocumentSharing,
    PushOptions,
    ReferenceLists,
    RemoteClient,
)
from clientimport.errors import UsageError
from clientimport.model.client import Client, Identity
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema


class BanqupConsole:
    """The Connector of one Console; what `invite` does there, mail or provisioning, its schema's path says."""

    def __init__(self, space: BanqupClient, name: str) -> None:
        self._space = space
        self._name = name

    async def account(self) -> Account:
        """Return the space."""
        return await self._space.account()

    async def lists(self) -> ReferenceLists:
        """Return the colleagues."""
        return ReferenceLists(users=await self._space.users())

    def clients(self) -> AsyncIterator[RemoteClient]:
        """Yield every client."""
        return self._space.clients()

    async def client(self, client_id: str) -> RemoteClient | None:
        """Return one client."""
        return await self._space.client(client_id)

    async def find(self, identity: Identity) -> tuple[RemoteClient, ...]:
        """Return the clients with this identity."""
        return await self._space.find(identity)

    async def company_details(self, identity: Identity) -> Mapping[str, str]:
        """Return nothing: the Console knows no register."""
        return {}

    async def is_on_peppol(self, number: str) -> bool | None:
        """Return None: no call tells."""
        return None

    async def create(self, client: Client, options: PushOptions, key: str) -> str:
        """Create a draft, sharing its documents with the accountant where that was asked."""
        return await self._space.create(client.fields, _shared(options.sharing), key)

    async def add_contact(self, client_id: str, contact: Mapping[str, str], key: str) -> None:
        """Raise UsageError: a client has one contact here."""
        raise UsageError("platform.not_offered", platform=self._name)

    async def remove_contact(self, client_id: str, email: str) -> None:
        """Raise UsageError: a client has one contact here."""
        raise UsageError("platform.not_offered", platform=self._name)

    async def change_settings(self, client_id: str, settings: ClientSettings) -> None:
        """Share the documents or no longer; UsageError for what the Partner Space has."""
        if settings.users is not None or settings.integrations is not None:
            raise UsageError("platform.not_offered", platform=self._name)
        await self._space.patch(client_id, _shared(settings.sharing) or {"documentSharing": {"enabled": False}})

    async def choices(self) -> Choices:
        """Return the colleagues."""
        return Choices(await self._space.users())

    async def update(self, client_id: str, fields: Mapping[str, str]) -> None:
        """Overwrite just these fields."""
        await self._space.update(client_id, fields)

    async def delete(self, client_id: str) -> None:
        """Delete a draft or archived client."""
        await self._space.delete(client_id)

    async def invite(self, client_id: str, key: str) -> None:
        """Send the invitation; in Luxembourg provision the client."""
        await self._space.invite(client_id, key)

    async def configurations(self) -> tuple[ConfigurationTemplate, ...]:
        """Return none: there are no templates here."""
        return ()

    async def create_configuration(self, configuration: ConfigurationTemplate) -> None:
        """Raise UsageError: there are no templates here."""
        raise UsageError("platform.not_offered", platform=self._name)

    async def delete_configuration(self, name: str) -> None:
        """Raise UsageError: there are no templates here."""
        raise UsageError("platform.not_offered", platform=self._name)

    async def close(self) -> None:
        """Close the session."""
        await self._space.http.close()


def _shared(sharing: DocumentSharing | None) -> dict[str, object]:
    if sharing is None:
        return {}
    return {"documentSharing": {"enabled": True, "channel": sharing.channel, "email": sharing.email}}


def connector(
    schema: PlatformSchema, connection: Connection, secret: str, clock: Clock, timeout: float
) -> BanqupConsole:
    """Return the connector of one Console; nothing is asked yet."""
    return BanqupConsole(banqup_client(schema, connection, secret, clock, timeout), schema.name)
