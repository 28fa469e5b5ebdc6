"""`clients`: the clients of one account, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.client_view import client_data, client_result
from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.options import AccountOptions, AdoptLedger, MailAnyway, Yes
from clientimport.cli.result import CommandFailure, CommandResult

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession
    from clientimport.connectors.protocol import Connector
    from clientimport.model.remote import DocumentSharing, RemoteClient

app = typer.Typer(help="The clients of one account, one by one.", no_args_is_help=True)

ClientId = Annotated[str, typer.Argument(metavar="CLIENT_ID", help="The platform's id of the client.")]

Fields = Annotated[
    list[str] | None, typer.Option("--field", metavar="NAME=VALUE", help="A field of the client. Repeatable.")
]

Contacts = Annotated[
    list[str] | None,
    typer.Option("--contact", metavar="'FIRST LAST <MAIL>'", help="A contact person. Repeatable."),
]

ShareDocuments = Annotated[
    str | None,
    typer.Option("--share-documents", metavar="EMAIL", help="Console: your own login at the delivery channel."),
]

ShareChannel = Annotated[
    str | None, typer.Option("--share-channel", metavar="NAME", help="Console: the delivery channel.")
]

Template = Annotated[
    str | None, typer.Option("--configuration", metavar="NAME", help="The configuration template it gets.")
]


@command(
    app,
    "clients list",
    "clientimport clients list -c office",
    "clientimport clients list -c sandbox -p accounton --search peeters --json",
)
def list_(
    *,
    on: AccountOptions,
    screen: Console,
    search: Annotated[
        str | None, typer.Option("--search", metavar="TEXT", help="Only those whose name holds these words.")
    ] = None,
) -> CommandResult:
    """List the clients that the platform has."""
    from clientimport.cli.open_account import open_account

    with open_account(on, screen) as opened:
        found = [one for one in opened.run(_all) if search is None or _named(one, search)]
    connected = tuple(dict.fromkeys(name for one in found for name, state in one.integrations.items() if state))
    headings = [screen.messages.phrase(f"clients.{key}") for key in ("id", "name", "status", "invitations")]
    rows = (_row(one, connected, opened, screen) for one in found)
    shown = f"{opened.heading(screen)}\n\n{screen.table([*headings, *connected], rows)}"
    total = screen.messages.plural("clients.total", len(found))
    return CommandResult({**opened.data, "clients": [client_data(one, screen) for one in found]}, f"{shown}\n{total}")


@command(
    app,
    "clients show",
    "clientimport clients show 6f1c -c office",
    "clientimport clients show 6f1c -c sandbox -p banqup-partner",
)
def show(*, client_id: ClientId, on: AccountOptions, screen: Console) -> CommandResult:
    """Show everything that the platform has of one client."""
    from clientimport.cli.open_account import open_account

    with open_account(on, screen) as opened:
        found = _one(client_id, opened)
    return client_result(found, opened, screen)


@command(
    app,
    "clients add",
    "clientimport clients add -c office --configuration Standard --field company_number=0403019261 "
    "--contact 'An Peeters <an@bakkerij.be>'",
    "clientimport clients add -c sandbox -p accounton --field contact_first_name=An --questionnaire PIT",
)
def add(
    *,
    on: AccountOptions,
    screen: Console,
    configuration: Template = None,
    field: Fields = None,
    contact: Contacts = None,
    questionnaire: Annotated[
        list[str] | None, typer.Option("--questionnaire", metavar="[LANGUAGE=]NAME", help="Accounton's questionnaire.")
    ] = None,
    share_documents: ShareDocuments = None,
    share_channel: ShareChannel = None,
    invite: Annotated[bool, typer.Option("--invite", help="Send it its mail too.")] = False,
    mail_anyway: MailAnyway = False,
    adopt_ledger: AdoptLedger = None,
    yes: Yes = False,
) -> CommandResult | CommandFailure:
    """Add one client, as a draft. What the platform knows of the company is filled in and shown.

    The first contact is the client's own. A client of the same name that is there already is shown first.
    """
    from clientimport.cli.client_session import NewClient, given_fields
    from clientimport.cli.commands.push import SendingOptions, push_options, require_invite
    from clientimport.cli.open_account import LedgerAccount, open_account
    from clientimport.cli.push_common import require_person_or_yes, warn_unverified_api
    from clientimport.validation.single_client import parse_contact as person

    if invite:
        require_person_or_yes(screen, yes=yes)
    with open_account(on, screen, LedgerAccount(adopts=adopt_ledger)) as opened:
        sending = SendingOptions(
            invite, questionnaire=questionnaire, share_documents=share_documents, share_channel=share_channel
        )
        require_invite(sending, opened)
        fields, people = given_fields(opened, configuration, field or []), tuple(map(person, contact or []))
        warn_unverified_api(opened, screen)
        adding = NewClient(opened, fields, people, push_options(sending, opened), screen, invite, yes, mail_anyway)
        return opened.run(adding.add)


@command(
    app,
    "clients edit",
    "clientimport clients edit 6f1c -c office --field contact_email=an@bakkerij.be",
    "clientimport clients edit 6f1c -c office --configuration Premium --contact 'An Peeters <an@bakkerij.be>'",
    "clientimport clients edit 6f1c -c console --share-documents me@office.be --share-channel 'Banqup Files'",
)
def edit(
    *,
    client_id: ClientId,
    on: AccountOptions,
    screen: Console,
    field: Fields = None,
    configuration: Template = None,
    contact: Contacts = None,
    share_documents: ShareDocuments = None,
    share_channel: ShareChannel = None,
    user: Annotated[
        list[str] | None,
        typer.Option("--user", metavar="EMAIL", help="The colleagues who manage it, in place of those. Repeatable."),
    ] = None,
    integration: Annotated[
        list[str] | None,
        typer.Option("--integration", metavar="NAME", help="Its integrations, in place of those. Repeatable."),
    ] = None,
) -> CommandResult:
    """Change one client, also what a template has set. NAME= without a value clears a field."""
    from clientimport.cli.client_change import ClientChange, require_known_choices
    from clientimport.cli.client_session import changed_values
    from clientimport.cli.open_account import open_account
    from clientimport.validation.single_client import parse_contact as person

    with open_account(on, screen) as opened:
        found = _one(client_id, opened)
        given = _given(opened, configuration, field, beside=(contact, share_documents, user, integration))
        fields, refusal = changed_values(found, opened, given, screen)
        if refusal is not None:
            return refusal
        people, sharing = tuple(map(person, contact or [])), _sharing(share_documents, share_channel, opened)
        change = ClientChange(fields, people, sharing, _tuple(user), _tuple(integration))
        require_known_choices(change, opened)
        opened.run(lambda connector: change.apply(found, connector, screen))
        return client_result(_one(client_id, opened), opened, screen)


def _tuple(given: list[str] | None) -> tuple[str, ...] | None:
    return tuple(given) if given else None


def _given(
    opened: AccountSession, configuration: str | None, field: list[str] | None, beside: tuple[object, ...]
) -> dict[str, str]:
    """Return the fields that were given; without any, something beside them must be."""
    from clientimport.cli.client_session import given_fields
    from clientimport.errors import UsageError

    if configuration or field:
        return given_fields(opened, configuration, field or [])
    if not any(beside):
        raise UsageError("usage.no_change")
    return {}


def _sharing(email: str | None, channel: str | None, opened: AccountSession) -> DocumentSharing | None:
    """Return where documents are to go. Raises UsageError where the platform shares none, or half of it is missing."""
    from clientimport.cli.commands.push import SendingOptions, push_options

    return push_options(SendingOptions(share_documents=email, share_channel=channel), opened).sharing


@command(
    app,
    "clients delete",
    "clientimport clients delete 6f1c -c office",
    "clientimport clients delete 6f1c -c sandbox -p banqup-partner --yes",
)
def delete(*, client_id: ClientId, on: AccountOptions, screen: Console, yes: Yes = False) -> CommandResult:
    """Delete one client: a draft, an archived or a lost one."""
    from clientimport.cli.open_account import open_account
    from clientimport.connectors.protocol import Deletes, require
    from clientimport.model.client import display_name

    with open_account(on, screen) as opened:
        found = _one(client_id, opened)
        name = display_name(found.fields)
        if not yes:
            screen.confirm(screen.messages.phrase("clients.ask_delete", name=name), "--yes")
        opened.run(lambda connector: require(connector, Deletes).delete(client_id))
    return CommandResult({**opened.data, "client_id": client_id}, screen.messages.phrase("clients.deleted", name=name))


@command(
    app,
    "clients peppol",
    "clientimport clients peppol 0566988259 -c office",
    "clientimport clients peppol BE0403019261 0566.988.259 -c sandbox -p billit --json",
)
def peppol(
    *,
    number: Annotated[list[str], typer.Argument(metavar="NUMBER…", help="Company or VAT numbers.")],
    on: AccountOptions,
    screen: Console,
) -> CommandResult:
    """Ask which companies receive invoices over Peppol already, wherever they were registered."""
    from clientimport.cli.commands.clients_peppol import peppol_presences
    from clientimport.cli.open_account import open_account

    with open_account(on, screen) as opened:
        found = peppol_presences(number, opened)
    words = screen.messages
    rows = [(one.number, words.phrase("peppol.yes" if one.on_peppol else "peppol.no")) for one in found]
    shown = screen.table([words.phrase("peppol.number"), "Peppol"], rows)
    return CommandResult(
        {**opened.data, "companies": [one.to_document() for one in found]}, f"{opened.heading(screen)}\n\n{shown}"
    )


async def _all(connector: Connector) -> list[RemoteClient]:
    await connector.account()
    return [client async for client in connector.clients()]


def _one(client_id: str, opened: AccountSession) -> RemoteClient:
    from clientimport.errors import UsageError

    found = opened.run(lambda connector: connector.client(client_id))
    if found is None:
        raise UsageError("client.unknown", name=client_id)
    return found


def _named(client: RemoteClient, search: str) -> bool:
    """Tell whether each word of a search stands in a client's name, as a person would compare them."""
    from clientimport.model.client import display_name
    from clientimport.model.normalize import normalize

    name = normalize(display_name(client.fields))
    return all(word in name for word in normalize(search).split())


def _row(client: RemoteClient, connected: tuple[str, ...], opened: AccountSession, screen: Console) -> tuple[str, ...]:
    from clientimport.model.client import display_name

    mails = "" if client.invitations is None else str(client.invitations)
    states = (screen.display_value("", client.integrations.get(name, "")) for name in connected)
    status = screen.messages.client_status(client.status, opened.schema.id)
    return client.client_id, display_name(client.fields), status, mails, *states
