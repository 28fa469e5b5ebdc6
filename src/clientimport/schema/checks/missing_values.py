"""Missing values: each is reported once, at the cell that can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import numpy as np

from clientimport.model.finding import Finding, Severity
from clientimport.model.records import Records
from clientimport.schema.derivations import DERIVATIONS

ABSENCE_CODES = frozenset({"required.empty", "rcs_number.or_vat_number", "vat_number.expected"})
"""Codes that report only a missing value: they add nothing to a cell whose text already has an error."""

EXPLAINED_CODES = frozenset(
    {"rcs_number.form", "rcs_number.words", "vat_number.words", "company_number.words", "iban.words"}
)
"""Doubts about a text that are left out where it is an error that the number is missing."""

EXPLAINED_BESIDE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "postal_code.other_city": frozenset({"postal_code.form", "postal_code.other_country"}),
        "contact_email.placeholder": frozenset({"email.reserved_domain"}),
    }
)
"""Doubts of a check about a cell whose text another doubt is about already."""
OF_ASSUMED_COUNTRY = frozenset({"postal_code.form", "postal_code.other_country", "postal_code.other_city"})
"""Doubts that hold only if a row without a country is in the platform's."""


def drop_explained_absences(
    checked: Iterable[Finding], earlier: Iterable[Finding], records: Records
) -> Iterator[Finding]:
    """Yield the findings of the checks without the missing values that another finding explains.

    A cell whose text has an error is not empty as well; two fields that would follow from one empty cell are one
    absence; a field that would follow from one that is wrong or missing is there as soon as that one is mended; and a
    filled cell lacks nothing when what it needs beside it (a country beside a language) is what is missing or wrong.
    """
    checked, earlier = list(checked), [finding for finding in earlier if finding.severity is not Severity.REPAIR]
    codes_at = _codes_by_cell(earlier)
    errors = {finding.cell for finding in earlier if finding.severity is Severity.ERROR and finding.cell}
    all_wrong = _wrong_fields((*earlier, *checked))
    known = _wrong_fields((*earlier, *(finding for finding in checked if finding.code not in ABSENCE_CODES)))
    empty_cells: set[str] = set()
    for finding in checked:
        if not codes_at.get(finding.cell or "", frozenset()).isdisjoint(EXPLAINED_BESIDE.get(finding.code, ())):
            continue
        if finding.code in ABSENCE_CODES and finding.row and finding.field:
            row = _IncompleteRow(records, finding.row, all_wrong if finding.value else known)
            if finding.cell in errors or finding.cell in empty_cells or row.waits(finding.field):
                continue
            if finding.cell and finding.code == "required.empty":
                empty_cells.add(finding.cell)
            known.setdefault(finding.row, set()).add(finding.field)
        yield finding


def drop_doubts_of_assumed_country(findings: list[Finding]) -> list[Finding]:
    """Return the findings without doubts that hold only in the assumed country, where the row's own has an error."""
    rows = {f.row for f in findings if f.field == "country" and f.severity is Severity.ERROR and f.row is not None}
    return [f for f in findings if not (rows and f.row in rows and f.code in OF_ASSUMED_COUNTRY)]


class _IncompleteRow:
    """One row: which of its fields have a value, and which have an error."""

    def __init__(self, records: Records, row: int, wrong: Mapping[int, set[str]]) -> None:
        self._records = records
        self._position = int(np.searchsorted(records.rows, row))
        self._wrong = wrong.get(row, set())

    def waits(self, field: str, seen: frozenset[str] = frozenset()) -> bool:
        """Return whether `field` would follow if what has an error were mended."""
        seen |= {field}
        ways = [derivation for derivation in DERIVATIONS if field in derivation.targets]
        return bool(self._wrong) and any(self._needs_only_errors(way.sources, seen) for way in ways)

    def _needs_only_errors(self, sources: tuple[str, ...], seen: frozenset[str]) -> bool:
        """Return whether at least one source is wrong or waits itself, and all others have a value."""
        open_sources = [source for source in sources if source in self._wrong or not self._has(source)]
        return bool(open_sources) and all(
            source in self._wrong or (source not in seen and self.waits(source, seen)) for source in open_sources
        )

    def _has(self, field: str) -> bool:
        column = self._records.fields.get(field)
        return column is not None and bool(column[self._position].is_valid)


def _codes_by_cell(findings: Iterable[Finding]) -> Mapping[str, set[str]]:
    """Return the codes of what is noticed about each cell, of those that may explain another finding."""
    explaining = frozenset().union(*EXPLAINED_BESIDE.values())
    codes: dict[str, set[str]] = {}
    for finding in findings:
        if finding.code in explaining and finding.cell:
            codes.setdefault(finding.cell, set()).add(finding.code)
    return codes


def _wrong_fields(findings: Iterable[Finding]) -> dict[int, set[str]]:
    """Return the fields that have an error, by row."""
    fields: dict[int, set[str]] = {}
    for finding in findings:
        if finding.row and finding.field and finding.severity is Severity.ERROR:
            fields.setdefault(finding.row, set()).add(finding.field)
    return fields
