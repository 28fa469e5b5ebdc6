"""`invite`: send their mail to clients that are on the platform already."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clientimport.cli.command import command
from clientimport.cli.commands.push import Accept
from clientimport.cli.console import Console, QuestionDeclined
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import (
    AccountOptions,
    AdoptLedger,
    MailAnyway,
    MailAsOnPlatform,
    MatchingOptions,
    ReadingOptions,
    Yes,
)
from clientimport.cli.result import CommandFailure, CommandResult

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession, LedgerAccount
    from clientimport.cli.push_input import ValidatedFile
    from clientimport.connectors.protocol import Connector
    from clientimport.model.remote import Account
    from clientimport.push.invite import InviteRequest, Target
    from clientimport.push.ledger.account_ledger import AccountLedger
    from clientimport.push.mail import Mail

app = typer.Typer()


@dataclass(frozen=True, slots=True)
class InvitationTargets:
    """Who gets a mail; exactly one of the three."""

    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="The clients of this file."), FileRole.READS] = (
        None
    )
    run: Annotated[str | None, typer.Option("--run", metavar="ID", help="The clients of an earlier run, or last.")] = (
        None
    )
    all_drafts: Annotated[bool, typer.Option("--all-drafts", help="Every draft of the account.")] = False

    @property
    def kind(self) -> str:
        """Which of the three it is, as the ledger remembers it."""
        return "file" if self.file else "run" if self.run else "drafts"


@dataclass(frozen=True, slots=True)
class InvitationLimits:
    """Who of them gets a mail, and how many at most."""

    resend: Annotated[bool, typer.Option("--resend", help="Also those invited before who are not active yet.")] = False
    max_invitations: Annotated[
        int | None, typer.Option("--max-invitations", metavar="N", min=0, help="Refuse to send more mails.")
    ] = None
    invite_limit: Annotated[
        int | None, typer.Option("--invite-limit", metavar="N", min=1, help="Send N mails now, the rest next time.")
    ] = None
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="ROWS", help="Only these rows of the file or run: 5,7-9.")
    ] = None
    mail_as_on_platform: MailAsOnPlatform = False
    mail_anyway: MailAnyway = False

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> InvitationLimits:
        """Return what the ledger has; what an older version did not know was not said."""
        return cls(
            resend=document.get("resend", False),
            max_invitations=document.get("max_invitations"),
            invite_limit=document.get("invite_limit"),
            only=document.get("only"),
            mail_as_on_platform=document.get("mail_as_on_platform", False),
            mail_anyway=document.get("mail_anyway", False),
        )


@command(
    app,
    "invite",
    "clientimport invite -c office --run 20261122-101500-1f3a",
    "clientimport invite -c sandbox -p banqup-partner --all-drafts --yes",
    "clientimport invite clients.xlsx -c office --only 12 --resend",
)
def invite(
    *,
    whom: InvitationTargets,
    on: AccountOptions,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Console,
    limits: InvitationLimits,
    accept_proposals: Accept = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Show who gets a mail; send nothing.")] = False,
    adopt_ledger: AdoptLedger = None,
    yes: Yes = False,
) -> CommandResult | CommandFailure:
    """Send their invitation to clients that are on the platform: of a run, of a file, or all drafts.

    Nobody gets a second mail unless --resend asks for it. Where the file has another address than the platform, and
    where nobody seems to be behind an address, the mail is held.
    """
    from clientimport.cli.open_account import LedgerAccount
    from clientimport.cli.push_common import require_person_or_yes

    _require_one(whom)
    if not dry_run:
        require_person_or_yes(screen, yes=yes)
    known = LedgerAccount((whom.run,) if whom.run else (), adopt_ledger)
    given = (whom, on, limits, reading, matching, screen)
    return run_invite(*given, known=known, accept=accept_proposals, yes=yes, dry_run=dry_run)


def run_invite(
    whom: InvitationTargets,
    on: AccountOptions,
    limits: InvitationLimits,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Console,
    *,
    known: LedgerAccount,
    accept: bool,
    yes: bool,
    dry_run: bool = False,
) -> CommandResult | CommandFailure:
    """Return what became of a round; where there are mails to send and nobody said yes, somebody is asked."""
    from clientimport.cli.load_file import file_options_document
    from clientimport.cli.open_account import open_account
    from clientimport.cli.push_common import declined_result, warn_unverified_api
    from clientimport.cli.push_input import load_validated_file
    from clientimport.errors import UsageError

    with open_account(on, screen, known) as opened:
        if opened.schema.creating_mails:
            raise UsageError("invite.at_creation", platform=opened.schema.name)
        try:
            material = (
                load_validated_file(whom.file, opened, reading, matching, screen, accept=accept) if whom.file else None
            )
            warn_unverified_api(opened, screen)
            said = file_options_document(reading, matching, accept=accept)
            inviting = InviteSession(opened, whom, material, limits, screen, yes, said, dry_run)
            return opened.run(inviting.run)
        except QuestionDeclined:
            return declined_result(opened, screen)


def _require_one(whom: InvitationTargets) -> None:
    from clientimport.errors import UsageError

    if sum(map(bool, (whom.file, whom.run, whom.all_drafts))) != 1:
        raise UsageError("invite.whom")


@dataclass(frozen=True, slots=True)
class InviteSession:
    """One round of invitations on its way: who, ask, send."""

    opened: AccountSession
    whom: InvitationTargets
    material: ValidatedFile | None
    limits: InvitationLimits
    console: Console
    yes: bool
    reading: Mapping[str, object]
    """What was said about the file."""
    dry_run: bool = False

    async def run(self, connector: Connector) -> CommandResult | CommandFailure:
        """Return what became of every client."""
        from clientimport.cli.push_common import (
            locked_account_ledger,
            run_to_result,
            run_with_progress,
            unlocked_account_ledger,
        )
        from clientimport.push.invite import due_mails, invite

        account = await connector.account()
        request = replace(self._request(), account_name=account.name)
        if self.dry_run:
            with unlocked_account_ledger(self.opened, account) as journal:
                return self._dry(account, due_mails(await self._targets(connector, journal), journal, request))
        with locked_account_ledger(self.opened, account) as journal:
            targets = await self._targets(connector, journal)
            self._agree(account, due_mails(targets, journal, request))
            run = await run_with_progress(
                len(targets),
                self.console,
                lambda show, stop: invite(targets, connector, journal, request, progress=show, stop=stop),
            )
        again = shlex.join(["clientimport", *sys.argv[1:]])
        return run_to_result(run, self.opened.heading(self.console, account), again, self.console)

    def _agree(self, account: Account, due: tuple[Mail, ...]) -> None:
        """Show the receivers and ask once, unless somebody said yes already or there are too many."""
        from clientimport.cli.push_common import PushQuestion, confirm_push
        from clientimport.push.mail import mails_to_send

        limit, mails = self.limits.max_invitations, mails_to_send(due, self.limits.invite_limit)
        if not self.yes and (limit is None or len(mails) <= limit):
            confirm_push(self.opened, account, PushQuestion(mails=mails, due=due), self.console)

    def _dry(self, account: Account, due: tuple[Mail, ...]) -> CommandResult:
        from clientimport.cli.mail_recipients import dry_run_data, dry_run_text

        limit = self.limits.invite_limit
        mails = dry_run_data(due, limit, self.console)
        said = dry_run_text(due, limit, self.console) or (self.console.messages.phrase("mails.none"),)
        text = "\n".join((self.opened.heading(self.console, account), *said, self.console.messages.phrase("declined")))
        return CommandResult({**self.opened.data, **mails, "dry_run": True}, text, 1 if mails["held"] else 0)

    def _request(self) -> InviteRequest:
        from clientimport.connectors.http.rate_limiter import max_in_flight
        from clientimport.push.invite import InviteRequest
        from clientimport.push.mail import MailRules

        limits = self.limits
        source = self.material.source if self.material is not None else None
        return InviteRequest(
            self.opened.connection,
            limits.resend,
            limits.max_invitations,
            limits.invite_limit,
            MailRules(limits.mail_as_on_platform, limits.mail_anyway, self.opened.connection.sandbox),
            tuple(limits.only or ()),
            max_in_flight(self.opened.schema.api, self.opened.connection),
            target_kind=self.whom.kind,
            file=source.file if source is not None else self._run_id(),
            file_sha256=source.sha256 if source is not None else "",
            reading=self.reading,
        )

    def _run_id(self) -> str:
        """Return the id of the run that was named, `last` too; empty where none was."""
        from clientimport.cli.push_common import open_ledger
        from clientimport.push.run_history import load_run_record

        if self.whom.run is None:
            return ""
        with open_ledger() as book:
            return load_run_record(book, self.whom.run).id

    async def _targets(self, connector: Connector, journal: AccountLedger) -> tuple[Target, ...]:
        from clientimport.cli.load_file import make_plan_for
        from clientimport.push.invite import draft_targets, select_rows, targets_of_file, targets_of_run
        from clientimport.push.plan.snapshot import take_snapshot
        from clientimport.push.run_history import load_run

        if self.material is not None:
            plan, _ = await make_plan_for(self.material.validation, self.material.source, connector)
            return select_rows(targets_of_file((*plan.new, *plan.existing)), self.limits.only or ())
        clients = (await take_snapshot(connector)).clients
        if self.whom.run is None:
            return select_rows(draft_targets(clients, journal), self.limits.only or ())
        return select_rows(
            targets_of_run(load_run(journal.home_ledger, self.whom.run), clients, journal), self.limits.only or ()
        )
