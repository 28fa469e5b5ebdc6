"""`push`: bring the clients of a file onto the platform, each once, and invite them when asked to."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console, QuestionDeclined
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import (
    NO_REGISTERS,
    AccountOptions,
    AdoptLedger,
    MailAnyway,
    MailAsOnPlatform,
    MatchingOptions,
    ReadingOptions,
    RegisterOptions,
    Yes,
)
from clientimport.cli.result import CommandFailure, CommandResult

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession, LedgerAccount
    from clientimport.model.remote import PushOptions

app = typer.Typer()

SENDING_PANEL = "Sending"


@dataclass(frozen=True, slots=True)
class SendingOptions:
    """What a push does beside creating clients."""

    invite: Annotated[
        bool, typer.Option("--invite", help="Send the invitations too.", rich_help_panel=SENDING_PANEL)
    ] = False
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Show the plan; send nothing.", rich_help_panel=SENDING_PANEL)
    ] = False
    all_or_nothing: Annotated[
        bool,
        typer.Option("--all-or-nothing", help="Send nothing if a row has an error.", rich_help_panel=SENDING_PANEL),
    ] = False
    max_invitations: Annotated[
        int | None,
        typer.Option(
            "--max-invitations", metavar="N", min=0, help="Refuse to send more mails.", rich_help_panel=SENDING_PANEL
        ),
    ] = None
    invite_limit: Annotated[
        int | None,
        typer.Option(
            "--invite-limit",
            metavar="N",
            min=1,
            help="Send N mails now, the rest next time.",
            rich_help_panel=SENDING_PANEL,
        ),
    ] = None
    update: Annotated[
        list[str] | None,
        typer.Option(
            "--update",
            metavar="FIELD|all",
            help="Overwrite this field where the platform has something else. Repeatable.",
            rich_help_panel=SENDING_PANEL,
        ),
    ] = None
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="new|existing|ROWS", help="Only these: new, 5,7-9.", rich_help_panel=SENDING_PANEL
        ),
    ] = None
    skip: Annotated[
        list[str] | None,
        typer.Option("--skip", metavar="new|existing|ROWS", help="All but these.", rich_help_panel=SENDING_PANEL),
    ] = None
    retry_refused: Annotated[
        bool,
        typer.Option(
            "--retry-refused",
            help="Send unchanged rows again that the platform refused.",
            rich_help_panel=SENDING_PANEL,
        ),
    ] = False
    questionnaire: Annotated[
        list[str] | None,
        typer.Option(
            "--questionnaire",
            metavar="[LANGUAGE=]NAME",
            help="Accounton: what new clients get. Repeatable.",
            rich_help_panel=SENDING_PANEL,
        ),
    ] = None
    mail_as_on_platform: MailAsOnPlatform = False
    mail_anyway: MailAnyway = False
    share_documents: Annotated[
        str | None,
        typer.Option(
            "--share-documents",
            metavar="EMAIL",
            help="Console: your own login at the delivery channel.",
            rich_help_panel=SENDING_PANEL,
        ),
    ] = None
    share_channel: Annotated[
        str | None,
        typer.Option(
            "--share-channel", metavar="NAME", help="Console: the delivery channel.", rich_help_panel=SENDING_PANEL
        ),
    ] = None

    @classmethod
    def from_document(cls, document: Mapping[str, Any], questionnaire: list[str]) -> SendingOptions:
        """Return what the ledger has; what an older version did not know was not said."""
        return cls(
            invite=document.get("invite", False),
            all_or_nothing=document.get("all_or_nothing", False),
            max_invitations=document.get("max_invitations"),
            invite_limit=document.get("invite_limit"),
            update=document.get("update"),
            only=document.get("only"),
            skip=document.get("skip"),
            retry_refused=document.get("retry_refused", False),
            questionnaire=questionnaire,
            mail_as_on_platform=document.get("mail_as_on_platform", False),
            mail_anyway=document.get("mail_anyway", False),
            share_documents=document.get("share_documents"),
            share_channel=document.get("share_channel"),
        )


Accept = Annotated[
    bool, typer.Option("--accept-proposals", help="Take columns that were only proposed, without asking.")
]


@command(
    app,
    "push",
    "clientimport push clients.xlsx -c office --dry-run",
    "clientimport push clients.xlsx -c sandbox -p banqup-partner --invite --yes",
    "clientimport push clients.xlsx -c office --only existing --update contact_email",
    "clientimport push plan.json -c office",
)
def push(
    *,
    file: Annotated[
        str, typer.Argument(metavar="FILE|PLAN.json", help="The spreadsheet, a kept plan, or -."), FileRole.READS
    ],
    on: AccountOptions,
    sending: SendingOptions,
    reading: ReadingOptions,
    matching: MatchingOptions,
    registers: RegisterOptions,
    screen: Console,
    accept_proposals: Accept = False,
    adopt_ledger: AdoptLedger = None,
    yes: Yes = False,
) -> CommandResult | CommandFailure:
    """Bring the clients of a file onto the platform. What it already has is found and never created again.

    Stopped anywhere, the same command goes on where it was.
    """
    from clientimport.cli.open_account import LedgerAccount
    from clientimport.cli.push_common import require_person_or_yes

    if not sending.dry_run:
        require_person_or_yes(screen, yes=yes)
    known = LedgerAccount(adopts=adopt_ledger)
    accept = accept_proposals
    return run_push(
        file, on, sending, reading, matching, screen, known=known, accept=accept, yes=yes, registers=registers
    )


def run_push(
    file: str,
    on: AccountOptions,
    sending: SendingOptions,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Console,
    *,
    known: LedgerAccount,
    accept: bool,
    yes: bool,
    registers: RegisterOptions = NO_REGISTERS,
) -> CommandResult | CommandFailure:
    """Return what became of a push; where there is something to send and nobody said yes, somebody is asked."""
    from clientimport.cli.load_file import file_options_document
    from clientimport.cli.open_account import open_account
    from clientimport.cli.push_common import declined_result, warn_unverified_api
    from clientimport.cli.push_input import load_push_input
    from clientimport.cli.push_session import PushSession

    with open_account(on, screen, known) as opened:
        try:
            require_invite(sending, opened)
            options, update = push_options(sending, opened), updated_fields(sending.update or [], opened)
            what = load_push_input(file, opened, reading, matching, screen, accept=accept, registers=registers)
            warn_unverified_api(opened, screen)
            said = file_options_document(reading, matching, accept=accept, registers=registers)
            again = shlex.join(["clientimport", *sys.argv[1:]])
            pushing = PushSession(opened, sending, options, update, screen, yes, again, said)
            return opened.run(lambda connector: pushing.run(what, connector))
        except QuestionDeclined:
            return declined_result(opened, screen)


def require_invite(sending: SendingOptions, opened: AccountSession) -> None:
    """Raise UsageError where creating a client mails it, and nobody said that mails may go out."""
    from clientimport.errors import UsageError

    if opened.schema.creating_mails and not (sending.invite or sending.dry_run):
        raise UsageError("push.creating_mails", platform=opened.schema.name)


def push_options(sending: SendingOptions, opened: AccountSession) -> PushOptions:
    """Return the settings that are in no file. Raises UsageError for one that this platform does not know."""
    from clientimport.errors import UsageError
    from clientimport.model.remote import PushOptions
    from clientimport.push.plan.questionnaire import parse_questionnaires

    for name in ("questionnaire", "share_documents", "share_channel"):
        if getattr(sending, name) and name not in opened.schema.push_options:
            raise UsageError("push.option_elsewhere", option=f"--{name.replace('_', '-')}", platform=opened.schema.name)
    _require_sharing(sending)
    asked = parse_questionnaires(sending.questionnaire or [])
    return PushOptions(asked or None, sending.share_documents, sending.share_channel)


def _require_sharing(sending: SendingOptions) -> None:
    """Raise UsageError for sharing that no client could get: better said once here than refused row by row."""
    from clientimport.errors import UsageError
    from clientimport.model.finding import Problem
    from clientimport.schema.types.email import Email

    email, channel = ((text or "").strip() for text in (sending.share_documents, sending.share_channel))
    if bool(email) != bool(channel):
        raise UsageError("push.sharing_incomplete")
    if email:
        read = Email().parse(email, "")
        meant = (read.suggestion if isinstance(read, Problem) else read.value) or ""
        if isinstance(read, Problem) or meant.casefold() != email.casefold():
            raise UsageError("push.sharing_email", value=email, meant=meant)


def updated_fields(asked: list[str], opened: AccountSession) -> tuple[str, ...]:
    """Return the fields to overwrite; `all` stands for every one. Raises UsageError for one the API does not take."""
    from clientimport.cli.load_file import require_known_fields
    from clientimport.connectors import offers
    from clientimport.connectors.protocol import Updates
    from clientimport.errors import UsageError

    api = opened.schema.api
    if asked and api is not None and not offers(opened.schema, Updates):
        raise UsageError("push.option_elsewhere", option="--update", platform=opened.schema.name)
    known = tuple(api.body) if api is not None else ()
    if "all" in asked:
        return known
    return tuple(require_known_fields("--update", dict.fromkeys(asked, ""), known))
