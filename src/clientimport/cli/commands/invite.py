"""`invite`: send their mail to clients that are on the platform already."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.commands.push import Accept
from clientimport.cli.console import QuestionDeclined, Screen
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import (
    AccountOptions,
    AdoptLedger,
    Anyway,
    AsOnPlatform,
    MatchingOptions,
    ReadingOptions,
    Yes,
)
from clientimport.cli.result import CommandFailure, CommandResult

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession, LedgerAccount
    from clientimport.cli.push_input import ValidatedFile
    from clientimport.connectors.protocol import Account, Connector
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
    mail_as_on_platform: AsOnPlatform = False
    mail_anyway: Anyway = False


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
    screen: Screen,
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
    return invited(*given, known=known, accept=accept_proposals, yes=yes, dry_run=dry_run)


def invited(
    whom: InvitationTargets,
    on: AccountOptions,
    limits: InvitationLimits,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Screen,
    *,
    known: LedgerAccount,
    accept: bool,
    yes: bool,
    dry_run: bool = False,
) -> CommandResult | CommandFailure:
    """Return what became of a round; where there are mails to send and nobody said yes, somebody is asked."""
    from clientimport.cli.load_file import remembered
    from clientimport.cli.open_account import access
    from clientimport.cli.push_common import never_begun, say_unverified
    from clientimport.cli.push_input import checked
    from clientimport.errors import UsageError

    with access(on, screen, known) as opened:
        if opened.schema.creating_mails:
            raise UsageError("invite.at_creation", platform=opened.schema.name)
        try:
            material = checked(whom.file, opened, reading, matching, screen, accept=accept) if whom.file else None
            say_unverified(opened, screen)
            said = remembered(reading, matching, accept=accept)
            inviting = InviteSession(opened, whom, material, limits, screen, yes, said, dry_run)
            return opened.use(inviting.done)
        except QuestionDeclined:
            return never_begun(opened, screen)


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
    screen: Screen
    yes: bool
    reading: Mapping[str, object]
    """What was said about the file."""
    dry_run: bool = False

    async def done(self, connector: Connector) -> CommandResult | CommandFailure:
        """Return what became of every client."""
        from clientimport.cli.push_common import carried_out, looked_up, recorded, told
        from clientimport.push.invite import due_mails, invite

        account, request = await connector.account(), self._request()
        if self.dry_run:
            with looked_up(self.opened, account) as journal:
                return self._dry(account, due_mails(await self._targets(connector, journal), journal, request))
        with recorded(self.opened, account) as journal:
            targets = await self._targets(connector, journal)
            self._agree(account, due_mails(targets, journal, request))
            run = await carried_out(
                len(targets),
                self.screen,
                lambda show, stop: invite(targets, account, connector, journal, request, progress=show, stop=stop),
            )
        again = shlex.join(["clientimport", *sys.argv[1:]])
        return told(run, self.opened.heading(self.screen, account), again, self.screen)

    def _agree(self, account: Account, due: tuple[Mail, ...]) -> None:
        """Show the receivers and ask once, unless somebody said yes already or there are too many."""
        from clientimport.cli.push_common import PushQuestion, ask
        from clientimport.push.mail import going

        limit, mails = self.limits.max_invitations, going(due, self.limits.invite_limit)
        if not self.yes and (limit is None or len(mails) <= limit):
            ask(self.opened, account, PushQuestion(mails=mails, due=due), self.screen)

    def _dry(self, account: Account, due: tuple[Mail, ...]) -> CommandResult:
        from clientimport.cli.mail_recipients import foreseen_data, foreseen_text

        limit = self.limits.invite_limit
        mails = foreseen_data(due, limit, self.screen)
        said = foreseen_text(due, limit, self.screen) or (self.screen.words.say("mails.none"),)
        text = "\n".join((self.opened.heading(self.screen, account), *said, self.screen.words.say("declined")))
        return CommandResult({**self.opened.data, **mails, "dry_run": True}, text, 1 if mails["held"] else 0)

    def _request(self) -> InviteRequest:
        from clientimport.connectors.http.rate_limiter import in_flight
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
            in_flight(self.opened.schema.api, self.opened.connection),
            whom=self.whom.kind,
            file=source.file if source is not None else self._run_id(),
            file_sha256=source.sha256 if source is not None else "",
            reading=self.reading,
        )

    def _run_id(self) -> str:
        """Return the id of the run that was named, `last` too; empty where none was."""
        from clientimport.cli.push_common import ledger
        from clientimport.push.run_history import head

        if self.whom.run is None:
            return ""
        with ledger() as book:
            return head(book, self.whom.run).id

    async def _targets(self, connector: Connector, journal: AccountLedger) -> tuple[Target, ...]:
        from clientimport.cli.load_file import planned
        from clientimport.push.invite import every_draft, of_file, of_run, only_rows
        from clientimport.push.plan.snapshot import snapshot
        from clientimport.push.run_history import run

        if self.material is not None:
            plan, _ = await planned(self.material.validation, self.material.source, connector)
            return only_rows(of_file((*plan.new, *plan.existing)), self.limits.only or ())
        clients = (await snapshot(connector)).clients
        if self.whom.run is None:
            return only_rows(every_draft(clients, journal), self.limits.only or ())
        return only_rows(of_run(run(journal.ledger, self.whom.run), clients, journal), self.limits.only or ())
