"""Missing values: each is reported once, at the cell that can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from clientimport.model.finding import Finding, Severity
from clientimport.schema.derivations import DERIVATIONS

ABSENCE_CODES = frozenset({"required.empty", "rcs_number.or_vat_number", "vat_number.expected"})
"""Codes that report only a missing value: they add nothing to a cell whose text already has an error."""

EXPLAINED_CODES = frozenset(
    {"rcs_number.form", "rcs_number.words", "vat_number.words", "company_number.words", "iban.words"}
)
"""Doubts about a text that are left out where it is an error that the number is missing."""


def drop_explained_absences(checked: Iterable[Finding], earlier: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings of the checks without the missing values that another finding explains.

    A cell whose text has an error is not empty as well; two fields that would follow from one empty cell are one
    absence; and a filled cell lacks nothing when what it needs beside it (a country beside a language) is what is
    missing or wrong.
    """
    checked = list(checked)
    wrong_cells = {finding.cell for finding in earlier if finding.severity is Severity.ERROR and finding.cell}
    wrong_fields = _wrong_fields((*earlier, *checked))
    empty_cells: set[str] = set()
    for finding in checked:
        if finding.code in ABSENCE_CODES:
            beside = _sources(finding.field or "") & wrong_fields.get(finding.row or 0, frozenset())
            if finding.cell in wrong_cells or finding.cell in empty_cells or (finding.value and beside):
                continue
            if finding.cell and finding.code == "required.empty":
                empty_cells.add(finding.cell)
        yield finding


def _wrong_fields(findings: Iterable[Finding]) -> Mapping[int, set[str]]:
    """Return the fields that have an error, by row."""
    fields: dict[int, set[str]] = {}
    for finding in findings:
        if finding.row and finding.field and finding.severity is Severity.ERROR:
            fields.setdefault(finding.row, set()).add(finding.field)
    return fields


@cache
def _sources(field: str) -> frozenset[str]:
    """Return every field that `field` may follow from, at first hand or further back.

    >>> sorted(_sources("contact_locale"))
    ['contact_language', 'country', 'language']
    """
    sources: set[str] = set()
    for derivation in reversed(DERIVATIONS):
        if sources.union({field}).intersection(derivation.targets):
            sources.update(derivation.sources)
    return frozenset(sources - {field})
