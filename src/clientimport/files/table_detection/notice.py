"""A notice: a finding about the table as a whole, what reading chose or left out."""

from __future__ import annotations

from clientimport.model.finding import Finding
from clientimport.schema.finding_catalog import finding_kinds


def notice(code: str, **facts: object) -> Finding:
    """Return the finding `code` with its catalogued severity, about no row in particular."""
    return Finding(code, finding_kinds()[code].severity, facts={name: str(value) for name, value in facts.items()})
