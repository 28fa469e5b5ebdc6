"""`clients`: the clients of one account, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.client_filter import ClientFilter
from clientimport.cli.command import command
from clientimport.cli.completion_values import ASSIGNED
from clientimport.cli.console import Console
from clientimport.cli.list_format import FormatOption, ListFormat
from clientimport.cli.options import AccountOptions, AdoptLedger, MailAnyway, Yes, argument, option
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.cli.sending_options import SendingOptions
from clientimport.errors import UsageError
from clientimport.model.client import display_name

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession
    from clientimport.connectors.protocol import Connector

app = typer.Typer(help="The clients of one account, one by one.", no_args_is_help=True)

ClientId = Annotated[str, argument("CLIENT_ID", "The platform's id of the client, or its beginning.")]
Fields = Annotated[
    list[str] | None,
    option(
        "--field",
        None,
        "A field of the client. Repeatable.",
        "NAME=VALUE",
        autocompletion=ASSIGNED,
    ),
]
Contacts = Annotated[
    list[str] | None, option("--contact", None, "A contact person. Repeatable.", "'FIRST LAST <MAIL>'")
]
ShareDocuments = Annotated[
    str | None, option("--share-documents", None, "Console: your own login at the delivery channel.", "EMAIL")
]
ShareChannel = Annotated[str | None, option("--share-channel", None, "Console: the delivery channel.", "NAME")]
Template = Annotated[str | None, option("--configuration", None, "The configuration template it gets.", "NAME")]


@command(
    app,
    "clients list",
    "clientimport clients list -c office --status draft",
    "clientimport clients list -c office --invited-before 14",
    "clientimport clients list -c sandbox -p accounton --search peeters --json",
)
def list_(
    *,
    wanted: ClientFilter,
    format_: FormatOption = ListFormat.TEXT,
    on: AccountOptions,
    console: Console,
) -> CommandResult:
    """List the clients that the platform has: name, number, e-mail, status and last mail.

    A status may be given in the platform's own word. An id may be given to other commands as short as it is shown.
    """
    from clientimport.cli.client_list import client_list
    from clientimport.cli.open_account import open_account

    with open_account(on, console) as session:
        return client_list(wanted, format_, session)


@command(
    app,
    "clients show",
    "clientimport clients show 6f1c -c office",
    "clientimport clients show 6f1c -c sandbox -p banqup-partner",
)
def show(*, client_id: ClientId, on: AccountOptions, console: Console) -> CommandResult:
    """Show everything that the platform has of one client."""
    from clientimport.cli.client_choice import named_client
    from clientimport.cli.client_view import client_result
    from clientimport.cli.open_account import open_account

    with open_account(on, console) as session:
        client = named_client(client_id, session)
    return client_result(client, session)


@dataclass(frozen=True, slots=True)
class NewClientOptions:
    """What is said about a client that is added."""

    configuration: Template = None
    field: Fields = None
    contact: Contacts = None
    questionnaire: Annotated[
        list[str] | None, option("--questionnaire", None, "Accounton's questionnaire.", "[LANGUAGE=]NAME")
    ] = None
    share_documents: ShareDocuments = None
    share_channel: ShareChannel = None
    invite: Annotated[bool, option("--invite", None, "Send it its mail too.")] = False
    mail_anyway: MailAnyway = False

    @property
    def sending(self) -> SendingOptions:
        """The same as options of a push of one client; an earlier rejection of it is no reason not to try again."""
        return SendingOptions(
            self.invite,
            retry_refused=True,
            questionnaire=self.questionnaire,
            mail_anyway=self.mail_anyway,
            share_documents=self.share_documents,
            share_channel=self.share_channel,
        )


@command(
    app,
    "clients add",
    "clientimport clients add -c office --configuration Standard --field company_number=0403019261 "
    "--contact 'An Peeters <an@bakkerij.be>'",
    "clientimport clients add -c sandbox -p accounton --field contact_first_name=An --questionnaire PIT",
)
def add(
    *,
    client: NewClientOptions,
    adopt_ledger: AdoptLedger = None,
    yes: Yes = False,
    on: AccountOptions,
    console: Console,
) -> CommandResult | CommandFailure:
    """Add one client, as a draft. What the platform knows of the company is filled in and shown.

    The first contact is the client's own. A client of the same name that is there already is shown first.
    """
    from clientimport.api.platform_account import LedgerAccount
    from clientimport.api.push_request import push_request, require_invite
    from clientimport.cli.client_session import NewClient, given_fields
    from clientimport.cli.open_account import open_account
    from clientimport.cli.push_common import warn_unverified_api
    from clientimport.validation.single_client import parse_contact

    if client.invite:
        console.require_person_or_yes(yes=yes)
    with open_account(on, console, LedgerAccount(adopts=adopt_ledger)) as session:
        require_invite(client.sending.keywords(), session.schema)
        fields = given_fields(session, client.configuration, client.field or [])
        contacts = tuple(map(parse_contact, client.contact or []))
        warn_unverified_api(session)
        request = push_request(client.sending.keywords(), session.connection, session.schema, {})
        return session.run(NewClient(session, fields, contacts, request, yes).add)


@dataclass(frozen=True, slots=True)
class ChangeOptions:
    """What is to be changed of a client."""

    field: Fields = None
    configuration: Template = None
    contact: Contacts = None
    share_documents: ShareDocuments = None
    share_channel: ShareChannel = None
    user: Annotated[
        list[str] | None,
        option("--user", None, "The colleagues who manage it, in place of those. Repeatable.", "EMAIL"),
    ] = None
    integration: Annotated[
        list[str] | None, option("--integration", None, "Its integrations, in place of those. Repeatable.", "NAME")
    ] = None


@command(
    app,
    "clients edit",
    "clientimport clients edit 6f1c -c office --field contact_email=an@bakkerij.be",
    "clientimport clients edit 6f1c -c office --configuration Premium --contact 'An Peeters <an@bakkerij.be>'",
    "clientimport clients edit 6f1c -c console --share-documents me@office.be --share-channel 'Banqup Files'",
)
def edit(*, client_id: ClientId, options: ChangeOptions, on: AccountOptions, console: Console) -> CommandResult:
    """Change one client, also what a template has set. NAME= without a value clears a field."""
    from clientimport.api.push_request import push_options
    from clientimport.cli.client_change import ClientChange, require_known_choices
    from clientimport.cli.client_choice import named_client
    from clientimport.cli.client_session import changed_values
    from clientimport.cli.client_view import client_result
    from clientimport.cli.open_account import open_account
    from clientimport.validation.single_client import parse_contact

    with open_account(on, console) as session:
        client = named_client(client_id, session)
        fields, errors = changed_values(client, session, _given_fields(session, options))
        if errors is not None:
            return errors
        contacts = tuple(map(parse_contact, options.contact or []))
        sharing = SendingOptions(share_documents=options.share_documents, share_channel=options.share_channel)
        users, integrations = (tuple(names) if names else None for names in (options.user, options.integration))
        change = ClientChange(
            fields, contacts, push_options(sharing.keywords(), session.schema).sharing, users, integrations
        )
        require_known_choices(change, session)
        session.run(lambda connector: change.apply(client, connector, console))
        return client_result(named_client(client.client_id, session), session)


def _given_fields(session: AccountSession, options: ChangeOptions) -> dict[str, str]:
    """Return the fields that were given; without any, something beside them must be. Raises UsageError."""
    from clientimport.cli.client_session import given_fields

    if options.configuration or options.field:
        return given_fields(session, options.configuration, options.field or [])
    if not any((options.contact, options.share_documents, options.user, options.integration)):
        raise UsageError("usage.no_change")
    return {}


@command(
    app,
    "clients delete",
    "clientimport clients delete 6f1c -c office",
    "clientimport clients delete 6f1c -c sandbox -p banqup-partner --yes",
)
def delete(*, client_id: ClientId, yes: Yes = False, on: AccountOptions, console: Console) -> CommandResult:
    """Delete one client: a draft, an archived or a lost one."""
    from clientimport.cli.client_choice import named_client
    from clientimport.cli.open_account import open_account
    from clientimport.connectors.protocol import Deletes, require

    with open_account(on, console) as session:
        client = named_client(client_id, session)
        name = display_name(client.fields)
        if not yes:
            console.confirm(console.messages.phrase("clients.ask_delete", name=name), "--yes")
        session.run(lambda connector: require(connector, Deletes).delete(client.client_id))
    return CommandResult(
        {**session.data, "client_id": client.client_id}, console.messages.phrase("clients.deleted", name=name)
    )


@command(
    app,
    "clients peppol",
    "clientimport clients peppol 0566988259 -c office",
    "clientimport clients peppol BE0403019261 0566.988.259 -c sandbox -p billit --json",
)
def peppol(
    *,
    number: Annotated[list[str], argument("NUMBER…", "Company or VAT numbers.")],
    on: AccountOptions,
    console: Console,
) -> CommandResult:
    """Ask which companies receive invoices over Peppol already, wherever they were registered."""
    from clientimport.cli.open_account import open_account

    with open_account(on, console) as session:
        companies = _peppol_presences(number, session)
    messages = console.messages
    answers = {True: messages.phrase("peppol.yes"), False: messages.phrase("peppol.no")}
    rows = [(company.number, answers[company.on_peppol]) for company in companies]
    table = console.table([messages.phrase("peppol.number"), "Peppol"], rows)
    data = {**session.data, "companies": [company.to_document() for company in companies]}
    return CommandResult(data, f"{session.heading()}\n\n{table}")


@dataclass(frozen=True, slots=True)
class PeppolPresence:
    """Whether one company is on Peppol."""

    typed: str
    number: str
    """As it was read, and asked for."""
    on_peppol: bool

    def to_document(self) -> dict[str, object]:
        """Return it under the keys of the JSON."""
        return {"typed": self.typed, "number": self.number, "on_peppol": self.on_peppol}


def _peppol_presences(typed: list[str], session: AccountSession) -> tuple[PeppolPresence, ...]:
    """Return what the platform knows of each number. Raises UsageError for a wrong one."""
    from clientimport.connectors.protocol import KnowsPeppol, require

    numbers = {text: _company_or_vat_number(text, session) for text in typed}

    async def ask(connector: Connector) -> tuple[PeppolPresence, ...]:
        platform = require(connector, KnowsPeppol)
        items = numbers.items()
        return tuple([PeppolPresence(text, number, await platform.is_on_peppol(number)) for text, number in items])

    return session.run(ask)


def _company_or_vat_number(typed: str, session: AccountSession) -> str:
    """Return the canonical company number, else VAT number."""
    from clientimport.validation.single_client import parse_fields

    for field in ("company_number", "vat_number"):
        values, _ = parse_fields({field: typed}, session.schema.country, session.schema)
        if field in values:
            return values[field]
    raise UsageError("peppol.no_number", value=typed)
