"""The list of an account's clients: who each is, how far it is, and when its last mail went out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientimport.api.open_ledger import account_history
from clientimport.cli.client_filter import ClientFilter
from clientimport.cli.client_selection import client_selection
from clientimport.cli.client_view import client_data
from clientimport.cli.console import output_width, render_lines
from clientimport.cli.list_format import ListFormat, list_result
from clientimport.cli.open_account import AccountSession
from clientimport.cli.result import CommandResult
from clientimport.messages.local_time import local_day
from clientimport.model.client import STRONG_IDENTIFIERS, display_name
from clientimport.model.clock import Clock
from clientimport.model.short_ids import short_ids
from clientimport.push.ledger.client_history import NO_HISTORY, ClientHistory
from clientimport.reports.record_lines import RecordColumn, RecordLine, record_lines

if TYPE_CHECKING:
    from clientimport.connectors.protocol import Connector
    from clientimport.model.remote import Account, RemoteClient

FIRST_COLUMNS = ("client_id", "status", "last_mail")
"""What the list as CSV has even when it is empty."""


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client, the short form of its id, and what was sent to it."""

    client: RemoteClient
    short_id: str
    history: ClientHistory


def client_list(wanted: ClientFilter, format_: ListFormat, session: AccountSession) -> CommandResult:
    """Return the clients that are asked for. Raises UsageError for a status that does not exist."""
    console = session.console
    selection = client_selection(wanted, session.schema, Clock().now(), console.messages.language)
    account, clients = session.run(_all_clients)
    histories, short = account_history(session.account, account), short_ids(client.client_id for client in clients)
    listed = [
        ClientLine(client, short[client.client_id], history)
        for client in clients
        if selection.include(client, history := histories.get(client.client_id, NO_HISTORY))
    ]
    data = [_data(entry, session) for entry in listed]
    table = [_text(listed, session)] if listed else []
    text = "\n".join((session.heading(), "", *table, _total(len(listed), len(clients), session)))
    result = CommandResult({**session.data, "clients": data}, text)
    return list_result(result, data, format_, console, FIRST_COLUMNS)


async def _all_clients(connector: Connector) -> tuple[Account, list[RemoteClient]]:
    account = await connector.account()
    return account, [client async for client in connector.clients()]


def _data(entry: ClientLine, session: AccountSession) -> dict[str, object]:
    last_mail = entry.history.last_mail(entry.client.invitations)
    data = client_data(entry.client, session.console)
    return {**data, "last_mail": last_mail.isoformat() if last_mail else None}


def _text(listed: Sequence[ClientLine], session: AccountSession) -> str:
    phrase = session.console.messages.phrase
    connected = tuple(
        dict.fromkeys(name for entry in listed for name, state in entry.client.integrations.items() if state)
    )
    keys = {"id": False, "name": True, "number": False, "email": True, "status": False, "last_mail": False}
    columns = [RecordColumn(phrase(f"clients.{key}"), folds) for key, folds in keys.items()]
    columns += [RecordColumn(name) for name in connected]
    return render_lines(record_lines(columns, [_line(entry, connected, session) for entry in listed], output_width()))


def _line(entry: ClientLine, connected: Sequence[str], session: AccountSession) -> RecordLine:
    client, console = entry.client, session.console
    last_mail = entry.history.last_mail(client.invitations)
    mailed = local_day(console.messages, last_mail) if last_mail else _mails_of_others(client, session)
    texts = (
        entry.short_id,
        console.display_value("", display_name(client.fields)),
        client_number(client, session),
        console.display_value("contact_email", client.fields.get("contact_email", "")),
        console.messages.status_label(client.status, session.schema.id),
        mailed,
    )
    states = (console.display_value("", client.integrations.get(name, "")) for name in connected)
    return RecordLine((*texts, *states))


def client_number(client: RemoteClient, session: AccountSession) -> str:
    """Return the number by which a client is recognised first; a national register number is masked."""
    kind = next((kind for kind in STRONG_IDENTIFIERS if client.fields.get(kind)), None)
    return session.console.display_value(kind, client.fields[kind]) if kind else ""


def _mails_of_others(client: RemoteClient, session: AccountSession) -> str:
    """Return that a client had mails which did not go out from here, so that their day is not known."""
    number = client.invitations or 0
    return session.console.messages.plural("clients.mailed_elsewhere", number) if number else ""


def _total(listed: int, every: int, session: AccountSession) -> str:
    messages = session.console.messages
    total = messages.plural("clients.total", listed)
    return total if listed == every else messages.phrase("clients.of_all", listed=total, all=every)
