"""A change of one client by hand: its fields, and what it has beside them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from clientimport.cli.console import Console
from clientimport.cli.open_account import AccountSession
from clientimport.connectors.protocol import (
    AssignsChoices,
    Connector,
    HasChoices,
    SharesDocuments,
    TakesContacts,
    Updates,
    require,
    supports,
)
from clientimport.errors import UsageError
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.remote import Choices, DocumentSharing, RemoteClient, has_contact


@dataclass(frozen=True, slots=True)
class ClientChange:
    """What is to be changed."""

    fields: Mapping[str, str] = field(default_factory=dict)
    contacts: tuple[Mapping[str, str], ...] = ()
    """Further contact persons to be added."""
    sharing: DocumentSharing | None = None
    users: tuple[str, ...] | None = None
    integrations: tuple[str, ...] | None = None

    async def apply(self, client: RemoteClient, connector: Connector, console: Console) -> None:
        """Make the change; a contact that the client has already is named and not added again."""
        if self.fields:
            await require(connector, Updates).update(client.client_id, self.fields)
        if self.users is not None or self.integrations is not None:
            await require(connector, AssignsChoices).assign(client.client_id, self.users, self.integrations)
        if self.sharing is not None:
            await require(connector, SharesDocuments).share_documents(client.client_id, self.sharing)
        for contact in self.contacts:
            email = contact["contact_email"]
            if has_contact(client, email) or email.casefold() == client.fields.get("contact_email", "").casefold():
                console.info("clients.contact_there", email=email)
            else:
                await require(connector, TakesContacts).add_contact(client.client_id, contact, secrets.token_hex(16))


async def available_choices(connector: Connector) -> Choices:
    """Return the colleagues and integrations that a client can be given; none where the platform has neither."""
    return await connector.choices() if supports(connector, HasChoices) else Choices()


def require_known_choices(change: ClientChange, session: AccountSession) -> None:
    """Raise UsageError for a colleague or an integration that the platform does not have."""
    wanted = {"users": change.users or (), "integrations": change.integrations or ()}
    if not any(wanted.values()):
        return
    choices = session.run(available_choices)
    for option, names in wanted.items():
        offered: tuple[str, ...] = getattr(choices, option)
        for name in names:
            if name.casefold() not in {choice.casefold() for choice in offered}:
                facts = {"name": name, "meant": did_you_mean(name, offered), "known": ", ".join(offered)}
                raise UsageError(f"clients.unknown_{option.removesuffix('s')}", **facts)
