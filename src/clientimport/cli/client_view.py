"""A client as the platform has it: its fields, and what it has beside them; as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clientimport.cli.console import Console
from clientimport.cli.open_account import AccountSession
from clientimport.cli.result import CommandResult
from clientimport.model.client import display_name
from clientimport.model.remote import RemoteClient


def client_data(client: RemoteClient, console: Console) -> dict[str, object]:
    """Return what JSON says about a client on the platform; what the platform does not give is null or absent."""
    contacts, sharing = client.contacts, client.sharing
    return {
        "client_id": client.client_id,
        "status": client.status,
        "fields": _display_fields(client.fields, console),
        "invitations": client.invitations,
        "contacts": None if contacts is None else [_display_fields(contact, console) for contact in contacts],
        "share_documents": sharing and sharing.fields,
        "users": list(client.users),
        **({"integrations": dict(client.integrations)} if client.integrations else {}),
    }


def client_result(client: RemoteClient, session: AccountSession) -> CommandResult:
    """Return everything that the platform has of one client."""
    console, messages = session.console, session.console.messages
    head = f"{client.client_id} · {messages.client_status(client.status, session.schema.id)}"
    headings = [messages.phrase("clients.field"), messages.phrase("clients.value")]
    rows = [(messages.label(name), console.worded_value(name, value)) for name, value in client.fields.items()]
    text = f"{session.heading()}\n\n{head}\n{console.table(headings, [*rows, *_other_rows(client, console)])}"
    return CommandResult({**session.data, "clients": [client_data(client, console)]}, text)


def contact_line(contact: Mapping[str, str], console: Console) -> str:
    """Return a contact person as in the head of a mail."""
    return console.display_value("", f"{display_name(contact)} <{contact.get('contact_email', '')}>".strip())


def _other_rows(client: RemoteClient, console: Console) -> Iterator[tuple[str, str]]:
    """Yield what a client has beside its fields."""
    messages, sharing = console.messages, client.sharing
    for contact in client.contacts or ():
        yield messages.phrase("clients.contact"), contact_line(contact, console)
    if sharing is not None:
        yield messages.phrase("clients.sharing"), console.display_value("", f"{sharing.channel}: {sharing.email}")
    for user in client.users:
        yield messages.phrase("clients.user"), console.display_value("", user)
    for name, state in client.integrations.items():
        yield (
            (name, console.display_value("", state))
            if state
            else (messages.phrase("clients.integration"), console.display_value("", name))
        )


def _display_fields(fields: Mapping[str, str], console: Console) -> dict[str, str]:
    return {name: console.display_value(name, value) for name, value in fields.items()}
