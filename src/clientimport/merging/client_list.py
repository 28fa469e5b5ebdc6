"""A client list: the clients of one file as they go into a merge, each with the rows that speak of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from clientimport.merging.official_numbers import ALWAYS
from clientimport.model.client import display_name
from clientimport.model.finding import Severity
from clientimport.model.normalize import normalize
from clientimport.schema.checks.legal_form import strip_legal_form
from clientimport.validation.validate import Validation

_WRONG = (Severity.ERROR, Severity.WARNING)
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list; empty values are absent."""

    number: int
    """The spreadsheet's own."""
    fields: Mapping[str, str]
    """Canonical values."""
    unread: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    """What was typed where no canonical value could be read, by field."""
    contacts: tuple[Mapping[str, str], ...] = ()
    """Further contacts, which stand in columns of their own."""


@dataclass(frozen=True)
class ListedClient:
    """A client as one list has it."""

    source: str
    """The name of the list."""
    rows: tuple[ListRow, ...]
    """Several, where further rows bring further contacts."""

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The canonical values; later rows fill what the first leaves empty."""
        if len(self.rows) == 1:
            return self.rows[0].fields
        return {name: value for row in reversed(self.rows) for name, value in row.fields.items()}

    @cached_property
    def name(self) -> str:
        """What it is called in its list."""
        return display_name(self.fields)

    @cached_property
    def name_words(self) -> str:
        """The words of its name in alphabetical order, without legal form, for `Peeters Jan` is Jan Peeters."""
        return " ".join(sorted(strip_legal_form(self.name).split()))

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """What makes it the one that a person was asked about: when it changes, it is asked again."""
        numbers = (self.fields.get(kind, "") for kind in ALWAYS)
        return (*numbers, normalize(self.name), self.fields.get("postal_code", ""))


@dataclass(frozen=True, slots=True)
class ClientList:
    """One file, read, matched and checked."""

    name: str
    file: str
    clients: tuple[ListedClient, ...]
    unused: tuple[str, ...] = ()
    """Headers of filled columns that the platform has no place for."""
    repairs: int = 0

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return sum(len(client.rows) for client in self.clients)


def client_list(name: str, validation: Validation) -> ClientList:
    """Return the clients of a file, those too that the platform would refuse."""
    members: dict[int, list[ListRow]] = {}
    for position, row in enumerate(_rows(validation)):
        members.setdefault(validation.groups.leader(position), []).append(row)
    clients = tuple(ListedClient(name, tuple(rows)) for rows in members.values())
    unused = tuple(match.column.header or match.column.letter for match in validation.mapping.unused)
    return ClientList(name, validation.table.file, clients, unused, validation.report.totals.repairs)


def _rows(validation: Validation) -> Iterator[ListRow]:
    records = validation.records
    columns = {name: records.values(name) for name in records.fields}
    cells = zip(*columns.values(), strict=True) if columns else iter([()] * len(records.rows))
    unread = _unread(validation)
    for position, (number, values) in enumerate(zip(records.rows.tolist(), cells, strict=True)):
        fields = {name: value for name, value in zip(columns, values, strict=True) if value}
        yield ListRow(number, fields, unread.get(number, NOTHING), validation.further.get(position, ()))


def _unread(validation: Validation) -> dict[int, dict[str, str]]:
    """Return by row what stands in cells in which something is wrong, and which gave no value."""
    positions = {number: position for position, number in enumerate(validation.records.rows.tolist())}
    columns = validation.mapping.columns
    unread: dict[int, dict[str, str]] = {}
    for finding in validation.report.findings:
        field = finding.field or ""
        if finding.row is None or finding.severity not in _WRONG or field not in columns:
            continue
        position = positions[finding.row]
        typed = (columns[field].values[position].as_py() or "").strip()
        if typed and not validation.records.column(field)[position].is_valid:
            unread.setdefault(finding.row, {})[field] = typed
    return unread
