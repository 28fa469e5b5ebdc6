"""Remarks: what is written into an annotated workbook, cell by cell and row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clientimport.finding import Finding, Severity
from clientimport.report import Report
from clientimport.table import index_of
from clientimport.texts.sentences import mend, message
from clientimport.texts.words import Words

ORDER = (Severity.ERROR, Severity.WARNING, Severity.REPAIR, Severity.INFO)
"""The gravest first: it gives a cell its colour."""
NOTES = 20_000
"""Cells with a note of their own; beyond, Excel takes minutes to open a file, and the summary has all."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said at one cell."""

    severity: Severity
    text: str
    """Every sentence with its severity in words, for colour must not be the only sign; empty beyond NOTES."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """All of it."""

    cells: Mapping[int, Mapping[int, Mark]]
    """By row number and column position."""
    to_do: Mapping[int, str]
    """By row number: what to do about its errors and warnings."""
    notes_left_out: int
    """How many cells have their colour and no note."""


def remarks(report: Report, words: Words, *, masks: bool) -> Remarks:
    """Return what is written beside the cells of one file."""
    by_cell: dict[tuple[int, int], list[Finding]] = {}
    by_row: dict[int, list[Finding]] = {}
    for finding in report.findings:
        if finding.row is None:
            continue
        if finding.column:
            by_cell.setdefault((finding.row, index_of(finding.column)), []).append(finding)
        if finding.severity in ORDER[:2]:
            by_row.setdefault(finding.row, []).append(finding)
    gravest = sorted(by_cell, key=lambda cell: (_rank(by_cell[cell]), cell))
    noted = frozenset(gravest[:NOTES])
    cells: dict[int, dict[int, Mark]] = {}
    for (row, column), found in by_cell.items():
        text = _noted(found, words, masks=masks) if (row, column) in noted else ""
        cells.setdefault(row, {})[column] = Mark(ORDER[_rank(found)], text)
    to_do = {row: _to_do(found, words, masks=masks) for row, found in by_row.items()}
    return Remarks(cells, to_do, len(gravest) - len(noted))


def _rank(findings: Iterable[Finding]) -> int:
    return min(ORDER.index(finding.severity) for finding in findings)


def _noted(findings: Iterable[Finding], words: Words, *, masks: bool) -> str:
    told = (
        f"{words.say(f'severity.{one.severity}').upper()}: {message(words, one, show_personal_data=not masks)}"
        for one in sorted(findings, key=lambda one: ORDER.index(one.severity))
    )
    return "\n".join(dict.fromkeys(told))


def _to_do(findings: Iterable[Finding], words: Words, *, masks: bool) -> str:
    told = []
    for one in sorted(findings, key=lambda one: ORDER.index(one.severity)):
        place = f"[{one.column}] " if one.column else ""
        said = (message(words, one, show_personal_data=not masks), mend(words, one, show_personal_data=not masks))
        told.append(f"{place}{words.say(f'severity.{one.severity}').upper()}: {' '.join(filter(None, said))}")
    return "\n".join(dict.fromkeys(told))
