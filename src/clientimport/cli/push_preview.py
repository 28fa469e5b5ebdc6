"""The preview of a push: what it would do to whom, as text and as JSON; of `plan` and of a dry run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clientimport.api.open_ledger import unlocked_account_ledger
from clientimport.cli.file_warnings import warnings_data
from clientimport.cli.mail_recipients import dry_run_data, dry_run_text
from clientimport.cli.open_account import AccountSession
from clientimport.cli.plan_view import mandates_data, plan_data, plan_text
from clientimport.model.finding import Finding
from clientimport.push.forecast import due_mails, planned_additions, planned_updates
from clientimport.push.mail import Mail, mails_to_send
from clientimport.push.plan.plan import Plan
from clientimport.push.push_request import PushRequest


@dataclass(frozen=True, slots=True)
class PushPreview:
    """A plan with what a push of it would send."""

    session: AccountSession
    request: PushRequest
    plan: Plan
    findings: Sequence[Finding]
    """What was noticed in the file."""
    due: tuple[Mail, ...]
    """The mails that go out, and those that are held."""
    additions: int
    """Of clients that are there, to which contacts are added or whose documents are shared."""

    @property
    def has_work(self) -> bool:
        """Whether a push would send anything."""
        if self.request.all_or_nothing and self.plan.invalid:
            return False
        mails = mails_to_send(self.due, self.request.invite_limit)
        return bool(self.plan.new or mails or self.additions or planned_updates(self.plan, self.request))

    def data(self) -> dict[str, object]:
        """Return what JSON says about it."""
        console = self.session.console
        return {
            **self.session.data,
            **plan_data(self.plan, console, self.request.options.sharing),
            "warnings": [
                warning
                for findings in (self.findings, self.plan.findings)
                for warning in warnings_data(findings, console)
            ],
            "mandates": mandates_data(self.findings),
            **dry_run_data(self.due, self.request.invite_limit, console),
        }

    def text(self) -> str:
        """Return the same for people."""
        console, request = self.session.console, self.request
        heading = self.session.heading(self.plan.account)
        text = plan_text(self.plan, self.findings, heading, console, request.update, request.options.sharing)
        return "\n".join((text, *dry_run_text(self.due, request.invite_limit, console)))


def preview_push(session: AccountSession, request: PushRequest, plan: Plan, findings: Sequence[Finding]) -> PushPreview:
    """Return the preview of a push; nothing is sent, and no account is locked."""
    if not (request.invite or request.options.sharing):  # all else is in the plan, and needs no record
        additions = 0 if request.all_or_nothing and plan.invalid else sum(bool(e.contacts) for e in plan.existing)
        return PushPreview(session, request, plan, findings, (), additions)
    with unlocked_account_ledger(session.account, plan.account) as ledger:
        due, additions = due_mails(plan, ledger, request), planned_additions(plan, ledger, request)
    return PushPreview(session, request, plan, findings, due, additions)
