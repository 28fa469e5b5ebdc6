"""`push`: bring the clients of a file onto the platform, each once, and invite them when asked to."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.options import Matching, On, Reading, Yes
from clientimport.cli.outcome import Failure, Outcome
from clientimport.cli.screen import Screen

if TYPE_CHECKING:
    from clientimport.cli.access import Access
    from clientimport.planning.plan import Plan, Source
    from clientimport.planning.snapshot import Snapshot
    from clientimport.platforms.interface import Connector, PushOptions
    from clientimport.pushing.push import PushRequest
    from clientimport.validation import Validation

app = typer.Typer()

SENDING = "Sending"


@dataclass(frozen=True, slots=True)
class Sending:
    """What a push does beside creating clients."""

    invite: Annotated[bool, typer.Option("--invite", help="Send the invitations too.", rich_help_panel=SENDING)] = False
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Show the plan; send nothing.", rich_help_panel=SENDING)
    ] = False
    all_or_nothing: Annotated[
        bool, typer.Option("--all-or-nothing", help="Send nothing if a row has an error.", rich_help_panel=SENDING)
    ] = False
    max_invitations: Annotated[
        int | None,
        typer.Option(
            "--max-invitations", metavar="N", min=0, help="Refuse to send more mails.", rich_help_panel=SENDING
        ),
    ] = None
    questionnaire: Annotated[
        list[str] | None,
        typer.Option(
            "--questionnaire",
            metavar="[LANGUAGE=]NAME",
            help="Accounton: what new clients get. Repeatable.",
            rich_help_panel=SENDING,
        ),
    ] = None
    share_documents: Annotated[
        str | None,
        typer.Option(
            "--share-documents",
            metavar="EMAIL",
            help="Console: your own login at the delivery channel.",
            rich_help_panel=SENDING,
        ),
    ] = None
    share_channel: Annotated[
        str | None,
        typer.Option("--share-channel", metavar="NAME", help="Console: the delivery channel.", rich_help_panel=SENDING),
    ] = None


Accept = Annotated[
    bool, typer.Option("--accept-proposals", help="Take columns that were only proposed, without asking.")
]


@command(
    app,
    "push",
    "clientimport push clients.xlsx -c office --dry-run",
    "clientimport push clients.xlsx -c sandbox -p banqup-partner --invite --yes",
    "clientimport push plan.json -c office",
)
def push(
    *,
    file: Annotated[str, typer.Argument(metavar="FILE|PLAN.json", help="The spreadsheet, a kept plan, or -.")],
    on: On,
    sending: Sending,
    reading: Reading,
    matching: Matching,
    screen: Screen,
    accept_proposals: Accept = False,
    yes: Yes = False,
) -> Outcome | Failure:
    """Bring the clients of a file onto the platform. What it already has is found and never created again.

    Stopped anywhere, the same command goes on where it was.
    """
    from clientimport.cli.access import access
    from clientimport.cli.sending import require_person_or_yes, say_unverified
    from clientimport.cli.source import remembered

    if not sending.dry_run:
        require_person_or_yes(screen, yes=yes)
    with access(on, screen) as opened:
        options = push_options(sending, opened)
        material = kept(file, opened) or read(file, opened, reading, matching, screen, accept=accept_proposals)
        say_unverified(opened, screen)
        again = shlex.join(["clientimport", *sys.argv[1:]])
        pushing = Pushing(opened, sending, options, screen, yes, again, remembered(reading, matching))
        return opened.use(lambda connector: pushing.of(material, connector))


def kept(file: str, opened: Access) -> Plan | None:
    """Return the plan that `file` is, if it is one. Raises UsageError for another platform's."""
    from clientimport.errors import UsageError
    from clientimport.planning.plan_file import file_sha256, load

    if not file.casefold().endswith(".json"):
        return None
    plan = load(Path(file))
    if plan.platform != opened.schema.id:
        raise UsageError("plan.other_platform", planned=plan.platform, platform=opened.schema.id)
    source = Path(plan.source.file)
    if source.is_file() and file_sha256(source) != plan.source.sha256:
        raise UsageError("plan.source_changed", file=source)
    return plan


def read(
    file: str, opened: Access, reading: Reading, matching: Matching, screen: Screen, *, accept: bool
) -> tuple[Validation, Source]:
    """Return what is known of the file, proposals settled, and what to remember it by."""
    from clientimport.cli.source import certain, looked_at, source_of, stdin_bytes

    stdin = stdin_bytes(file)
    portfolio = looked_at(file, opened.schema, reading, matching, screen, stdin)
    return certain(portfolio, screen, accept=accept), source_of(file, stdin)


def push_options(sending: Sending, opened: Access) -> PushOptions:
    """Return the settings that are in no file. Raises UsageError for one that this platform does not know."""
    from clientimport.errors import UsageError
    from clientimport.planning.questionnaire import questionnaires
    from clientimport.platforms.interface import PushOptions

    for name in ("questionnaire", "share_documents", "share_channel"):
        if getattr(sending, name) and name not in opened.schema.push_options:
            raise UsageError("push.option_elsewhere", option=f"--{name.replace('_', '-')}", platform=opened.schema.name)
    if bool(sending.share_documents) != bool(sending.share_channel):
        raise UsageError("push.sharing_incomplete")
    asked = questionnaires(sending.questionnaire or [])
    return PushOptions(asked or None, sending.share_documents, sending.share_channel)


@dataclass(frozen=True, slots=True)
class Pushing:
    """One push on its way: plan, ask, do."""

    opened: Access
    sending: Sending
    options: PushOptions
    screen: Screen
    yes: bool
    again: str
    """The command that goes on where this one stops."""
    reading: Mapping[str, object]
    """What was said about the file."""

    async def of(self, material: Plan | tuple[Validation, Source], connector: Connector) -> Outcome | Failure:
        """Return what became of a kept plan, or of a file."""
        from clientimport.cli.source import planned
        from clientimport.planning.plan import Plan
        from clientimport.planning.plan_renewal import renewed
        from clientimport.planning.questionnaire import with_questionnaires
        from clientimport.planning.snapshot import snapshot

        if isinstance(material, Plan):
            there: Snapshot = await snapshot(connector)
            plan = renewed(material, there)
        else:
            plan, there = await planned(*material, connector)
        plan = with_questionnaires(plan, there.lists, self.options)
        return self._dry(plan) if self.sending.dry_run else await self._done(plan, connector)

    def _dry(self, plan: Plan) -> Outcome:
        from clientimport.cli.plan_view import plan_data, plan_text

        text = plan_text(plan, self.opened.heading(self.screen, plan.account), self.screen)
        data = {**self.opened.data, **plan_data(plan, self.screen), "dry_run": True}
        return Outcome(data, f"{text}\n{self.screen.words.say('declined')}", 1 if plan.invalid else 0)

    async def _done(self, plan: Plan, connector: Connector) -> Outcome | Failure:
        from clientimport.cli.sending import carried_out, recorded, told
        from clientimport.pushing.push import planned_mails, push

        heading, request = self.opened.heading(self.screen, plan.account), self._request()
        with recorded(self.opened, plan.account) as journal:
            self._agree(plan, planned_mails(plan, journal, request))
            total = len(plan.new) + len(plan.existing)
            run = await carried_out(
                total,
                self.screen,
                lambda show, stop: push(plan, connector, journal, request, progress=show, stop=stop),
            )
        return told(run, heading, self.again, self.screen)

    def _request(self) -> PushRequest:
        from clientimport.pushing.push import PushRequest

        sending, api = self.sending, self.opened.schema.api
        in_flight = api.in_flight if api else 1
        return PushRequest(
            self.opened.connection,
            sending.invite,
            sending.all_or_nothing,
            sending.max_invitations,
            self.options,
            in_flight,
            self.reading,
        )

    def _agree(self, plan: Plan, mails: int) -> None:
        """Show what will happen and ask once, unless somebody said yes already or nothing will be sent."""
        from clientimport.cli.plan_view import plan_text
        from clientimport.cli.sending import ask
        from clientimport.errors import UsageError

        limit = self.sending.max_invitations
        if limit is not None and mails > limit:
            raise UsageError("invite.too_many", count=mails, limit=limit)
        held = self.sending.all_or_nothing and plan.invalid
        if not self.yes and not held:
            heading = self.opened.heading(self.screen, plan.account)
            self.screen.remark(plan_text(plan, heading, self.screen))
            ask(self.opened, plan.account, len(plan.new), mails, self.screen)
