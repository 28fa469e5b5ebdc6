"""`clients`: the clients of one account, one by one."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.one_client import client_data
from clientimport.cli.options import AdoptLedger, Anyway, On, Yes
from clientimport.cli.outcome import Failure, Outcome
from clientimport.cli.screen import Screen

if TYPE_CHECKING:
    from clientimport.cli.access import Access
    from clientimport.platforms.interface import Connector, RemoteClient

app = typer.Typer(help="The clients of one account, one by one.", no_args_is_help=True)

ClientId = Annotated[str, typer.Argument(metavar="CLIENT_ID", help="The platform's id of the client.")]

Fields = Annotated[
    list[str] | None, typer.Option("--field", metavar="NAME=VALUE", help="A field of the client. Repeatable.")
]

Template = Annotated[
    str | None, typer.Option("--configuration", metavar="NAME", help="The configuration template it gets.")
]


@command(
    app,
    "clients list",
    "clientimport clients list -c office",
    "clientimport clients list -c sandbox -p accounton --json",
)
def list_(*, on: On, screen: Screen) -> Outcome:
    """List the clients that the platform has."""
    from clientimport.cli.access import access

    with access(on, screen) as opened:
        found = opened.use(_all)
    connected = tuple(dict.fromkeys(name for one in found for name in one.integrations))
    headings = [screen.words.say(f"clients.{key}") for key in ("id", "name", "status", "invitations")]
    rows = (_row(one, connected, screen) for one in found)
    shown = f"{opened.heading(screen)}\n\n{screen.table([*headings, *connected], rows)}"
    total = screen.words.count("clients.total", len(found))
    return Outcome({**opened.data, "clients": [client_data(one, screen) for one in found]}, f"{shown}\n{total}")


@command(
    app,
    "clients show",
    "clientimport clients show 6f1c -c office",
    "clientimport clients show 6f1c -c sandbox -p banqup-partner",
)
def show(*, client_id: ClientId, on: On, screen: Screen) -> Outcome:
    """Show everything that the platform has of one client."""
    from clientimport.cli.access import access

    with access(on, screen) as opened:
        found = _one(client_id, opened)
    return _shown(found, opened, screen)


@command(
    app,
    "clients add",
    "clientimport clients add -c office --configuration Standard --field company_number=0403019261 "
    "--contact 'An Peeters <an@bakkerij.be>'",
    "clientimport clients add -c sandbox -p accounton --field contact_first_name=An --questionnaire PIT",
)
def add(
    *,
    on: On,
    screen: Screen,
    configuration: Template = None,
    field: Fields = None,
    contact: Annotated[
        list[str] | None,
        typer.Option(
            "--contact", metavar="'FIRST LAST <MAIL>'", help="A contact person. The first is the client's own."
        ),
    ] = None,
    questionnaire: Annotated[
        list[str] | None, typer.Option("--questionnaire", metavar="[LANGUAGE=]NAME", help="Accounton's questionnaire.")
    ] = None,
    invite: Annotated[bool, typer.Option("--invite", help="Send it its mail too.")] = False,
    mail_anyway: Anyway = False,
    adopt_ledger: AdoptLedger = None,
    yes: Yes = False,
) -> Outcome | Failure:
    """Add one client, as a draft. What the platform knows of the company is filled in and shown."""
    from clientimport.cli.access import FromLedger, access
    from clientimport.cli.one_client import Adding, given_fields
    from clientimport.cli.push import Sending, push_options, require_invite
    from clientimport.cli.sending import require_person_or_yes, say_unverified
    from clientimport.typed_client import contact as person

    if invite:
        require_person_or_yes(screen, yes=yes)
    with access(on, screen, FromLedger(adopts=adopt_ledger)) as opened:
        sending = Sending(questionnaire=questionnaire, invite=invite)
        require_invite(sending, opened)
        fields, people = given_fields(opened, configuration, field or []), tuple(map(person, contact or []))
        say_unverified(opened, screen)
        adding = Adding(opened, fields, people, push_options(sending, opened), screen, invite, yes, mail_anyway)
        return opened.use(adding.done)


@command(
    app,
    "clients edit",
    "clientimport clients edit 6f1c -c office --field contact_email=an@bakkerij.be",
    "clientimport clients edit 6f1c -c office --configuration Premium",
)
def edit(
    *, client_id: ClientId, on: On, screen: Screen, field: Fields = None, configuration: Template = None
) -> Outcome:
    """Change fields of one client, also those that a template has set. NAME= without a value clears a field."""
    from clientimport.cli.access import access
    from clientimport.cli.one_client import changed, given_fields

    with access(on, screen) as opened:
        found = _one(client_id, opened)
        given = given_fields(opened, configuration, field or [])
        fields, refusal = changed(found, opened, given, screen)
        if refusal is not None:
            return refusal
        opened.use(lambda connector: connector.update(client_id, fields))
        return _shown(_one(client_id, opened), opened, screen)


@command(
    app,
    "clients delete",
    "clientimport clients delete 6f1c -c office",
    "clientimport clients delete 6f1c -c sandbox -p banqup-partner --yes",
)
def delete(*, client_id: ClientId, on: On, screen: Screen, yes: Yes = False) -> Outcome:
    """Delete one client: a draft, an archived or a lost one."""
    from clientimport.cli.access import access
    from clientimport.client import display_name

    with access(on, screen) as opened:
        found = _one(client_id, opened)
        name = display_name(found.fields)
        if not yes:
            screen.confirm(screen.words.say("clients.ask_delete", name=name), "--yes")
        opened.use(lambda connector: connector.delete(client_id))
    return Outcome({**opened.data, "client_id": client_id}, screen.words.say("clients.deleted", name=name))


@command(
    app,
    "clients peppol",
    "clientimport clients peppol 0566988259 -c office",
    "clientimport clients peppol BE0403019261 0566.988.259 -c sandbox -p billit --json",
)
def peppol(
    *,
    number: Annotated[list[str], typer.Argument(metavar="NUMBER…", help="Company or VAT numbers.")],
    on: On,
    screen: Screen,
) -> Outcome:
    """Ask which companies receive invoices over Peppol already, wherever they were registered."""
    from clientimport.cli.access import access
    from clientimport.cli.peppol import presences

    with access(on, screen) as opened:
        found = presences(number, opened)
    words = screen.words
    rows = [(one.number, words.say("peppol.yes" if one.on_peppol else "peppol.no")) for one in found]
    shown = screen.table([words.say("peppol.number"), "Peppol"], rows)
    return Outcome({**opened.data, "companies": [asdict(one) for one in found]}, f"{opened.heading(screen)}\n\n{shown}")


async def _all(connector: Connector) -> list[RemoteClient]:
    await connector.account()
    return [client async for client in connector.clients()]


def _one(client_id: str, opened: Access) -> RemoteClient:
    from clientimport.errors import UsageError

    found = opened.use(lambda connector: connector.client(client_id))
    if found is None:
        raise UsageError("client.unknown", name=client_id)
    return found


def _row(client: RemoteClient, connected: tuple[str, ...], screen: Screen) -> tuple[str, ...]:
    from clientimport.client import display_name

    mails = "" if client.invitations is None else str(client.invitations)
    states = (screen.shown("", client.integrations.get(name, "")) for name in connected)
    return client.client_id, display_name(client.fields), screen.words.say(f"status.{client.status}"), mails, *states


def _shown(client: RemoteClient, opened: Access, screen: Screen) -> Outcome:
    words = screen.words
    head = f"{client.client_id} · {words.say(f'status.{client.status}')}"
    headings = [words.say("clients.field"), words.say("clients.value")]
    rows = [(words.label(name), screen.shown(name, value)) for name, value in client.fields.items()]
    rows += [(name, screen.shown("", state)) for name, state in client.integrations.items()]
    text = f"{opened.heading(screen)}\n\n{head}\n{screen.table(headings, rows)}"
    return Outcome({**opened.data, "clients": [client_data(client, screen)]}, text)
