"""One push on its way: what it would do, a yes to that, and what became of every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientimport.cli.console import Console
from clientimport.cli.push_input import ValidatedFile
from clientimport.cli.result import CommandFailure, CommandResult

if TYPE_CHECKING:
    from clientimport.cli.commands.push import SendingOptions
    from clientimport.cli.open_account import AccountSession
    from clientimport.cli.push_common import PushQuestion
    from clientimport.connectors.protocol import Connector
    from clientimport.model.remote import PushOptions
    from clientimport.push.mail import Mail
    from clientimport.push.plan.plan import Plan
    from clientimport.push.plan.snapshot import RemoteSnapshot
    from clientimport.push.push_request import PushRequest


@dataclass(frozen=True, slots=True)
class PushSession:
    """One push on its way: plan, ask, do."""

    opened: AccountSession
    sending: SendingOptions
    options: PushOptions
    update: tuple[str, ...]
    """The fields to overwrite."""
    console: Console
    yes: bool
    resume_command: str
    """The command that goes on where this one stops."""
    reading: Mapping[str, object]
    """What was said about the file."""

    async def run(self, material: Plan | ValidatedFile, connector: Connector) -> CommandResult | CommandFailure:
        """Return what became of a kept plan, or of a file."""
        from clientimport.cli.load_file import make_plan_for
        from clientimport.push.plan.plan import Plan
        from clientimport.push.plan.questionnaire import with_questionnaires
        from clientimport.push.plan.refresh import refresh_plan
        from clientimport.push.plan.selection import select_clients
        from clientimport.push.plan.snapshot import take_snapshot

        if isinstance(material, Plan):
            there: RemoteSnapshot = await take_snapshot(connector)
            plan = refresh_plan(material, there, self.opened.schema)
        else:
            plan, there = await make_plan_for(material.validation, material.source, connector)
        plan = select_clients(plan, self.sending.only or (), self.sending.skip or ())
        plan = with_questionnaires(plan, there.lists, self.options)
        if self.sending.dry_run:
            return self._dry(plan, material, self._due(plan))
        return await self._done(plan, material, connector)

    def _view(self, plan: Plan, material: Plan | ValidatedFile) -> str:
        from clientimport.cli.plan_view import plan_text

        remarks = () if not isinstance(material, ValidatedFile) else material.validation.report.findings
        heading = self.opened.heading(self.console, plan.account)
        return plan_text(plan, remarks, heading, self.console, self.update, self.options.sharing)

    def _due(self, plan: Plan) -> tuple[Mail, ...]:
        from clientimport.cli.push_common import unlocked_account_ledger
        from clientimport.push.forecast import due_mails

        if not self.sending.invite:
            return ()
        with unlocked_account_ledger(self.opened, plan.account) as journal:
            return due_mails(plan, journal, self._request())

    def _dry(self, plan: Plan, material: Plan | ValidatedFile, due: tuple[Mail, ...]) -> CommandResult:
        from clientimport.cli.file_warnings import warnings_data
        from clientimport.cli.mail_recipients import dry_run_data, dry_run_text
        from clientimport.cli.plan_view import mandates_data, plan_data

        self._warn_stopped(material)
        limit = self.sending.invite_limit
        mails = dry_run_data(due, limit, self.console)
        noticed = material.validation.report.findings if isinstance(material, ValidatedFile) else ()
        warnings = warnings_data((*noticed, *plan.findings), self.console)
        data = {
            **self.opened.data,
            **plan_data(plan, self.console, self.options.sharing),
            "warnings": warnings,
            "mandates": mandates_data(noticed),
            **mails,
            "dry_run": True,
        }
        parts = (
            self._view(plan, material),
            *dry_run_text(due, limit, self.console),
            self.console.messages.phrase("declined"),
        )
        return CommandResult(data, "\n".join(parts), 1 if plan.invalid or mails["held"] else 0)

    async def _done(
        self, plan: Plan, material: Plan | ValidatedFile, connector: Connector
    ) -> CommandResult | CommandFailure:
        from clientimport.cli.push_common import PushQuestion, locked_account_ledger, run_to_result, run_with_progress
        from clientimport.push.forecast import due_mails, planned_additions, planned_updates
        from clientimport.push.mail import mails_to_send
        from clientimport.push.push import push

        heading, request = self.opened.heading(self.console, plan.account), self._request()
        with locked_account_ledger(self.opened, plan.account) as journal:
            due, added = due_mails(plan, journal, request), planned_additions(plan, journal, request)
            mails = mails_to_send(due, request.invite_limit)
            self._agree(plan, material, PushQuestion(len(plan.new), planned_updates(plan, request), mails, due, added))
            total = len(plan.new) + len(plan.existing)
            run = await run_with_progress(
                total,
                self.console,
                lambda show, stop: push(plan, connector, journal, request, progress=show, stop=stop),
            )
        return run_to_result(run, heading, self.resume_command, self.console)

    def _request(self) -> PushRequest:
        from clientimport.connectors.http.rate_limiter import max_in_flight
        from clientimport.push.mail import MailRules
        from clientimport.push.push_request import PushRequest

        sending = self.sending
        return PushRequest(
            self.opened.connection,
            sending.invite,
            sending.all_or_nothing,
            sending.max_invitations,
            sending.invite_limit,
            self.update,
            sending.retry_refused,
            tuple(sending.only or ()),
            tuple(sending.skip or ()),
            self.options,
            max_in_flight(self.opened.schema.api, self.opened.connection),
            self.opened.schema.creating_mails,
            MailRules(sending.mail_as_on_platform, sending.mail_anyway, self.opened.connection.sandbox),
            self.reading,
        )

    def _warn_stopped(self, material: Plan | ValidatedFile) -> None:
        """Name the clients that a register says have stopped, also where nobody is asked."""
        from clientimport.cli.stopped_clients import warn_stopped_clients

        if isinstance(material, ValidatedFile):
            warn_stopped_clients(material.validation.report.findings, self.console)

    def _agree(self, plan: Plan, material: Plan | ValidatedFile, asked: PushQuestion) -> None:
        """Show what will happen and ask once, unless somebody said yes already or nothing will be sent."""
        from clientimport.cli.push_common import confirm_push
        from clientimport.errors import UsageError

        limit = self.sending.max_invitations
        if limit is not None and len(asked.mails) > limit:
            raise UsageError("invite.too_many", count=len(asked.mails), limit=limit)
        self._warn_stopped(material)
        held = self.sending.all_or_nothing and plan.invalid
        if not self.yes and not held:
            self.console.print(self._view(plan, material))
            confirm_push(self.opened, plan.account, asked, self.console)
