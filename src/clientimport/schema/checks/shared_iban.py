"""One account beside several clients: mostly a cell that was copied down."""

from __future__ import annotations

from collections.abc import Iterator

from clientimport.model.client import STRONG_IDENTIFIERS, display_name
from clientimport.model.columns import repeated_positions
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.model.records import Records

_NAMES = ("legal_name", "contact_first_name", "contact_last_name", "contact_name")


def shared_accounts(records: Records) -> Iterator[Issue]:
    """Notice each row whose IBAN stands with another client before it: one with no number and no name in common."""
    positions = repeated_positions(records.column("iban"))
    fields = [field for field in ("iban", *STRONG_IDENTIFIERS, *_NAMES) if field in records.fields]
    columns = [records.column(field).take(positions).to_pylist() for field in fields]
    owners: dict[str, tuple[int, set[tuple[str, str]]]] = {}
    for position, values in zip(positions.tolist(), zip(*columns, strict=True), strict=True):
        row = {field: value for field, value in zip(fields, values, strict=True) if value}
        first, identities = owners.setdefault(row["iban"], (position, set()))
        row_identities = _identity_values(row)
        if first == position or identities & row_identities:
            identities |= row_identities
        elif row_identities:
            yield Issue("iban.shared", {"first_row": str(records.rows[first])}).at(position, "iban")


def _identity_values(row: dict[str, str]) -> set[tuple[str, str]]:
    """Return what the client is recognised by: its numbers, references and name."""
    numbers = {(kind, row[kind]) for kind in STRONG_IDENTIFIERS if kind in row}
    name = normalize(display_name(row))
    return numbers | {("name", name)} if name else numbers
