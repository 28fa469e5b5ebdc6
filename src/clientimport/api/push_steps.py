"""A push under way on an open account: the plan against what is there now, what it will do, and doing it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from clientimport.api.open_ledger import locked_account_ledger, unlocked_account_ledger
from clientimport.api.platform_account import PlatformAccount
from clientimport.connectors.protocol import Connector
from clientimport.errors import UsageError
from clientimport.model.remote import ReferenceLists
from clientimport.push.forecast import due_mails, planned_additions, planned_updates
from clientimport.push.mail import Mail, mails_to_send
from clientimport.push.plan.make_plan import make_plan
from clientimport.push.plan.plan import Plan, PlanSource
from clientimport.push.plan.questionnaire import with_questionnaires
from clientimport.push.plan.refresh import refresh_plan
from clientimport.push.plan.selection import select_clients
from clientimport.push.plan.snapshot import RemoteSnapshot, take_snapshot
from clientimport.push.push import push
from clientimport.push.push_request import PushRequest
from clientimport.push.run_result import RunResult
from clientimport.push.runner import Progress
from clientimport.validation.validate import Validation

StartPush = Callable[[Progress, asyncio.Event], Awaitable[RunResult]]
"""Begins to send; told of progress, and stopped by the event."""


@dataclass(frozen=True, slots=True)
class ValidatedClients:
    """The clients of a list with everything noticed in it, and how the list is known again."""

    validation: Validation
    source: PlanSource


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a push will do, just before it does."""

    plan: Plan
    updates: int = 0
    """Clients of which something is overwritten."""
    mails: tuple[Mail, ...] = ()
    """Those that go out."""
    due: tuple[Mail, ...] = ()
    """Those, and the ones that are held or wait for the next batch."""
    additions: int = 0
    """Clients that are there, to which contacts are added or whose documents are shared."""


Supervise = Callable[[Forecast, StartPush], Awaitable[RunResult]]
"""Agrees to what will be done, by beginning it, or raises."""


async def make_plan_for(
    validation: Validation, source: PlanSource, connector: Connector
) -> tuple[Plan, RemoteSnapshot]:
    """Return what a push of these clients would do, and what the platform has now."""
    remote = await take_snapshot(connector)
    return make_plan(validation, remote, source), remote


async def plan_clients(
    start: ValidatedClients, connector: Connector, request: PushRequest
) -> tuple[Plan, ReferenceLists]:
    """Return the plan of the clients that were chosen, and the lists of the platform.

    A questionnaire is demanded by the push; a plan shows the rest without one.
    """
    plan, remote = await make_plan_for(start.validation, start.source, connector)
    plan = select_clients(plan, request.only, request.skip)
    if request.options.questionnaires:
        plan = with_questionnaires(plan, remote.lists, request.options)
    return plan, remote.lists


async def plan_push(
    start: Plan | ValidatedClients, account: PlatformAccount, connector: Connector, request: PushRequest
) -> Plan:
    """Return what a push of a kept plan, or of clients, will do: what was chosen of it, and what it can do."""
    if isinstance(start, Plan):
        remote = await take_snapshot(connector)
        plan = refresh_plan(start, remote, account.schema)
    else:
        plan, remote = await make_plan_for(start.validation, start.source, connector)
    plan = select_clients(plan, request.only, request.skip)
    return with_questionnaires(plan, remote.lists, request.options)


def due_mails_of(plan: Plan, account: PlatformAccount, request: PushRequest) -> tuple[Mail, ...]:
    """Return the mails that a push would send, and those that are held; others may be sending meanwhile."""
    if not request.invite:
        return ()
    with unlocked_account_ledger(account, plan.account) as ledger:
        return due_mails(plan, ledger, request)


async def carry_out(
    plan: Plan, account: PlatformAccount, connector: Connector, request: PushRequest, supervise: Supervise
) -> RunResult:
    """Return what became of a push; no other process sends to the account meanwhile.

    `supervise` sees what will be done. Raises UsageError for more mails than were allowed.
    """
    with locked_account_ledger(account, plan.account) as ledger:
        due = due_mails(plan, ledger, request)
        mails, limit = mails_to_send(due, request.invite_limit), request.max_invitations
        if limit is not None and len(mails) > limit:
            raise UsageError("invite.too_many", count=len(mails), limit=limit)
        updates, additions = planned_updates(plan, request), planned_additions(plan, ledger, request)
        return await supervise(
            Forecast(plan, updates, mails, due, additions),
            lambda progress, stop: push(plan, connector, ledger, request, progress=progress, stop=stop),
        )
