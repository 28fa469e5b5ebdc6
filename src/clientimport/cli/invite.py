"""`invite`: send their mail to clients that are on the platform already."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.options import AdoptLedger, Matching, On, Reading, Yes
from clientimport.cli.outcome import Failure, Outcome
from clientimport.cli.push import Accept
from clientimport.cli.screen import Declined, Screen

if TYPE_CHECKING:
    from clientimport.cli.access import Access, FromLedger
    from clientimport.cli.material import Checked
    from clientimport.platforms.interface import Connector
    from clientimport.pushing.invite import InviteRequest, Target

app = typer.Typer()


@dataclass(frozen=True, slots=True)
class Whom:
    """Who gets a mail; exactly one of the three."""

    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="The clients of this file.")] = None
    run: Annotated[str | None, typer.Option("--run", metavar="ID", help="The clients of an earlier run.")] = None
    all_drafts: Annotated[bool, typer.Option("--all-drafts", help="Every draft of the account.")] = False

    @property
    def kind(self) -> str:
        """Which of the three it is, as the ledger remembers it."""
        return "file" if self.file else "run" if self.run else "drafts"


Resend = Annotated[bool, typer.Option("--resend", help="Also those invited before who are not active yet.")]

Most = Annotated[int | None, typer.Option("--max-invitations", metavar="N", min=0, help="Refuse to send more mails.")]

Wave = Annotated[
    int | None, typer.Option("--invite-limit", metavar="N", min=1, help="Send N mails now, the rest next time.")
]


@command(
    app,
    "invite",
    "clientimport invite -c office --run 20261122-101500-1f3a",
    "clientimport invite -c sandbox -p banqup-partner --all-drafts --yes",
)
def invite(
    *,
    whom: Whom,
    on: On,
    reading: Reading,
    matching: Matching,
    screen: Screen,
    resend: Resend = False,
    max_invitations: Most = None,
    invite_limit: Wave = None,
    accept_proposals: Accept = False,
    adopt_ledger: AdoptLedger = None,
    yes: Yes = False,
) -> Outcome | Failure:
    """Send their invitation to clients that are on the platform: of a run, of a file, or all drafts.

    Nobody gets a second mail unless --resend asks for it.
    """
    from clientimport.cli.access import FromLedger
    from clientimport.cli.sending import require_person_or_yes

    _require_one(whom)
    require_person_or_yes(screen, yes=yes)
    limits = Limits(resend, max_invitations, invite_limit)
    known = FromLedger((whom.run,) if whom.run else (), adopt_ledger)
    return invited(whom, on, limits, reading, matching, screen, known=known, accept=accept_proposals, yes=yes)


@dataclass(frozen=True, slots=True)
class Limits:
    """To whom a mail may go a second time, and how many at most."""

    resend: bool = False
    max_invitations: int | None = None
    invite_limit: int | None = None


def invited(
    whom: Whom,
    on: On,
    limits: Limits,
    reading: Reading,
    matching: Matching,
    screen: Screen,
    *,
    known: FromLedger,
    accept: bool,
    yes: bool,
) -> Outcome | Failure:
    """Return what became of a round; where there are mails to send and nobody said yes, somebody is asked."""
    from clientimport.cli.access import access
    from clientimport.cli.material import checked
    from clientimport.cli.sending import never_begun, say_unverified
    from clientimport.cli.source import remembered
    from clientimport.errors import UsageError

    with access(on, screen, known) as opened:
        if opened.schema.creating_mails:
            raise UsageError("invite.at_creation", platform=opened.schema.name)
        try:
            material = checked(whom.file, opened, reading, matching, screen, accept=accept) if whom.file else None
            say_unverified(opened, screen)
            inviting = Inviting(opened, whom, material, limits, screen, yes, remembered(reading, matching))
            return opened.use(inviting.done)
        except Declined:
            return never_begun(opened, screen)


def _require_one(whom: Whom) -> None:
    from clientimport.errors import UsageError

    if sum(map(bool, (whom.file, whom.run, whom.all_drafts))) != 1:
        raise UsageError("invite.whom")


@dataclass(frozen=True, slots=True)
class Inviting:
    """One round of invitations on its way: who, ask, send."""

    opened: Access
    whom: Whom
    material: Checked | None
    limits: Limits
    screen: Screen
    yes: bool
    reading: Mapping[str, object]
    """What was said about the file."""

    async def done(self, connector: Connector) -> Outcome | Failure:
        """Return what became of every client."""
        from clientimport.cli.sending import Asked, ask, carried_out, recorded, told
        from clientimport.pushing.invite import due_mails, invite

        account, targets = await connector.account(), await self._targets(connector)
        limit = self.limits.max_invitations
        request = self._request()
        with recorded(self.opened, account) as journal:
            mails = due_mails(targets, journal, request)
            if not self.yes and (limit is None or mails <= limit):
                ask(self.opened, account, Asked(mails=mails), self.screen)
            run = await carried_out(
                len(targets),
                self.screen,
                lambda show, stop: invite(targets, account, connector, journal, request, progress=show, stop=stop),
            )
        again = shlex.join(["clientimport", *sys.argv[1:]])
        return told(run, self.opened.heading(self.screen, account), again, self.screen)

    def _request(self) -> InviteRequest:
        from clientimport.platforms.pace import in_flight
        from clientimport.pushing.invite import InviteRequest

        source = self.material.source if self.material is not None else None
        return InviteRequest(
            self.opened.connection,
            self.limits.resend,
            self.limits.max_invitations,
            self.limits.invite_limit,
            in_flight(self.opened.schema.api, self.opened.connection),
            whom=self.whom.kind,
            file=source.file if source is not None else self.whom.run or "",
            file_sha256=source.sha256 if source is not None else "",
            reading=self.reading,
        )

    async def _targets(self, connector: Connector) -> tuple[Target, ...]:
        from clientimport.cli.sending import ledger
        from clientimport.cli.source import planned
        from clientimport.planning.snapshot import snapshot
        from clientimport.pushing.invite import every_draft, of_file, of_run
        from clientimport.pushing.runs import run

        if self.material is not None:
            plan, _ = await planned(self.material.validation, self.material.source, connector)
            return of_file((*plan.new, *plan.existing))
        clients = (await snapshot(connector)).clients
        if self.whom.run is None:
            return every_draft(clients)
        with ledger() as book:
            return of_run(run(book, self.whom.run), clients)
