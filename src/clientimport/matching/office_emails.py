"""The office's people: a column of their addresses is what the platform takes of them, one colleague or several."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from clientimport.matching.candidate import ColumnEvidence
from clientimport.model.platform_schema import PlatformSchema

OFFICE = frozenset({"responsible_email", "assignee_emails"})
"""The fields that hold addresses of the office's people."""


def map_office_emails(
    columns: Iterable[ColumnEvidence], taken: Collection[str], schema: PlatformSchema
) -> list[ColumnEvidence]:
    """Return the columns, those of colleagues meaning the field that the platform has for them; a doubt stays."""
    asked = tuple(field for field in schema.fields if field in OFFICE and field not in taken)
    return [
        replace(one, meaning=replace(one.meaning, fields=asked, doubtful=True)) if _is_other(one, asked) else one
        for one in columns
    ]


def _is_other(one: ColumnEvidence, asked: Collection[str]) -> bool:
    fields = one.meaning.fields
    return bool(asked and fields) and OFFICE.issuperset(fields) and not set(asked).intersection(fields)
