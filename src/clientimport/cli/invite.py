"""`invite`: send their mail to clients that are on the platform already."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.options import Matching, On, Reading, Yes
from clientimport.cli.outcome import Failure, Outcome
from clientimport.cli.push import Accept
from clientimport.cli.screen import Screen

if TYPE_CHECKING:
    from clientimport.cli.access import Access
    from clientimport.planning.plan import Source
    from clientimport.platforms.interface import Connector
    from clientimport.pushing.invite import Target
    from clientimport.validation import Validation

app = typer.Typer()


@dataclass(frozen=True, slots=True)
class Whom:
    """Who gets a mail; exactly one of the three."""

    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="The clients of this file.")] = None
    run: Annotated[str | None, typer.Option("--run", metavar="ID", help="The clients of an earlier run.")] = None
    all_drafts: Annotated[bool, typer.Option("--all-drafts", help="Every draft of the account.")] = False


Resend = Annotated[bool, typer.Option("--resend", help="Also those invited before who are not active yet.")]

Most = Annotated[int | None, typer.Option("--max-invitations", metavar="N", min=0, help="Refuse to send more mails.")]


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
    accept_proposals: Accept = False,
    yes: Yes = False,
) -> Outcome | Failure:
    """Send their invitation to clients that are on the platform: of a run, of a file, or all drafts.

    Nobody gets a second mail unless --resend asks for it.
    """
    from clientimport.cli.access import access
    from clientimport.cli.push import read
    from clientimport.cli.sending import require_person_or_yes, say_unverified
    from clientimport.cli.source import remembered

    _require_one(whom)
    require_person_or_yes(screen, yes=yes)
    with access(on, screen) as opened:
        material = read(whom.file, opened, reading, matching, screen, accept=accept_proposals) if whom.file else None
        say_unverified(opened, screen)
        said = remembered(reading, matching)
        inviting = Inviting(opened, whom, material, resend, max_invitations, screen, yes, said)
        return opened.use(inviting.done)


def _require_one(whom: Whom) -> None:
    from clientimport.errors import UsageError

    if sum(map(bool, (whom.file, whom.run, whom.all_drafts))) != 1:
        raise UsageError("invite.whom")


@dataclass(frozen=True, slots=True)
class Inviting:
    """One round of invitations on its way: who, ask, send."""

    opened: Access
    whom: Whom
    material: tuple[Validation, Source] | None
    resend: bool
    max_invitations: int | None
    screen: Screen
    yes: bool
    reading: Mapping[str, object]
    """What was said about the file."""

    async def done(self, connector: Connector) -> Outcome | Failure:
        """Return what became of every client."""
        from clientimport.cli.sending import ask, carried_out, recorded, told
        from clientimport.pushing.invite import InviteRequest, due_mails, invite

        account, targets = await connector.account(), await self._targets(connector)
        of = self.whom.file or self.whom.run or ""
        limit = self.max_invitations
        in_flight = self.opened.schema.api.in_flight if self.opened.schema.api else 1
        request = InviteRequest(self.opened.connection, self.resend, limit, in_flight, of, self.reading)
        with recorded(self.opened, account) as journal:
            mails = due_mails(targets, journal, request)
            if not self.yes and (limit is None or mails <= limit):
                ask(self.opened, account, 0, mails, self.screen)
            run = await carried_out(
                len(targets),
                self.screen,
                lambda show, stop: invite(targets, account, connector, journal, request, progress=show, stop=stop),
            )
        again = shlex.join(["clientimport", *sys.argv[1:]])
        return told(run, self.opened.heading(self.screen, account), again, self.screen)

    async def _targets(self, connector: Connector) -> tuple[Target, ...]:
        from clientimport.cli.sending import ledger
        from clientimport.cli.source import planned
        from clientimport.planning.snapshot import snapshot
        from clientimport.pushing.invite import every_draft, of_file, of_run
        from clientimport.pushing.runs import run

        if self.material is not None:
            plan, _ = await planned(*self.material, connector)
            return of_file((*plan.new, *plan.existing))
        clients = (await snapshot(connector)).clients
        if self.whom.run is None:
            return every_draft(clients)
        with ledger() as book:
            return of_run(run(book, self.whom.run), clients)
