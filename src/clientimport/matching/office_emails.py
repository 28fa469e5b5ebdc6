"""E-mail addresses of the office's people: which field the platform has for them, one colleague or several."""

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
    """Return the columns, those of colleagues with the field that the platform has for them, as doubtful."""
    office = tuple(field for field in schema.fields if field in OFFICE and field not in taken)
    return [
        replace(evidence, meaning=replace(evidence.meaning, fields=office, doubtful=True))
        if _is_other_office_field(evidence, office)
        else evidence
        for evidence in columns
    ]


def _is_other_office_field(evidence: ColumnEvidence, office: Collection[str]) -> bool:
    """Return whether the header names only fields of the office's people, and none that the platform has."""
    fields = evidence.meaning.fields
    return bool(office and fields) and OFFICE.issuperset(fields) and not set(office).intersection(fields)
