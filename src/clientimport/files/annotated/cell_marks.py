"""Cell marks: what is written into an annotated workbook, cell by cell and row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.finding_messages import finding_advice, finding_message
from clientimport.model.finding import Finding, Severity
from clientimport.model.report import Report
from clientimport.model.table import column_index

BY_SEVERITY = (Severity.ERROR, Severity.WARNING, Severity.REPAIR, Severity.INFO)
"""The gravest first: it gives a cell its colour."""
MAX_COMMENTS = 20_000
"""Cells with a comment of their own; beyond, Excel takes minutes to open a file, and the summary has all."""


@dataclass(frozen=True, slots=True)
class CellMark:
    """The colour of one cell, and its comment."""

    severity: Severity
    text: str
    """Every sentence with its severity in words, for colour must not be the only sign; empty beyond MAX_COMMENTS."""


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
    """All marks of one file."""

    comments: tuple[CellComment, ...]
    """Every finding but repairs, the gravest first."""
    cells: Mapping[int, Mapping[int, CellMark]]
    """By row number and column position."""
    to_do: Mapping[int, str]
    """By row number: what to do about its errors and warnings."""
    comments_left_out: int
    """How many cells have their colour and no comment."""


def cell_marks(report: Report, words: MessageCatalog, *, masks: bool) -> CellMarks:
    """Return what is written beside the cells of one file; repairs have a sheet of their own."""
    marked = (finding for finding in report.findings if finding.severity is not Severity.REPAIR)
    comments = sorted((_comment(finding, words, masks=masks) for finding in marked), key=attrgetter("rank"))
    by_cell: dict[tuple[int, int], list[CellComment]] = {}
    by_row: dict[int, list[CellComment]] = {}
    for comment in comments:
        row, column = comment.finding.row, comment.finding.column
        if row is not None and column:
            by_cell.setdefault((row, column_index(column)), []).append(comment)
        if row is not None and comment.finding.severity in BY_SEVERITY[:2]:
            by_row.setdefault(row, []).append(comment)
    gravest = sorted(by_cell, key=lambda cell: (by_cell[cell][0].rank, cell))
    commented = frozenset(gravest[:MAX_COMMENTS])
    severities = {severity: words.phrase(f"severity.{severity}").upper() for severity in BY_SEVERITY}
    cells: dict[int, dict[int, CellMark]] = {}
    for cell, of_cell in by_cell.items():
        text = "\n".join(_comment_lines(of_cell, severities)) if cell in commented else ""
        cells.setdefault(cell[0], {})[cell[1]] = CellMark(of_cell[0].finding.severity, text)
    to_do = {row: "\n".join(_to_do_lines(of_row, severities)) for row, of_row in by_row.items()}
    return CellMarks(tuple(comments), cells, to_do, len(gravest) - len(commented))


def _comment(finding: Finding, words: MessageCatalog, *, masks: bool) -> CellComment:
    show = not masks
    return CellComment(
        finding,
        finding_message(words, finding, show_personal_data=show),
        finding_advice(words, finding, show_personal_data=show),
    )


def _comment_lines(comments: Iterable[CellComment], severities: Mapping[Severity, str]) -> dict[str, None]:
    return dict.fromkeys(f"{severities[comment.finding.severity]}: {comment.message}" for comment in comments)


def _to_do_lines(comments: Iterable[CellComment], severities: Mapping[Severity, str]) -> dict[str, None]:
    lines: dict[str, None] = {}
    for comment in comments:
        column = f"[{comment.finding.column}] " if comment.finding.column else ""
        lines[f"{column}{severities[comment.finding.severity]}: {comment.message} {comment.mend}".rstrip()] = None
    return lines
