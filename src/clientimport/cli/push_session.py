"""One push from its options to its result: what it would do, a yes to that, and what became of every row."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from clientimport.api.plan_approval import approver_of
from clientimport.api.push_request import push_request, require_invite
from clientimport.api.push_steps import Forecast, StartPush, ValidatedClients, carry_out, plan_push
from clientimport.cli.console import QuestionDeclined
from clientimport.cli.file_options import FileOptions
from clientimport.cli.next_steps import after_plan, after_push
from clientimport.cli.open_account import AccountSession
from clientimport.cli.options import ConsentOptions
from clientimport.cli.plan_view import plan_text
from clientimport.cli.push_common import (
    PushQuestion,
    confirm_push,
    declined_result,
    run_to_result,
    run_with_progress,
    warn_unverified_api,
)
from clientimport.cli.push_input import load_push_input
from clientimport.cli.push_preview import preview_push
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.cli.same_command import same_command
from clientimport.cli.sending_options import SendingOptions
from clientimport.cli.stopped_clients import warn_stopped_clients
from clientimport.connectors import offers
from clientimport.connectors.protocol import Connector, Invites
from clientimport.push.plan.plan import Plan
from clientimport.push.push_request import PushRequest
from clientimport.push.run_result import RunResult


def run_push(
    files: Sequence[str],
    session: AccountSession,
    sending: SendingOptions,
    file_options: FileOptions,
    consent: ConsentOptions,
) -> CommandResult | CommandFailure:
    """Return what became of a push; the user is asked when there is something to send and no yes was given."""
    try:
        if not sending.dry_run:
            require_invite(sending.keywords(), session.schema)
        document = file_options.to_document(accept_proposals=consent.accept_proposals)
        request = push_request(sending.keywords(), session.connection, session.schema, document)
        push_input = load_push_input(files, session, file_options, accept=consent.accept_proposals)
        if not sending.dry_run:
            request = dataclasses.replace(request, approved_by=approver_of(push_input))
        warn_unverified_api(session)
        pushing = PushSession(files, session, sending, request, consent.yes)
        return session.run(lambda connector: pushing.run(push_input, connector))
    except QuestionDeclined:
        return declined_result(session)


@dataclass(frozen=True, slots=True)
class PushSession:
    """One push under way: plan, ask, do."""

    files: Sequence[str]
    session: AccountSession
    sending: SendingOptions
    request: PushRequest
    yes: bool

    async def run(self, push_input: Plan | ValidatedClients, connector: Connector) -> CommandResult | CommandFailure:
        """Return what became of a kept plan, or of a file."""
        account, request = self.session.account, self.request
        plan = await plan_push(push_input, account, connector, request)
        if self.sending.dry_run:
            return self._dry_run_result(plan, push_input)

        async def supervise(forecast: Forecast, start: StartPush) -> RunResult:
            self._confirm(push_input, forecast)
            total = len(plan.new) + len(plan.existing)
            return await run_with_progress(total, self.session.console, start)

        run = await carry_out(plan, account, connector, request, supervise)
        result = run_to_result(run, self.session.heading(plan.account), same_command(), self.session.console)
        invites = offers(self.session.schema, Invites) and not (request.invite or request.creating_mails)
        if isinstance(result, CommandResult) and run.counts["created"] and invites:
            result = dataclasses.replace(result, text=f"{result.text}\n{after_push(run, self.session.console)}")
        return result

    def _text(self, plan: Plan, push_input: Plan | ValidatedClients) -> str:
        findings = push_input.validation.report.findings if isinstance(push_input, ValidatedClients) else ()
        heading, sharing = self.session.heading(plan.account), self.request.options.sharing
        return plan_text(plan, findings, heading, self.session.console, self.request.update, sharing)

    def _dry_run_result(self, plan: Plan, push_input: Plan | ValidatedClients) -> CommandResult:
        """Return what the push would do, and the command that does it."""
        console = self.session.console
        findings = push_input.validation.report.findings if isinstance(push_input, ValidatedClients) else ()
        self._warn_stopped(push_input)
        preview = preview_push(self.session, self.request, plan, findings)
        exit_code = 1 if plan.invalid or any(mail.hold_finding for mail in preview.due) else 0
        if console.as_json:
            return CommandResult({**preview.data(), "dry_run": True}, exit_code=exit_code)
        lines = [preview.text(), console.messages.phrase("declined")]
        if preview.has_work:
            needed = ["--invite"] if self.request.creating_mails and not self.request.invite else []
            lines += ["", after_plan(self.files, None, console, needed)]
        return CommandResult(self.session.data, "\n".join(lines), exit_code)

    def _warn_stopped(self, push_input: Plan | ValidatedClients) -> None:
        """Name the clients that a register says have stopped, also without a question."""
        if isinstance(push_input, ValidatedClients):
            warn_stopped_clients(push_input.validation.report.findings, self.session.console)

    def _confirm(self, push_input: Plan | ValidatedClients, forecast: Forecast) -> None:
        """Show what will happen and ask once, unless a yes was given or nothing will be sent."""
        plan = forecast.plan
        self._warn_stopped(push_input)
        stopped = self.request.all_or_nothing and plan.invalid
        if not self.yes and not stopped:
            self.session.console.print(self._text(plan, push_input))
            question = PushQuestion(len(plan.new), forecast.updates, forecast.mails, forecast.due, forecast.additions)
            confirm_push(self.session, plan.account, question)
