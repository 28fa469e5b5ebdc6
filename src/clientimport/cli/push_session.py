"""One push from its options to its result: what it would do, a yes to that, and what became of every row."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace

from clientimport.cli.console import QuestionDeclined
from clientimport.cli.file_options import FileOptions
from clientimport.cli.load_file import require_known_fields
from clientimport.cli.next_steps import after_plan, after_push
from clientimport.cli.open_account import AccountSession
from clientimport.cli.open_ledger import locked_account_ledger
from clientimport.cli.options import ConsentOptions
from clientimport.cli.plan_approval import approver_of
from clientimport.cli.plan_view import plan_text
from clientimport.cli.push_common import (
    PushQuestion,
    confirm_push,
    declined_result,
    run_to_result,
    run_with_progress,
    warn_unverified_api,
)
from clientimport.cli.push_input import ValidatedFile, load_push_input, make_plan_for
from clientimport.cli.push_preview import preview_push
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.cli.same_command import same_command
from clientimport.cli.sending_options import SendingOptions
from clientimport.cli.stopped_clients import warn_stopped_clients
from clientimport.connectors import offers
from clientimport.connectors.http.rate_limiter import max_in_flight
from clientimport.connectors.protocol import Connector, Invites, Updates
from clientimport.errors import UsageError
from clientimport.model.finding import Issue
from clientimport.model.remote import PushOptions
from clientimport.push.forecast import due_mails, planned_additions, planned_updates
from clientimport.push.mail import MailRules, mails_to_send
from clientimport.push.plan.plan import Plan
from clientimport.push.plan.questionnaire import parse_questionnaires, with_questionnaires
from clientimport.push.plan.refresh import refresh_plan
from clientimport.push.plan.selection import select_clients
from clientimport.push.plan.snapshot import take_snapshot
from clientimport.push.push import push
from clientimport.push.push_request import PushRequest
from clientimport.schema.types.email import Email


def run_push(
    file: str, session: AccountSession, sending: SendingOptions, file_options: FileOptions, consent: ConsentOptions
) -> CommandResult | CommandFailure:
    """Return what became of a push; the user is asked when there is something to send and no yes was given."""
    try:
        require_invite(sending, session)
        document = file_options.to_document(accept_proposals=consent.accept_proposals)
        request = push_request(sending, session, document)
        push_input = load_push_input(file, session, file_options, accept=consent.accept_proposals)
        if not sending.dry_run:
            request = replace(request, approved_by=approver_of(push_input))
        warn_unverified_api(session)
        pushing = PushSession(file, session, sending, request, consent.yes)
        return session.run(lambda connector: pushing.run(push_input, connector))
    except QuestionDeclined:
        return declined_result(session)


def require_invite(sending: SendingOptions, session: AccountSession) -> None:
    """Raise UsageError where creating a client mails it, and it was not said that mails may go out."""
    if session.schema.creating_mails and not (sending.invite or sending.dry_run):
        raise UsageError("push.creating_mails", platform=session.schema.name)


def push_request(sending: SendingOptions, session: AccountSession, file_options: Mapping[str, object]) -> PushRequest:
    """Return what the options ask of a push. Raises UsageError for what this platform does not know."""
    options = push_options(sending, session)
    return PushRequest(
        session.connection,
        sending.invite,
        sending.all_or_nothing,
        sending.max_invitations,
        sending.invite_limit,
        _updated_fields(sending.update or [], session),
        sending.retry_refused,
        tuple(sending.only or ()),
        tuple(sending.skip or ()),
        options,
        max_in_flight(session.schema.api, session.connection),
        session.schema.creating_mails,
        MailRules(sending.mail_as_on_platform, sending.mail_anyway, session.connection.sandbox),
        file_options,
    )


def push_options(sending: SendingOptions, session: AccountSession) -> PushOptions:
    """Return the settings that are in no file. Raises UsageError for one that this platform does not know."""
    for name in ("questionnaire", "share_documents", "share_channel"):
        if getattr(sending, name) and name not in session.schema.push_options:
            facts = {"option": f"--{name.replace('_', '-')}", "platform": session.schema.name}
            raise UsageError("push.option_elsewhere", **facts)
    _require_sharing(sending)
    questionnaires = parse_questionnaires(sending.questionnaire or [])
    return PushOptions(questionnaires or None, sending.share_documents, sending.share_channel)


def _require_sharing(sending: SendingOptions) -> None:
    """Raise UsageError, once and before anything is sent, for sharing that no client could get."""
    email, channel = ((text or "").strip() for text in (sending.share_documents, sending.share_channel))
    if bool(email) != bool(channel):
        raise UsageError("push.sharing_incomplete")
    if email:
        parsed = Email().parse(email, "")
        suggestion = (parsed.suggestion if isinstance(parsed, Issue) else parsed.value) or ""
        if isinstance(parsed, Issue) or suggestion.casefold() != email.casefold():
            raise UsageError("push.sharing_email", value=email, meant=suggestion)


def _updated_fields(asked: list[str], session: AccountSession) -> tuple[str, ...]:
    """Return the fields to overwrite; `all` stands for every one. Raises UsageError for one the API does not take."""
    api = session.schema.api
    if asked and api is not None and not offers(session.schema, Updates):
        raise UsageError("push.option_elsewhere", option="--update", platform=session.schema.name)
    fields = tuple(api.body) if api is not None else ()
    if "all" in asked:
        return fields
    return tuple(require_known_fields("--update", dict.fromkeys(asked, ""), fields))


@dataclass(frozen=True, slots=True)
class PushSession:
    """One push under way: plan, ask, do."""

    file: str
    session: AccountSession
    sending: SendingOptions
    request: PushRequest
    yes: bool

    async def run(self, push_input: Plan | ValidatedFile, connector: Connector) -> CommandResult | CommandFailure:
        """Return what became of a kept plan, or of a file."""
        if isinstance(push_input, Plan):
            remote = await take_snapshot(connector)
            plan = refresh_plan(push_input, remote, self.session.schema)
        else:
            plan, remote = await make_plan_for(push_input.validation, push_input.source, connector)
        plan = select_clients(plan, self.request.only, self.request.skip)
        plan = with_questionnaires(plan, remote.lists, self.request.options)
        if self.sending.dry_run:
            return self._dry_run_result(plan, push_input)
        return await self._push(plan, push_input, connector)

    def _text(self, plan: Plan, push_input: Plan | ValidatedFile) -> str:
        findings = push_input.validation.report.findings if isinstance(push_input, ValidatedFile) else ()
        heading, sharing = self.session.heading(plan.account), self.request.options.sharing
        return plan_text(plan, findings, heading, self.session.console, self.request.update, sharing)

    def _dry_run_result(self, plan: Plan, push_input: Plan | ValidatedFile) -> CommandResult:
        """Return what the push would do, and the command that does it."""
        console = self.session.console
        findings = push_input.validation.report.findings if isinstance(push_input, ValidatedFile) else ()
        self._warn_stopped(push_input)
        preview = preview_push(self.session, self.request, plan, findings)
        data, lines = preview.data(), [preview.text(), console.messages.phrase("declined")]
        if preview.has_work:
            needed = ["--invite"] if self.request.creating_mails and not self.request.invite else []
            lines += ["", after_plan(self.file, None, console, needed)]
        exit_code = 1 if plan.invalid or data["held"] else 0
        return CommandResult({**data, "dry_run": True}, "\n".join(lines), exit_code)

    async def _push(
        self, plan: Plan, push_input: Plan | ValidatedFile, connector: Connector
    ) -> CommandResult | CommandFailure:
        heading, request = self.session.heading(plan.account), self.request
        with locked_account_ledger(self.session, plan.account) as ledger:
            due, additions = due_mails(plan, ledger, request), planned_additions(plan, ledger, request)
            mails = mails_to_send(due, request.invite_limit)
            question = PushQuestion(len(plan.new), planned_updates(plan, request), mails, due, additions)
            self._confirm(plan, push_input, question)
            total = len(plan.new) + len(plan.existing)
            run = await run_with_progress(
                total,
                self.session.console,
                lambda show, stop: push(plan, connector, ledger, request, progress=show, stop=stop),
            )
        result = run_to_result(run, heading, same_command(), self.session.console)
        invites = offers(self.session.schema, Invites) and not (request.invite or request.creating_mails)
        if isinstance(result, CommandResult) and run.counts["created"] and invites:
            result = dataclasses.replace(result, text=f"{result.text}\n{after_push(run, self.session.console)}")
        return result

    def _warn_stopped(self, push_input: Plan | ValidatedFile) -> None:
        """Name the clients that a register says have stopped, also without a question."""
        if isinstance(push_input, ValidatedFile):
            warn_stopped_clients(push_input.validation.report.findings, self.session.console)

    def _confirm(self, plan: Plan, push_input: Plan | ValidatedFile, question: PushQuestion) -> None:
        """Show what will happen and ask once, unless a yes was given or nothing will be sent."""
        limit = self.request.max_invitations
        if limit is not None and len(question.mails) > limit:
            raise UsageError("invite.too_many", count=len(question.mails), limit=limit)
        self._warn_stopped(push_input)
        stopped = self.request.all_or_nothing and plan.invalid
        if not self.yes and not stopped:
            self.session.console.print(self._text(plan, push_input))
            confirm_push(self.session, plan.account, question)
