"""Findings: what was noticed about a cell, a row or a table, as a code and facts; the sentences are in messages/."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding matters; the platforms' table is in schemas/_findings.toml."""

    ERROR = "error"
    """The platform will refuse it, or it is certainly wrong: the row is not sent."""
    WARNING = "warning"
    """May be wrong; sent. In doubt, this one."""
    INFO = "info"
    """Worth knowing."""
    REPAIR = "repair"
    """Changed by us, shown with before and after."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What a type or check noticed: a code, the facts for its words, and a canonical value that may be meant."""

    code: str
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    suggestion: str | None = None
    position: int | None = None
    """Where in the records; None for the whole table, and until the issue has its place."""
    field: str | None = None

    def at(self, position: int | None, field: str | None) -> Issue:
        """Return the issue with its place."""
        return Issue(self.code, self.facts, self.suggestion, position, field)


@dataclass(frozen=True, slots=True)
class Finding:
    """An issue with its place in the file. `row` is the spreadsheet's number; findings about the table have none."""

    code: str
    severity: Severity
    row: int | None = None
    column: str | None = None
    """The column's letter."""
    field: str | None = None
    header: str | None = None
    value: str | None = None
    """As typed."""
    suggestion: str | None = None
    """A canonical value, for a repair the value that is used instead."""
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    sheet: str | None = None
    """Where several sheets were read as one list: the one it is on."""
    sheet_row: int | None = None
    """Its row there; `row` is that of the list."""

    @property
    def cell(self) -> str | None:
        """The cell's address in the spreadsheet.

        >>> Finding("required.empty", Severity.ERROR, row=4, column="B").cell
        'B4'
        """
        row = self.sheet_row or self.row
        return f"{self.column}{row}" if self.column and row else None

    def to_document(self) -> dict[str, Any]:
        """Return the finding under the keys of a kept plan and of the ledger, which do not follow the names here."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "row": self.row,
            "column": self.column,
            "field": self.field,
            "header": self.header,
            "value": self.value,
            "suggestion": self.suggestion,
            "facts": dict(self.facts),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Finding:
        """Return the finding that was kept; keys that are absent were empty."""
        return cls(
            code=document["code"],
            severity=Severity(document["severity"]),
            row=document.get("row"),
            column=document.get("column"),
            field=document.get("field"),
            header=document.get("header"),
            value=document.get("value"),
            suggestion=document.get("suggestion"),
            facts=document.get("facts", {}),
        )
