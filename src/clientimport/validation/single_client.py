"""A single client: given as options instead of rows, parsed and checked as a file is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from clientimport.errors import UsageError
from clientimport.matching.column_mapping import ColumnMapping, ColumnMatch
from clientimport.model.finding import Finding
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.table import Column, Table
from clientimport.schema.checks.duplicate_rows import ClientGroups
from clientimport.validation.parse_table import parse_table
from clientimport.validation.validate import Validation, validate

_CONTACT = re.compile(r"\s*(?P<first>\S+)\s+(?P<last>[^<]*[^<\s])\s*<(?P<email>[^<>\s]+)>\s*")


def parse_contact(text: str) -> Mapping[str, str]:
    """Return a contact person written as in a mail header. Raises UsageError.

    >>> parse_contact("An De Smet <an@bakkerij.be>")["contact_last_name"]
    'De Smet'
    """
    match = _CONTACT.fullmatch(text)
    if match is None:
        raise UsageError("usage.contact", value=text)
    first, last, email = match.group("first", "last", "email")
    return {"contact_first_name": first, "contact_last_name": last, "contact_email": email}


def validate_single_client(
    fields: Mapping[str, str], contacts: Sequence[Mapping[str, str]], schema: PlatformSchema
) -> Validation:
    """Return the validation of one client; its clients are this one, or none when there is an error."""
    table, mapping = _table(fields, contacts)
    validation = validate(table, mapping, schema)
    # All rows are one client, also where only the contact differs.
    return replace(validation, groups=ClientGroups(dict.fromkeys(range(1, len(table.rows)), 0)))


def parse_fields(
    fields: Mapping[str, str], country: str, schema: PlatformSchema
) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    """Return the canonical values of just these fields, and what was noticed about them."""
    table, mapping = _table(fields, ())
    default = {} if "country" in fields else {"country": country}
    parsed = parse_table(table, mapping, schema, default)
    values = {name: parsed.records.values(name)[0] for name in fields if name in parsed.records.fields}
    findings = tuple(finding for finding in parsed.findings if finding.field in fields)
    return {name: value for name, value in values.items() if value is not None}, findings


def _table(fields: Mapping[str, str], contacts: Sequence[Mapping[str, str]]) -> tuple[Table, ColumnMapping]:
    """Return a table with a row per contact person, and all its columns matched."""
    people = contacts or ({},)
    names = dict.fromkeys((*fields, *(name for person in people for name in person)))
    columns = tuple(
        Column(index, name, pa.array([{**fields, **person}.get(name) for person in people], pa.string()))
        for index, name in enumerate(names)
    )
    rows = np.arange(1, len(people) + 1, dtype=np.int64)
    matches = tuple(ColumnMatch(column, column.header, certain=True, confidence=1.0, used=True) for column in columns)
    return Table("-", None, 0, columns, rows), ColumnMapping(matches)
