"""Further contacts: the second and third contact person in columns of each row, parsed as the first one is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.matching.column_mapping import ColumnMapping, ColumnMatch, FurtherContact
from clientimport.matching.value_overrides import ValueOverrides
from clientimport.model.client import display_name
from clientimport.model.columns import true_positions
from clientimport.model.finding import Finding, Issue, Severity
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.records import Records
from clientimport.model.table import Table
from clientimport.schema.derivations.apply import apply_derivations
from clientimport.schema.fields import canonical_fields
from clientimport.schema.finding_catalog import to_finding
from clientimport.validation.parse_table import parse_table

_NAMES = ("contact_first_name", "contact_last_name", "contact_name")
_OF_CLIENT = ("country", "language")
"""What a contact's own language and locale follow from, as for the first contact."""


@dataclass(frozen=True, slots=True)
class ParsedContacts:
    """The further contacts in columns, and what was noticed about them."""

    by_position: Mapping[int, tuple[Mapping[str, str], ...]]
    findings: tuple[Finding, ...] = ()


def parse_further_contacts(
    table: Table, further: tuple[FurtherContact, ...], schema: PlatformSchema, clients: Records, decided: ValueOverrides
) -> ParsedContacts:
    """Return the persons in these columns by position; what is wrong with one costs that person alone, not the row."""
    contacts: dict[int, tuple[Mapping[str, str], ...]] = {}
    findings: list[Finding] = []
    for contact in further:
        records, noticed = _records(table, contact, schema, clients, decided)
        wrong = {finding.row for finding in noticed if finding.severity is Severity.ERROR}
        findings += [_as_warning(finding) for finding in noticed]
        nameless = set(true_positions(_is_nameless(records, schema)))
        for position in true_positions(_is_new(records.column("contact_email"), clients.column("contact_email"))):
            if int(table.rows[position]) in wrong:
                continue
            if position in nameless:
                findings.append(_name_finding(records, position, contact))
                continue
            person = _person(records, position)
            contacts[position] = (*contacts.get(position, ()), person)
            findings.append(_contact_finding(records, position, person))
        findings += _missing_addresses(records)
    return ParsedContacts(contacts, tuple(findings))


def _is_new(addresses: pa.StringArray, first: pa.StringArray) -> pa.BooleanArray:
    """Return where there is an address that is not the first contact's again."""
    same: Any = pc.fill_null(pc.equal(pc.utf8_lower(addresses), pc.utf8_lower(first)), pa.scalar(False))
    return cast("pa.BooleanArray", pc.and_(pc.is_valid(addresses), pc.invert(same)))


def _is_nameless(records: Records, schema: PlatformSchema) -> pa.BooleanArray:
    """Return where a name is missing that the platform requires of the first contact; else where there is none."""
    required = [column.field for column in schema.columns if column.required and column.field in _NAMES]
    absent = [pc.is_null(records.column(field)) for field in required or _NAMES]
    return reduce(pc.or_ if required else pc.and_, absent)


def _name_finding(records: Records, position: int, contact: FurtherContact) -> Finding:
    """Return that an address without a name is no person, at the empty cell of the name."""
    empty = (field for field in _NAMES if field in contact.columns and not records.typed_value(field, position))
    facts = {"email": str(records.values("contact_email")[position])}
    issue = Issue("contact_name.further_missing", facts).at(position, next(empty, "contact_email"))
    return to_finding(records, issue)


def _records(
    table: Table, contact: FurtherContact, schema: PlatformSchema, clients: Records, decided: ValueOverrides
) -> tuple[Records, list[Finding]]:
    """Return the contact's fields, and what was noticed in reading them."""
    mapping = ColumnMapping(
        tuple(ColumnMatch(column, field, certain=True) for field, column in contact.columns.items())
    )
    parsed = parse_table(table, mapping, schema, {}, decided)
    records = parsed.records
    for field in _OF_CLIENT:
        if field in clients.fields:
            records = records.with_field(field, clients.fields[field])
    records, derived = apply_derivations(records, schema)
    return records, [*parsed.findings, *(finding for finding in derived if finding.row is not None)]


def _person(records: Records, position: int) -> Mapping[str, str]:
    cells = (
        (field, column[position].as_py())
        for field, column in records.fields.items()
        if canonical_fields()[field].contact
    )
    return {field: value for field, value in cells if value}


def _contact_finding(records: Records, position: int, person: Mapping[str, str]) -> Finding:
    name = display_name(person) or person["contact_email"]
    facts = {"contact": name, "first_row": str(records.rows[position])}
    return to_finding(records, Issue("client.further_contact", facts).at(position, "contact_email"))


def _missing_addresses(records: Records) -> Iterator[Finding]:
    """Yield a warning where a further contact has a name and no address, and so cannot be added."""
    named = pc.is_valid(records.column("contact_last_name"))
    for position in true_positions(pc.and_(named, pc.is_null(records.column("contact_email")))):
        if not records.typed_value("contact_email", position):
            noticed = Issue("contact_email.further_missing").at(position, "contact_email")
            yield to_finding(records, noticed)


def _as_warning(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.WARNING) if finding.severity is Severity.ERROR else finding
