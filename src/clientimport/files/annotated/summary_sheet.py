"""The summary sheet: the counts, and every error, warning and note with a link to its cell."""

from __future__ import annotations

from collections.abc import Iterator

from clientimport.files.annotated.cell_marks import CellComment, CellMarks
from clientimport.files.annotated.report_sheet import (
    RowLook,
    SheetLayout,
    SheetRow,
    cell_name,
    link_to,
    quoted,
    report_sheet,
)
from clientimport.files.annotated.styles import Styles
from clientimport.messages.added_headers import REPAIRS_NAME, SUMMARY_NAME
from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.finding_messages import is_masked_value
from clientimport.messages.worded_value import worded_value
from clientimport.model.finding import Finding
from clientimport.model.masking import mask_value
from clientimport.model.report import Report

_HEADERS = ("severity", "kind", "field", "cell", "found", "meant", "said", "mend")
_WIDTHS = (13, 34, 24, 9, 26, 26, 60, 60)
_CELL = _HEADERS.index("cell")


def summary_sheet(
    report: Report, marks: CellMarks, sheet: str, styles: Styles, words: MessageCatalog, *, masks: bool
) -> str:
    """Return the XML of the sheet; `sheet` is what the user's own is called."""
    head = [*_head(report, marks, words), SheetRow()]
    header = SheetRow(tuple(words.phrase(f"summary.{name}") for name in _HEADERS), RowLook.HEADER)
    rows = [*head, header, *(_entry(comment, sheet, words, masks=masks) for comment in marks.comments)]
    layout = SheetLayout(_WIDTHS, _CELL, len(head) + 1, is_frozen=True, is_opened=True)
    return report_sheet(rows, layout, styles)


def _head(report: Report, marks: CellMarks, words: MessageCatalog) -> Iterator[SheetRow]:
    """Yield what is said before the list."""
    from clientimport.reports.text_report import totals_sentence

    counted = words.with_label(words.phrase(SUMMARY_NAME), totals_sentence(report.totals, words))
    yield SheetRow((counted,), RowLook.TITLE)
    yield SheetRow((words.phrase("summary.how"),))
    if marks.comments_left_out:
        yield SheetRow((words.plural("summary.notes_left_out", marks.comments_left_out),))
    if report.totals.repairs:
        name = words.phrase(REPAIRS_NAME)
        yield SheetRow((words.phrase("summary.repairs", sheet=name),), link=f"{quoted(name)}!A1")


def _entry(comment: CellComment, sheet: str, words: MessageCatalog, *, masks: bool) -> SheetRow:
    finding = comment.finding
    cells = (
        words.phrase(f"severity.{finding.severity}"),
        words.findings[finding.code].title,
        field_label(finding, words),
        cell_name(finding),
        shown_value(finding, finding.value, masks=masks),
        shown_value(finding, worded_value(words, finding.field, finding.suggestion or ""), masks=masks),
        comment.message,
        comment.mend,
    )
    return SheetRow(cells, RowLook.ENTRY, finding.severity, link_to(finding, sheet))


def field_label(finding: Finding, words: MessageCatalog) -> str:
    """Return what the field of a finding is called; nothing where it is about none."""
    return words.label(finding.field) if finding.field and finding.field in words.fields else ""


def shown_value(finding: Finding, value: str | None, *, masks: bool) -> str:
    """Return a value of a finding as it may be shown."""
    return mask_value(is_masked_value(finding), value or "") if masks else value or ""
