"""A plan: what a push would do with every row."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import overload

import numpy as np

from clientimport.model.client import Client, display_name
from clientimport.model.client_columns import ClientColumns
from clientimport.model.columns import Positions
from clientimport.model.finding import Finding, Severity
from clientimport.model.remote import Account, DocumentSharing, RemoteClient
from clientimport.push.plan.diff import Difference


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
class EntryDetails:
    """What is known of a client of the file beside its row: what comparing came to, or why it is not sent."""

    remote: RemoteClient | None = None
    differences: tuple[Difference, ...] = ()
    weak: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether the client has an error, so that it is not sent."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PlanEntries(Sequence[PlanEntry]):
    """Clients of a file as columns, and what is known of some beside their row; entries are made when asked for."""

    clients: ClientColumns
    details: Mapping[int, EntryDetails]
    """By position in the file; of most clients nothing is known beside their row."""

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self.clients)

    def __iter__(self) -> Iterator[PlanEntry]:
        """Make the entries, some at a time."""
        return chain.from_iterable(part.made() for part in self.parts())

    @overload
    def __getitem__(self, index: int) -> PlanEntry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[PlanEntry, ...]: ...
    def __getitem__(self, index: int | slice) -> PlanEntry | tuple[PlanEntry, ...]:
        """Return one of them, or several."""
        positions = self.clients.positions
        made = tuple(self.at(positions[index] if isinstance(index, slice) else positions[[index]]).made())
        return made if isinstance(index, slice) else made[0]

    def __eq__(self, other: object) -> bool:
        """Return whether the other sequence has the same entries."""
        return tuple(self) == tuple(other) if isinstance(other, PlanEntries | tuple) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def at(self, positions: Positions) -> PlanEntries:
        """Return the entries of the clients that stand at these positions of the file."""
        return dataclasses.replace(self, clients=self.clients.at(positions))

    def parts(self) -> Iterator[PlanEntries]:
        """Yield some thousand entries at a time."""
        return (dataclasses.replace(self, clients=clients) for clients in self.clients.parts())

    def made(self) -> list[PlanEntry]:
        """Make all of them."""
        compared = map(self.details.get, self.clients.positions.tolist())
        return [_entry(client, known) for client, known in zip(self.clients.made(), compared, strict=True)]

    @property
    def is_plain(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether each client is its row and no more: of that row alone, with nothing known beside it."""
        more = np.array([*self.details, *self.clients.joined], np.int64)
        return ~np.isin(self.clients.positions, more)

    @property
    def findings(self) -> Iterator[Finding]:
        """What comparing noticed, and the errors of the file."""
        known = map(self.details.get, self.clients.positions.tolist() if self.details else ())
        return (finding for detail in known if detail for finding in detail.findings)


def _entry(client: Client, known: EntryDetails | None) -> PlanEntry:
    if known is None:
        return PlanEntry(client)
    return PlanEntry(client, known.remote, known.differences, known.weak, known.findings)


def findings_of(entries: Sequence[PlanEntry]) -> Iterator[Finding]:
    """Yield what was noticed about each of the entries."""
    if isinstance(entries, PlanEntries):
        return entries.findings
    return (finding for entry in entries for finding in entry.findings)


def further_rows_of(entries: Sequence[PlanEntry]) -> dict[int, int]:
    """Return the rows of clients that have a row already, with the first row of each."""
    if isinstance(entries, PlanEntries):
        return entries.clients.further_rows
    return {row: entry.client.row for entry in entries if entry.client is not None for row in entry.client.rows[1:]}


@dataclass(frozen=True, slots=True)
class Plan:
    """The four groups of the platforms' own import pages; what has a row stands in the order of the file."""

    platform: str
    account: Account
    source: PlanSource
    new: Sequence[PlanEntry]
    existing: Sequence[PlanEntry]
    only_on_platform: Sequence[PlanEntry]
    invalid: Sequence[PlanEntry]
    excluded: Sequence[PlanEntry] = ()
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
        return tuple(chain.from_iterable(map(findings_of, (self.new, self.existing, self.invalid))))


def shares_documents(entry: PlanEntry, sharing: DocumentSharing | None) -> bool:
    """Return whether a push with this option shares the documents of a client: not of one that may be another."""
    if sharing is None or entry.weak:
        return False
    return entry.remote is None or entry.remote.sharing != sharing
