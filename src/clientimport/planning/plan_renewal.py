"""A saved plan meets the platform again: the rows stay as they were shown, the clients are looked at anew."""

from __future__ import annotations

from dataclasses import replace

from clientimport.errors import UsageError
from clientimport.planning.plan import Entry, Plan, grouped
from clientimport.planning.recognition import Recognition
from clientimport.planning.snapshot import Snapshot


def renewed(plan: Plan, snapshot: Snapshot) -> Plan:
    """Return the plan with what the platform has now, so that what came in between is not created again.

    Raises UsageError for another account than the plan's, and when a client it found is gone or no longer the only one.
    """
    if plan.account.id != snapshot.account.id:
        raise UsageError("plan.other_account", name=plan.account.name)
    there = {remote.client_id: remote for remote in snapshot.clients}
    recognition = Recognition(snapshot.clients)
    entries = [*plan.invalid]
    for entry in plan.existing:
        if entry.remote is None or entry.remote.client_id not in there:
            raise UsageError("plan.stale", row=_row(entry))
        entries.append(replace(entry, remote=there[entry.remote.client_id]))
    for entry in plan.new:
        found = recognition.of(entry.fields)
        if len(found.clients) > 1:
            raise UsageError("plan.stale", row=_row(entry))
        remote = found.clients[0] if found.clients else None
        entries.append(replace(entry, remote=remote, weak=found.weakly))
    return grouped(plan.platform, snapshot, plan.source, entries)


def _row(entry: Entry) -> int:
    return entry.client.row if entry.client else 0
