"""The sheet of repairs: how often each kind was made, and below it every cell that is read otherwise than typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clientimport.files.annotated.report_sheet import RowLook, SheetLayout, SheetRow, cell_name, link_to, report_sheet
from clientimport.files.annotated.styles import Styles
from clientimport.files.annotated.summary_sheet import field_label, shown_value
from clientimport.messages.added_headers import REPAIRS_NAME
from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.repaired_value import repaired_value
from clientimport.model.finding import Finding, Severity
from clientimport.model.report import Report

_KINDS = ("kind", "field", "count", "example", "read_as")
_LIST = ("kind", "field", "cell", "found", "read_as")
_WIDTHS = (52, 28, 10, 40, 40)
_CELL = _LIST.index("cell")


def repairs_sheet(report: Report, sheet: str, styles: Styles, words: MessageCatalog, *, masks: bool) -> str:
    """Return the XML of the sheet; `sheet` is what the user's own is called."""
    repairs = [finding for finding in report.findings if finding.severity is Severity.REPAIR]
    head = [*_head(repairs, words), SheetRow(), *_kinds(repairs, words, masks=masks), SheetRow()]
    entries = (_entry(repair, link_to(repair, sheet), words, masks=masks) for repair in repairs)
    rows = [*head, _header(_LIST, words), *entries]
    return report_sheet(rows, SheetLayout(_WIDTHS, _CELL, len(head) + 1), styles)


def _head(repairs: Sequence[Finding], words: MessageCatalog) -> Iterator[SheetRow]:
    counted = words.plural("report.repairs", len(repairs))
    yield SheetRow((words.with_label(words.phrase(REPAIRS_NAME), counted),), RowLook.TITLE)
    yield SheetRow((words.phrase("repairs.how"),))


def _header(names: Sequence[str], words: MessageCatalog) -> SheetRow:
    return SheetRow(tuple(words.phrase(f"summary.{name}") for name in names), RowLook.HEADER)


def _kinds(repairs: Sequence[Finding], words: MessageCatalog, *, masks: bool) -> Iterator[SheetRow]:
    """Yield a row a kind and field, the most frequent first, with its first repair as an example."""
    yield _header(_KINDS, words)
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for repair in repairs:
        kinds.setdefault((repair.code, repair.field or ""), []).append(repair)
    for kind in sorted(kinds.values(), key=len, reverse=True):
        title, field, _, before, after = _entry(kind[0], None, words, masks=masks).cells
        yield SheetRow((title, field, len(kind), before, after), RowLook.ENTRY)


def _entry(repair: Finding, link: str | None, words: MessageCatalog, *, masks: bool) -> SheetRow:
    cells = (
        words.findings[repair.code].title,
        field_label(repair, words),
        cell_name(repair),
        shown_value(repair, repair.value, masks=masks),
        repaired_value(words, repair, masks=masks),
    )
    return SheetRow(cells, RowLook.ENTRY, link=link)
