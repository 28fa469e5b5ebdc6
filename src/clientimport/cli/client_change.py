"""A change of one client by hand: its fields, and what it has beside them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clientimport.cli.console import Console

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession
    from clientimport.connectors.protocol import Connector
    from clientimport.model.remote import Choices, DocumentSharing, RemoteClient


@dataclass(frozen=True, slots=True)
class ClientChange:
    """What is to be changed."""

    fields: Mapping[str, str] = field(default_factory=dict)
    contacts: tuple[Mapping[str, str], ...] = ()
    """Further contact persons to be added."""
    sharing: DocumentSharing | None = None
    users: tuple[str, ...] | None = None
    integrations: tuple[str, ...] | None = None

    async def apply(self, client: RemoteClient, connector: Connector, screen: Console) -> None:
        """Make the change; a contact that the client has already is named and not added again."""
        from clientimport.connectors.protocol import AssignsChoices, SharesDocuments, TakesContacts, Updates, require
        from clientimport.model.remote import has_contact

        if self.fields:
            await require(connector, Updates).update(client.client_id, self.fields)
        if self.users is not None or self.integrations is not None:
            await require(connector, AssignsChoices).assign(client.client_id, self.users, self.integrations)
        if self.sharing is not None:
            await require(connector, SharesDocuments).share_documents(client.client_id, self.sharing)
        for contact in self.contacts:
            email = contact["contact_email"]
            if has_contact(client, email) or email.casefold() == client.fields.get("contact_email", "").casefold():
                screen.info("clients.contact_there", email=email)
            else:
                await require(connector, TakesContacts).add_contact(client.client_id, contact, secrets.token_hex(16))


async def available_choices(connector: Connector) -> Choices:
    """Return the colleagues and integrations that a client can be given; none where the platform has neither."""
    from clientimport.connectors.protocol import HasChoices, supports
    from clientimport.model.remote import Choices

    return await connector.choices() if supports(connector, HasChoices) else Choices()


def require_known_choices(asked: ClientChange, opened: AccountSession) -> None:
    """Raise UsageError for a colleague or an integration that the platform does not have."""
    from clientimport.errors import UsageError
    from clientimport.model.did_you_mean import did_you_mean

    wanted = {"users": asked.users or (), "integrations": asked.integrations or ()}
    if not any(wanted.values()):
        return
    there = opened.run(available_choices)
    for option, names in wanted.items():
        known: tuple[str, ...] = getattr(there, option)
        for name in names:
            if name.casefold() not in {one.casefold() for one in known}:
                facts = {"name": name, "meant": did_you_mean(name, known), "known": ", ".join(known)}
                raise UsageError(f"clients.unknown_{option.removesuffix('s')}", **facts)
