"""Remarks: what is written into an annotated workbook, cell by cell and row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.finding_messages import finding_advice, finding_message
from clientimport.model.finding import Finding, Severity
from clientimport.model.report import Report
from clientimport.model.table import column_index

BY_SEVERITY = (Severity.ERROR, Severity.WARNING, Severity.REPAIR, Severity.INFO)
"""The gravest first: it gives a cell its colour."""
MAX_COMMENTS = 20_000
"""Cells with a note of their own; beyond, Excel takes minutes to open a file, and the summary has all."""


@dataclass(frozen=True, slots=True)
class CellMark:
    """What is said at one cell."""

    severity: Severity
    text: str
    """Every sentence with its severity in words, for colour must not be the only sign; empty beyond NOTES."""


@dataclass(frozen=True, slots=True)
class CellComment:
    """One finding in words."""

    finding: Finding
    message: str
    mend: str

    @property
    def rank(self) -> int:
        """How grave it is: 0 is an error."""
        return BY_SEVERITY.index(self.finding.severity)


@dataclass(frozen=True, slots=True)
class CellMarks:
    """All of it."""

    comments: tuple[CellComment, ...]
    """Every finding, the gravest first."""
    cells: Mapping[int, Mapping[int, CellMark]]
    """By row number and column position."""
    to_do: Mapping[int, str]
    """By row number: what to do about its errors and warnings."""
    comments_left_out: int
    """How many cells have their colour and no note."""


def cell_marks(report: Report, words: MessageCatalog, *, masks: bool) -> CellMarks:
    """Return what is written beside the cells of one file."""
    said = tuple(sorted((_said(one, words, masks=masks) for one in report.findings), key=lambda one: one.rank))
    by_cell: dict[tuple[int, int], list[CellComment]] = {}
    by_row: dict[int, list[CellComment]] = {}
    for one in said:
        row, column = one.finding.row, one.finding.column
        if row is not None and column:
            by_cell.setdefault((row, column_index(column)), []).append(one)
        if row is not None and one.finding.severity in BY_SEVERITY[:2]:
            by_row.setdefault(row, []).append(one)
    gravest = sorted(by_cell, key=lambda cell: (by_cell[cell][0].rank, cell))
    noted = frozenset(gravest[:MAX_COMMENTS])
    severities = {severity: words.phrase(f"severity.{severity}").upper() for severity in BY_SEVERITY}
    cells: dict[int, dict[int, CellMark]] = {}
    for place, found in by_cell.items():
        text = "\n".join(_noted(found, severities)) if place in noted else ""
        cells.setdefault(place[0], {})[place[1]] = CellMark(found[0].finding.severity, text)
    to_do = {row: "\n".join(_to_do(found, severities)) for row, found in by_row.items()}
    return CellMarks(said, cells, to_do, len(gravest) - len(noted))


def _said(finding: Finding, words: MessageCatalog, *, masks: bool) -> CellComment:
    show = not masks
    return CellComment(
        finding,
        finding_message(words, finding, show_personal_data=show),
        finding_advice(words, finding, show_personal_data=show),
    )


def _noted(said: Iterable[CellComment], severities: Mapping[Severity, str]) -> dict[str, None]:
    return dict.fromkeys(f"{severities[one.finding.severity]}: {one.message}" for one in said)


def _to_do(said: Iterable[CellComment], severities: Mapping[Severity, str]) -> dict[str, None]:
    told: dict[str, None] = {}
    for one in said:
        place = f"[{one.finding.column}] " if one.finding.column else ""
        told[f"{place}{severities[one.finding.severity]}: {one.message} {one.mend}".rstrip()] = None
    return told
