"""A saved plan meets the platform again: the rows stay as they were shown, the clients are looked at anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clientimport.errors import UsageError
from clientimport.model.finding import Finding
from clientimport.model.platform_schema import PlatformSchema
from clientimport.push.plan.diff import ClientDiff, PlanDiff
from clientimport.push.plan.plan import Plan, PlanEntry
from clientimport.push.plan.snapshot import RemoteSnapshot
from clientimport.schema.finding_catalog import new_finding


def refresh_plan(plan: Plan, snapshot: RemoteSnapshot, schema: PlatformSchema) -> Plan:
    """Return the plan with what the platform has now, so that what came in between is not created again.

    Raises UsageError for another account than the plan's, and when a row would now be an error: a client it found is
    gone or no longer the only one, two rows are one client there, a listed value is not listed any more.
    """
    ours, theirs = plan.account, snapshot.account
    moved = ours.address and ours.address != theirs.address  # an older plan does not say where it was made
    if ours.id != theirs.id or moved:
        raise UsageError("plan.other_account", name=plan.account.name)
    _require_same_default(plan, snapshot)
    plan_diff = PlanDiff(snapshot, schema)
    going = sorted((*plan.existing, *plan.new), key=_row)
    entries = [*plan.invalid, *(_refresh_entry(entry, plan_diff) for entry in going)]
    return _grouped(plan, snapshot, entries)


def _grouped(plan: Plan, snapshot: RemoteSnapshot, entries: list[PlanEntry]) -> Plan:
    """Return the plan with these entries of its file, and what only the platform has now."""
    entries = sorted(entries, key=_row)
    ids = {entry.remote.client_id for entry in entries if entry.remote is not None}
    return Plan(
        plan.platform,
        snapshot.account,
        plan.source,
        new=tuple(entry for entry in entries if not entry.has_errors and entry.remote is None),
        existing=tuple(entry for entry in entries if not entry.has_errors and entry.remote is not None),
        only_on_platform=tuple(PlanEntry(None, remote) for remote in snapshot.clients if remote.client_id not in ids),
        invalid=tuple(entry for entry in entries if entry.has_errors),
        default_configuration=snapshot.lists.default_configuration,
    )


def _require_same_default(plan: Plan, snapshot: RemoteSnapshot) -> None:
    """Raise UsageError when a new client would get another configuration template than was shown."""
    if plan.default_configuration != snapshot.lists.default_configuration:
        for entry in plan.new:
            if "configuration_template" not in entry.fields:
                raise UsageError("plan.stale", row=_row(entry))


def _refresh_entry(entry: PlanEntry, plan_diff: PlanDiff) -> PlanEntry:
    assert entry.client is not None
    diff = plan_diff.client_diff(entry.client)
    findings = (*entry.findings, *_new_findings(entry, diff))
    refreshed = replace(entry, remote=diff.remote, differences=diff.differences, weak=diff.weak, findings=findings)
    gone = entry.remote is not None and (diff.remote is None or diff.remote.client_id != entry.remote.client_id)
    if gone or refreshed.has_errors:
        raise UsageError("plan.stale", row=_row(entry))
    return refreshed


def _new_findings(entry: PlanEntry, now: ClientDiff) -> Iterator[Finding]:
    """Yield what was not noticed when the plan was made; a saved plan knows the row and not the cell."""
    noticed_before = {(finding.code, finding.field) for finding in entry.findings}
    for field, problem in now.problems:
        if (problem.code, field) not in noticed_before:
            value = entry.fields.get(field) if field else None
            yield new_finding(problem, row=_row(entry), field=field, value=value)


def _row(entry: PlanEntry) -> int:
    return entry.client.row if entry.client else 0
