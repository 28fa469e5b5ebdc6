"""A plan: what a push would do with every row, from the clients of a file and a snapshot of the platform."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clientimport.model.client import Client, display_name
from clientimport.model.finding import Finding, Severity
from clientimport.model.findings import with_severity
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.remote import Account, DocumentSharing, RemoteClient
from clientimport.push.plan.diff import Difference, PlanDiff
from clientimport.push.plan.snapshot import RemoteSnapshot
from clientimport.schema.finding_catalog import to_finding
from clientimport.validation.validate import Validation


@dataclass(frozen=True, slots=True)
class PlanSource:
    """The file that a plan was made from."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One client of the file, of the platform, or of both."""

    client: Client | None
    remote: RemoteClient | None = None
    differences: tuple[Difference, ...] = ()
    weak: bool = False
    """Recognised by contact e-mail and name alone: left as it is, and never invited by itself."""
    findings: tuple[Finding, ...] = ()
    """What comparing noticed; for an invalid one the reasons."""

    @property
    def fields(self) -> Mapping[str, str]:
        """Our values, or theirs for a client that is only on the platform."""
        if self.client is not None:
            return self.client.fields
        return self.remote.fields if self.remote is not None else {}

    @property
    def contacts(self) -> tuple[Mapping[str, str], ...]:
        """The further contact persons that the platform does not have yet."""
        further = self.client.contacts if self.client is not None else ()
        remote = self.remote
        if remote is None or remote.contacts is None:
            return further
        main_email = remote.fields.get("contact_email", "").casefold()
        emails = {contact.get("contact_email", "").casefold() for contact in remote.contacts} | {main_email, ""}
        return tuple(contact for contact in further if contact.get("contact_email", "").casefold() not in emails)

    @property
    def name(self) -> str:
        """What a person would call it."""
        return display_name(self.fields)

    @property
    def has_errors(self) -> bool:
        """Whether it has an error, so that it is not sent."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Plan:
    """The four groups of the platforms' own import pages; what has a row stands in the order of the file."""

    platform: str
    account: Account
    source: PlanSource
    new: tuple[PlanEntry, ...]
    existing: tuple[PlanEntry, ...]
    only_on_platform: tuple[PlanEntry, ...]
    invalid: tuple[PlanEntry, ...]
    excluded: tuple[PlanEntry, ...] = ()
    """What this push does not take (selection.py); never part of a kept plan."""
    default_configuration: str | None = None
    """The configuration template that a new client gets when its row names none."""

    def configuration(self, entry: PlanEntry) -> str | None:
        """Return the configuration template that a new client will get; one that is there keeps what it has."""
        named = entry.fields.get("configuration_template")
        return None if entry.remote is not None else named or self.default_configuration

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What comparing noticed, and the errors of the file."""
        return tuple(f for group in (self.new, self.existing, self.invalid) for entry in group for f in entry.findings)


def shares_documents(entry: PlanEntry, sharing: DocumentSharing | None) -> bool:
    """Return whether a push with this option shares the documents of a client: not of one that may be another."""
    if sharing is None or entry.weak:
        return False
    return entry.remote is None or entry.remote.sharing != sharing


def make_plan(validation: Validation, snapshot: RemoteSnapshot, source: PlanSource) -> Plan:
    """Return what a push of this file to this account would do."""
    entries = [*_entries_with_errors(validation), *_compared_entries(validation, snapshot)]
    return grouped_plan(validation.schema.id, snapshot, source, entries)


def grouped_plan(platform: str, snapshot: RemoteSnapshot, source: PlanSource, entries: list[PlanEntry]) -> Plan:
    """Return the plan that holds these entries of a file, and what only the platform has."""
    entries = sorted(entries, key=lambda entry: entry.client.row if entry.client else 0)
    ids = {entry.remote.client_id for entry in entries if entry.remote is not None}
    return Plan(
        platform,
        snapshot.account,
        source,
        new=tuple(entry for entry in entries if not entry.has_errors and entry.remote is None),
        existing=tuple(entry for entry in entries if not entry.has_errors and entry.remote is not None),
        only_on_platform=tuple(PlanEntry(None, remote) for remote in snapshot.clients if remote.client_id not in ids),
        invalid=tuple(entry for entry in entries if entry.has_errors),
        default_configuration=snapshot.lists.default_configuration,
    )


def _compared_entries(validation: Validation, snapshot: RemoteSnapshot) -> Iterator[PlanEntry]:
    schema, records = validation.schema, validation.records
    position = {row: number for number, row in enumerate(records.rows.tolist())}
    plan_diff = PlanDiff(snapshot, schema)
    for client in validation.clients:
        diff = plan_diff.client_diff(client)
        issues = (problem.at(position[client.row], field) for field, problem in diff.problems)
        findings = tuple(to_finding(records, issue) for issue in issues)
        yield PlanEntry(_supported_client(client, schema), diff.remote, diff.differences, diff.weak, findings)


def _supported_client(client: Client, schema: PlatformSchema) -> Client:
    """Return the client without further contacts where the platform's API has no place for them."""
    takes_contacts = schema.api is not None and "contacts" in schema.api.paths
    return client if takes_contacts else dataclasses.replace(client, contacts=())


def _entries_with_errors(validation: Validation) -> Iterator[PlanEntry]:
    """Yield the rows that the report has an error for."""
    errors: dict[int, list[Finding]] = {}
    for finding in with_severity(validation.report.findings, Severity.ERROR):
        if finding.row is not None:
            errors.setdefault(finding.row, []).append(finding)
    records = validation.records
    columns = {field: records.values(field) for field in validation.schema.fields if field in records.fields}
    for position, row in enumerate(records.rows.tolist()):
        if row in errors:
            fields = {field: value for field, values in columns.items() if (value := values[position])}
            yield PlanEntry(Client(row, (row,), fields), findings=tuple(errors[row]))
