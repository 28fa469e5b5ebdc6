"""Banqup Console (Billtobox), Belgium and Luxembourg: one contact per client, documents shared with the accountant."""

from __future__ import annotations

from clientimport.connectors.banqup_common import BanqupClient
from clientimport.model.client import Client
from clientimport.model.remote import Choices, DocumentSharing, PushOptions, ReferenceLists


class BanqupConsole(BanqupClient):
    """The Connector of one Console; the path in its schema decides whether `invite` mails or provisions."""

    async def lists(self) -> ReferenceLists:
        """Return the colleagues."""
        return ReferenceLists(users=await self.users())

    async def create(self, client: Client, options: PushOptions, key: str) -> str:
        """Create a draft, sharing its documents with the accountant where that was asked."""
        sharing = options.sharing
        return await self.create_client(client.fields, {} if sharing is None else _sharing_document(sharing), key)

    async def share_documents(self, client_id: str, sharing: DocumentSharing | None) -> None:
        """Share the documents, or no longer."""
        await self.patch(client_id, _sharing_document(sharing))

    async def choices(self) -> Choices:
        """Return the colleagues."""
        return Choices(await self.users())


def _sharing_document(sharing: DocumentSharing | None) -> dict[str, object]:
    if sharing is None:
        return {"documentSharing": {"enabled": False}}
    return {"documentSharing": {"enabled": True, "channel": sharing.channel, "email": sharing.email}}


CONNECTOR = BanqupConsole
