"""One push from its options to its result: what it would do, a yes to that, and what became of every row."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from clientimport.api.push_request import push_request, require_invite
from clientimport.api.push_steps import Forecast, StartPush, ValidatedClients, carry_out, due_mails_of, plan_push
from clientimport.cli.console import QuestionDeclined
from clientimport.cli.file_options import FileOptions
from clientimport.cli.file_warnings import warnings_data
from clientimport.cli.mail_recipients import dry_run_data, dry_run_text
from clientimport.cli.open_account import AccountSession
from clientimport.cli.options import ConsentOptions
from clientimport.cli.plan_view import mandates_data, plan_data, plan_text
from clientimport.cli.push_common import (
    PushQuestion,
    confirm_push,
    declined_result,
    run_to_result,
    run_with_progress,
    warn_unverified_api,
)
from clientimport.cli.push_input import load_push_input
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.cli.sending_options import SendingOptions
from clientimport.cli.stopped_clients import warn_stopped_clients
from clientimport.connectors.protocol import Connector
from clientimport.push.mail import Mail
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
        warn_unverified_api(session)
        pushing = PushSession(session, sending, request, consent.yes)
        return session.run(lambda connector: pushing.run(push_input, connector))
    except QuestionDeclined:
        return declined_result(session)


@dataclass(frozen=True, slots=True)
class PushSession:
    """One push under way: plan, ask, do."""

    session: AccountSession
    sending: SendingOptions
    request: PushRequest
    yes: bool

    async def run(self, push_input: Plan | ValidatedClients, connector: Connector) -> CommandResult | CommandFailure:
        """Return what became of a kept plan, or of a file."""
        account, request = self.session.account, self.request
        plan = await plan_push(push_input, account, connector, request)
        if self.sending.dry_run:
            return self._dry_run_result(plan, push_input, due_mails_of(plan, account, request))

        async def supervise(forecast: Forecast, start: StartPush) -> RunResult:
            self._confirm(push_input, forecast)
            total = len(plan.new) + len(plan.existing)
            return await run_with_progress(total, self.session.console, start)

        run = await carry_out(plan, account, connector, request, supervise)
        again = shlex.join(["clientimport", *sys.argv[1:]])
        return run_to_result(run, self.session.heading(plan.account), again, self.session.console)

    def _text(self, plan: Plan, push_input: Plan | ValidatedClients) -> str:
        findings = push_input.validation.report.findings if isinstance(push_input, ValidatedClients) else ()
        heading, sharing = self.session.heading(plan.account), self.request.options.sharing
        return plan_text(plan, findings, heading, self.session.console, self.request.update, sharing)

    def _dry_run_result(self, plan: Plan, push_input: Plan | ValidatedClients, due: tuple[Mail, ...]) -> CommandResult:
        console, limit = self.session.console, self.request.invite_limit
        mails = dry_run_data(due, limit, console)
        self._warn_stopped(push_input)
        findings = push_input.validation.report.findings if isinstance(push_input, ValidatedClients) else ()
        data = {
            **self.session.data,
            **plan_data(plan, console, self.request.options.sharing),
            "warnings": warnings_data((*findings, *plan.findings), console),
            "mandates": mandates_data(findings),
            **mails,
            "dry_run": True,
        }
        mails_text = dry_run_text(due, limit, console)
        text = "\n".join((self._text(plan, push_input), *mails_text, console.messages.phrase("declined")))
        return CommandResult(data, text, 1 if plan.invalid or mails["held"] else 0)

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
