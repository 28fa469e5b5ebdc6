"""A client as the platform has it: its fields, and what stands beside them; as JSON and on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from clientimport.cli.console import Console
from clientimport.cli.result import CommandResult

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession
    from clientimport.model.remote import RemoteClient


def client_data(client: RemoteClient, screen: Console) -> dict[str, object]:
    """Return what JSON says about a client on the platform; what the platform does not tell is null or absent."""
    contacts, sharing = client.contacts, client.sharing
    return {
        "client_id": client.client_id,
        "status": client.status,
        "fields": _shown(client.fields, screen),
        "invitations": client.invitations,
        "contacts": None if contacts is None else [_shown(one, screen) for one in contacts],
        "share_documents": sharing and sharing.fields,
        "users": list(client.users),
        **({"integrations": dict(client.integrations)} if client.integrations else {}),
    }


def client_result(client: RemoteClient, opened: AccountSession, screen: Console) -> CommandResult:
    """Return everything that the platform has of one client."""
    words = screen.messages
    head = f"{client.client_id} · {words.client_status(client.status, opened.schema.id)}"
    headings = [words.phrase("clients.field"), words.phrase("clients.value")]
    rows = [(words.label(name), screen.display_value(name, value)) for name, value in client.fields.items()]
    text = f"{opened.heading(screen)}\n\n{head}\n{screen.table(headings, [*rows, *_beside(client, screen)])}"
    return CommandResult({**opened.data, "clients": [client_data(client, screen)]}, text)


def contact_line(contact: Mapping[str, str], screen: Console) -> str:
    """Return a contact person as in the head of a mail."""
    from clientimport.model.client import display_name

    return screen.display_value("", f"{display_name(contact)} <{contact.get('contact_email', '')}>".strip())


def _beside(client: RemoteClient, screen: Console) -> Iterator[tuple[str, str]]:
    """Yield what a client has beside its fields."""
    words, sharing = screen.messages, client.sharing
    for contact in client.contacts or ():
        yield words.phrase("clients.contact"), contact_line(contact, screen)
    if sharing is not None:
        yield words.phrase("clients.sharing"), screen.display_value("", f"{sharing.channel}: {sharing.email}")
    for user in client.users:
        yield words.phrase("clients.user"), screen.display_value("", user)
    for name, state in client.integrations.items():
        yield (
            (name, screen.display_value("", state))
            if state
            else (words.phrase("clients.integration"), screen.display_value("", name))
        )


def _shown(fields: Mapping[str, str], screen: Console) -> dict[str, str]:
    return {name: screen.display_value(name, value) for name, value in fields.items()}
