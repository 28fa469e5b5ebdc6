"""One round of invitations from its options to its result: who, a yes to that, and what became of every client."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clientimport.api.open_ledger import locked_account_ledger, open_ledger, unlocked_account_ledger
from clientimport.api.push_steps import ValidatedClients, make_plan_for
from clientimport.cli.console import QuestionDeclined
from clientimport.cli.file_options import FileOptions
from clientimport.cli.mail_recipients import dry_run_data, dry_run_text
from clientimport.cli.next_command import file_argument, repeated_command
from clientimport.cli.open_account import AccountSession
from clientimport.cli.push_common import (
    PushQuestion,
    confirm_push,
    declined_result,
    run_to_result,
    run_with_progress,
    warn_unverified_api,
)
from clientimport.cli.push_input import load_validated_file
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.cli.same_command import same_command
from clientimport.cli.sending_options import InvitationConsent, InvitationLimits, InvitationTargets
from clientimport.connectors.http.rate_limiter import max_in_flight
from clientimport.connectors.protocol import Connector
from clientimport.errors import UsageError
from clientimport.model.remote import Account
from clientimport.push.invite import (
    InviteRequest,
    Target,
    draft_targets,
    due_mails,
    invite,
    mailed_elsewhere,
    select_rows,
    targets_of_file,
    targets_of_run,
    unanswered_targets,
)
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.mail import Mail, MailRules, mails_to_send
from clientimport.push.plan.snapshot import take_snapshot
from clientimport.push.run_history import load_run, load_run_record


def run_invite(
    targets: InvitationTargets,
    session: AccountSession,
    limits: InvitationLimits,
    file_options: FileOptions,
    consent: InvitationConsent,
) -> CommandResult | CommandFailure:
    """Return what became of a round; the user is asked when there are mails to send and no yes was given."""
    if session.schema.creating_mails:
        raise UsageError("invite.at_creation", platform=session.schema.name)
    accept = consent.accept_proposals
    try:
        validated = load_validated_file(targets.file, session, file_options, accept=accept) if targets.file else None
        warn_unverified_api(session)
        request = _request(targets, session, limits, validated, file_options.to_document(accept_proposals=accept))
        inviting = InviteSession(session, targets, validated, request, consent)
        return session.run(inviting.run)
    except QuestionDeclined:
        return declined_result(session)


def _request(
    targets: InvitationTargets,
    session: AccountSession,
    limits: InvitationLimits,
    validated: ValidatedClients | None,
    file_options: dict[str, object],
) -> InviteRequest:
    return InviteRequest(
        session.connection,
        limits.resend,
        limits.invited_before,
        limits.max_invitations,
        limits.invite_limit,
        MailRules(limits.mail_as_on_platform, limits.mail_anyway, session.connection.sandbox),
        tuple(limits.only or ()),
        max_in_flight(session.schema.api, session.connection),
        target_kind=targets.kind,
        file=validated.source.file if validated is not None else _run_id(targets.run),
        file_sha256=validated.source.sha256 if validated is not None else "",
        reading=file_options,
    )


def _run_id(run: str | None) -> str:
    """Return the id of the run that was named, `last` too; empty where none was."""
    if run is None:
        return ""
    with open_ledger() as ledger:
        return load_run_record(ledger, run).id


@dataclass(frozen=True, slots=True)
class InviteSession:
    """One round of invitations under way: who, ask, send."""

    session: AccountSession
    targets: InvitationTargets
    validated: ValidatedClients | None
    request: InviteRequest
    consent: InvitationConsent

    async def run(self, connector: Connector) -> CommandResult | CommandFailure:
        """Return what became of every client."""
        account = await connector.account()
        request = replace(self.request, account_name=account.name)
        if self.consent.dry_run:
            with unlocked_account_ledger(self.session.account, account) as ledger:
                targets = await self._targets(connector, ledger)
                return self._dry_run_result(account, due_mails(targets, ledger, request))
        with locked_account_ledger(self.session.account, account) as ledger:
            targets = await self._targets(connector, ledger)
            self._confirm(account, due_mails(targets, ledger, request))
            run = await run_with_progress(
                len(targets),
                self.session.console,
                lambda show, stop: invite(targets, connector, ledger, request, progress=show, stop=stop),
            )
        return run_to_result(run, self.session.heading(account), same_command(), self.session.console)

    def _confirm(self, account: Account, due: tuple[Mail, ...]) -> None:
        """Show the receivers and ask once, unless a yes was given or there are too many."""
        limit, mails = self.request.max_invitations, mails_to_send(due, self.request.invite_limit)
        if not self.consent.yes and (limit is None or len(mails) <= limit):
            confirm_push(self.session, account, PushQuestion(mails=mails, due=due))

    def _dry_run_result(self, account: Account, due: tuple[Mail, ...]) -> CommandResult:
        console, limit = self.session.console, self.request.invite_limit
        mails = dry_run_data(due, limit, console)
        mails_text = dry_run_text(due, limit, console) or (console.messages.phrase("mails.none"),)
        lines = [self.session.heading(account), *mails_text, console.messages.phrase("declined")]
        if mails["mails"]:
            files = [file_argument(self.targets.file)] if self.targets.file else []
            command = repeated_command(console, "invite", files, without={"--dry-run"})
            lines += ["", console.messages.phrase("plan.next", command=command)]
        text = "\n".join(lines)
        return CommandResult({**self.session.data, **mails, "dry_run": True}, text, 1 if mails["held"] else 0)

    async def _targets(self, connector: Connector, ledger: AccountLedger) -> tuple[Target, ...]:
        """Return whom the round is for, without the rows that were not chosen."""
        if self.validated is not None:
            plan, _ = await make_plan_for(self.validated.validation, self.validated.source, connector)
            return select_rows(targets_of_file((*plan.new, *plan.existing)), self.request.only)
        clients = (await take_snapshot(connector)).clients
        if self.targets.kind == "unanswered":
            self._name_those_without_day(mailed_elsewhere(clients, ledger))
            return select_rows(unanswered_targets(clients, ledger, self.request), self.request.only)
        if self.targets.run is None:
            return select_rows(draft_targets(clients, ledger), self.request.only)
        run = load_run(ledger.home_ledger, self.targets.run)
        return select_rows(targets_of_run(run, clients, ledger), self.request.only)

    def _name_those_without_day(self, number: int) -> None:
        """Say how many clients get no reminder because the day of their mail is not known."""
        if number:
            self.session.console.print(self.session.console.messages.plural("invite.day_unknown", number))
