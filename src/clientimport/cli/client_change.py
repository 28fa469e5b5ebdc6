"""A change of one client by hand: its fields, and what it has beside them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clientimport.cli.console import Console

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession
    from clientimport.connectors.protocol import ClientSettings, Connector, DocumentSharing, RemoteClient


@dataclass(frozen=True, slots=True)
class ClientChange:
    """What is to be changed."""

    fields: Mapping[str, str] = field(default_factory=dict)
    contacts: tuple[Mapping[str, str], ...] = ()
    """Further contact persons to be added."""
    sharing: DocumentSharing | None = None
    users: tuple[str, ...] | None = None
    integrations: tuple[str, ...] | None = None

    @property
    def settings(self) -> ClientSettings | None:
        """What a client has beside its fields, None when nothing of it is changed."""
        from clientimport.connectors.protocol import ClientSettings

        asked = ClientSettings(self.sharing, users=self.users, integrations=self.integrations)
        return None if asked == ClientSettings() else asked

    async def apply(self, client: RemoteClient, connector: Connector, screen: Console) -> None:
        """Make the change; a contact that the client has already is named and not added again."""
        from clientimport.connectors.protocol import has_contact

        if self.fields:
            await connector.update(client.client_id, self.fields)
        if self.settings is not None:
            await connector.change_settings(client.client_id, self.settings)
        for contact in self.contacts:
            email = contact["contact_email"]
            if has_contact(client, email) or email.casefold() == client.fields.get("contact_email", "").casefold():
                screen.info("clients.contact_there", email=email)
            else:
                await connector.add_contact(client.client_id, contact, secrets.token_hex(16))


def require_known_choices(asked: ClientChange, opened: AccountSession) -> None:
    """Raise UsageError for a colleague or an integration that the platform does not have."""
    from clientimport.errors import UsageError
    from clientimport.model.did_you_mean import did_you_mean

    wanted = {"users": asked.users or (), "integrations": asked.integrations or ()}
    if not any(wanted.values()):
        return
    there = opened.run(lambda connector: connector.choices())
    for option, names in wanted.items():
        known: tuple[str, ...] = getattr(there, option)
        for name in names:
            if name.casefold() not in {one.casefold() for one in known}:
                facts = {"name": name, "meant": did_you_mean(name, known), "known": ", ".join(known)}
                raise UsageError(f"clients.unknown_{option.removesuffix('s')}", **facts)
