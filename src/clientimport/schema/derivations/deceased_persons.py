"""Names that say that their bearer has died: a mail must not go to a dead person."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from clientimport.model.columns import keep_matching, map_distinct
from clientimport.model.finding import Finding, Issue
from clientimport.model.records import Records
from clientimport.model.table import Column, Table
from clientimport.schema.finding_catalog import to_finding
from clientimport.schema.types.death_mark import (
    SIGN,
    death_mark,
    death_mark_of_company,
    death_mark_of_first_name,
    death_mark_of_last_name,
)

_MARKS = {
    "legal_name": death_mark_of_company,
    "contact_name": death_mark,
    "contact_first_name": death_mark_of_first_name,
    "contact_last_name": death_mark_of_last_name,
}


def deceased_persons(columns: Mapping[str, Column], table: Table, wanted: Collection[str]) -> Iterator[Finding]:
    """Yield a warning for each cell as it was typed, before anything is taken off a name."""
    for field, mark in _MARKS.items():
        if field in columns and field in wanted:
            records = Records(table.rows, {}, {field: columns[field]})
            for position, text in map_distinct([keep_matching(columns[field].values, SIGN)], mark).items():
                yield to_finding(records, Issue("contact.deceased", {"mark": text}).at(position, field))
