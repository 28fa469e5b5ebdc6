"""Making a plan, from the clients of a file and a snapshot of the platform."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np

from clientimport.model.client_columns import ClientColumns
from clientimport.model.columns import Positions
from clientimport.model.finding import Finding, Severity
from clientimport.model.findings import with_severity
from clientimport.model.platform_schema import PlatformSchema
from clientimport.push.plan.diff import ClientDiff, PlanDiff
from clientimport.push.plan.plan import EntryDetails, Plan, PlanEntries, PlanEntry, PlanSource
from clientimport.push.plan.snapshot import RemoteSnapshot
from clientimport.schema.finding_catalog import to_finding
from clientimport.validation.validate import Validation


def make_plan(validation: Validation, snapshot: RemoteSnapshot, source: PlanSource) -> Plan:
    """Return what a push of this file to this account would do."""
    clients = _supported_clients(validation.clients, validation.schema)
    wrong = dict(_rows_with_errors(validation))
    known = {**wrong, **dict(_entry_details(validation, snapshot))}
    positions = np.concatenate([clients.positions, np.array([*wrong], np.int64)])
    entries = PlanEntries(clients.at(_by_row(positions, validation.records.rows)), known)
    return _grouped(entries, validation.schema.id, snapshot, source)


def _grouped(entries: PlanEntries, platform: str, snapshot: RemoteSnapshot, source: PlanSource) -> Plan:
    """Return the plan that holds these entries of a file, and what only the platform has."""
    positions, known = entries.clients.positions, entries.details
    invalid = np.isin(positions, [position for position, detail in known.items() if detail.has_errors])
    present = np.isin(positions, [position for position, detail in known.items() if detail.remote])
    ids = {detail.remote.client_id for detail in known.values() if detail.remote}
    return Plan(
        platform,
        snapshot.account,
        source,
        new=entries.at(positions[~invalid & ~present]),
        existing=entries.at(positions[~invalid & present]),
        only_on_platform=tuple(PlanEntry(None, remote) for remote in snapshot.clients if remote.client_id not in ids),
        invalid=entries.at(positions[invalid]),
        default_configuration=snapshot.lists.default_configuration,
    )


def _by_row(positions: Positions, rows: Positions) -> Positions:
    ordered: Positions = positions[np.argsort(rows[positions], kind="stable")]
    return ordered


def _entry_details(validation: Validation, snapshot: RemoteSnapshot) -> Iterator[tuple[int, EntryDetails]]:
    """Yield what the platform has of clients, or says of their values, by position; of most it has and says nothing."""
    plan_diff = PlanDiff(snapshot, validation.schema)
    telling = plan_diff.telling_clients(validation.clients)
    for position, client in zip(telling.positions.tolist(), telling, strict=True):
        diff = plan_diff.client_diff(client)
        findings = tuple(_findings(validation, position, diff))
        detail = EntryDetails(diff.remote, diff.differences, diff.weak, findings)
        if detail != EntryDetails():
            yield position, detail


def _findings(validation: Validation, position: int, diff: ClientDiff) -> Iterator[Finding]:
    return (to_finding(validation.records, problem.at(position, field)) for field, problem in diff.problems)


def _supported_clients(clients: ClientColumns, schema: PlatformSchema) -> ClientColumns:
    """Return the clients without further contacts where the platform's API has no place for them."""
    if schema.api is not None and "contacts" in schema.api.paths:
        return clients
    joined = {position: dataclasses.replace(client, contacts=()) for position, client in clients.joined.items()}
    return dataclasses.replace(clients, joined=joined)


def _rows_with_errors(validation: Validation) -> Iterator[tuple[int, EntryDetails]]:
    """Yield the rows that the report has an error for, by position."""
    errors: dict[int, list[Finding]] = {}
    for finding in with_severity(validation.report.findings, Severity.ERROR):
        if finding.row is not None:
            errors.setdefault(finding.row, []).append(finding)
    for position, row in enumerate(validation.records.rows.tolist() if errors else ()):
        if row in errors:
            yield position, EntryDetails(findings=tuple(errors[row]))
