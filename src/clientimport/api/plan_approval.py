"""The approval of a plan by a second person, where the settings ask for it."""

from __future__ import annotations

from dataclasses import replace

from clientimport.api.open_ledger import open_ledger
from clientimport.errors import UsageError
from clientimport.push.ledger.approvals import Approval
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.who import person, who
from clientimport.push.plan.plan import Plan
from clientimport.push.plan.plan_file import plan_digest
from clientimport.settings.config_file import load_settings
from clientimport.settings.folders import folders


def needs_approval() -> bool:
    """Return whether a push needs a plan that a second person approved."""
    return load_settings(folders().config).ledger.approve


def remember_plan(plan: Plan) -> None:
    """Remember who made a plan, where it will need a second person."""
    if needs_approval():
        with open_ledger() as ledger:
            ledger.approvals.add_plan(plan_digest(plan), who(), ledger.clock.timestamp())


def approve_plan(ledger: Ledger, plan: Plan) -> Approval:
    """Approve a plan. Raises UsageError for an unknown one, and for the person who made it."""
    approval = ledger.approvals.find(plan_digest(plan))
    if approval is None:
        raise UsageError("plan.not_remembered")
    if person(approval.planned_by) == person(who()):
        raise UsageError("plan.same_person", who=approval.planned_by)
    if approval.approved_by is not None:
        return approval
    moment = ledger.clock.timestamp()
    ledger.approvals.approve(approval.digest, who(), moment)
    return replace(approval, approved_by=who(), approved_at=moment)


def approver_of(pushed: object) -> str | None:
    """Return who approved what is to be pushed, None where approval is not asked for.

    Raises UsageError for a file, for which there is no plan to approve, and for a plan without a second person's yes.
    """
    if not needs_approval():
        return None
    if not isinstance(pushed, Plan):
        raise UsageError("plan.needed")
    with open_ledger() as ledger:
        approval = ledger.approvals.find(plan_digest(pushed))
    if approval is None:
        raise UsageError("plan.not_remembered")
    if approval.approved_by is None:
        raise UsageError("plan.not_approved", who=approval.planned_by)
    return approval.approved_by
