"""The sheet: which one of a workbook holds the table."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from clientimport.errors import FileUnreadable
from clientimport.files.readers.sheet import Sheet, SheetInfo, Workbook
from clientimport.files.table_detection.header_row import WINDOW, HeaderRow, IsKnownHeader, find_header_row
from clientimport.files.table_detection.hidden import without_hidden
from clientimport.files.table_detection.same_headers import (
    added_header_row,
    has_same_headers,
    holds_copies,
    is_marked,
)
from clientimport.messages.added_headers import added_sheets
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.finding import Finding
from clientimport.schema.finding_catalog import new_finding

_PREVIEW = 3 * WINDOW
_HOLDS_ROWS = 3.0
"""A header with rows below it is worth more than an empty form, or than copies that we made of some rows."""


def choose_sheet(
    workbook: Workbook, name: str | None, is_known_header: IsKnownHeader, *, include_hidden: bool
) -> Sheet:
    """Return the sheet called `name`, else the one whose header looks best. Raises FileUnreadable."""
    if name is not None:
        return workbook.read_sheet(_named(workbook, name))
    others = tuple(tab for tab in workbook.sheet_infos if tab.name not in added_sheets())
    tabs = [tab for tab in others or workbook.sheet_infos if include_hidden or not tab.hidden]
    if not tabs:
        raise FileUnreadable(
            "file.all_hidden" if workbook.sheet_infos else "file.no_table", sheets=_listed(workbook.sheet_infos)
        )
    if len(others or workbook.sheet_infos) == 1:
        return workbook.read_sheet(tabs[0])
    best, findings = _best(workbook, tabs, is_known_header, include_hidden=include_hidden)
    sheet = workbook.read_sheet(best)
    return dataclasses.replace(sheet, findings=(*findings, *_left_out(workbook, tabs), *sheet.findings))


ALL = "all"
"""Instead of a sheet's name: every sheet with the headings of the one that would be read."""


def sheets_with_same_headers(
    workbook: Workbook, is_known_header: IsKnownHeader, *, include_hidden: bool
) -> tuple[str, ...]:
    """Return the names of the filled sheets with the headings of the one that looks best, in their order.

    Empty for a file in which no sheet has a header.
    """
    tabs = [
        info for info in workbook.sheet_infos if info.name not in added_sheets() and (include_hidden or not info.hidden)
    ]
    headings = _headings(workbook, tabs, is_known_header, include_hidden=include_hidden)
    if not headings.rows:
        return ()
    chosen = headings.rows[headings.best]
    alike = (
        info
        for info in tabs
        if info == headings.best
        or (
            info in headings.filled
            and not holds_copies(headings.rows[info])
            and has_same_headers(headings.rows[info], chosen)
        )
    )
    return tuple(info.name for info in alike if info.name is not None)


def _named(workbook: Workbook, name: str) -> SheetInfo:
    names = {tab.name: tab for tab in workbook.sheet_infos if tab.name is not None}
    if not names:
        raise FileUnreadable("file.no_sheets", sheet=name)
    folded = {key.casefold().strip(): tab for key, tab in names.items()}
    tab = names.get(name) or folded.get(name.casefold().strip())
    if tab is None:
        raise FileUnreadable(
            "file.sheet_unknown",
            sheet=name,
            meant=did_you_mean(name, names) or next(iter(names)),
            sheets=_listed(workbook.sheet_infos),
        )
    return tab


@dataclass(frozen=True, slots=True)
class _Headings:
    """The sheets that have a header row, and those of them that have rows below it."""

    rows: Mapping[SheetInfo, HeaderRow]
    scores: Mapping[SheetInfo, tuple[bool, float]]
    """Whether a sheet has our marks, so that it was read before and is read again; then how good its header looks."""
    filled: frozenset[SheetInfo]
    without: tuple[SheetInfo, ...]
    """Those with cells and no header row."""

    @property
    def best(self) -> SheetInfo:
        """The one that was read before, else the one whose header looks best; there is one."""
        return max(self.rows, key=lambda info: self.scores[info])


def _best(
    workbook: Workbook, tabs: list[SheetInfo], is_known_header: IsKnownHeader, *, include_hidden: bool
) -> tuple[SheetInfo, list[Finding]]:
    """Return the sheet whose header looks best, else one with something in it, and what to say about the others."""
    headings = _headings(workbook, tabs, is_known_header, include_hidden=include_hidden)
    if not headings.rows:
        return (*headings.without, *tabs)[0], []
    return headings.best, _about_others(headings.best, headings.rows, headings.filled)


def _headings(
    workbook: Workbook, tabs: list[SheetInfo], is_known_header: IsKnownHeader, *, include_hidden: bool
) -> _Headings:
    rows: dict[SheetInfo, HeaderRow] = {}
    filled: set[SheetInfo] = set()
    scores: dict[SheetInfo, tuple[bool, float]] = {}
    without: list[SheetInfo] = []
    for tab in tabs:
        whole = workbook.read_sheet(tab, _PREVIEW)
        sheet = whole if include_hidden else without_hidden(whole)
        heading = added_header_row(sheet, is_known_header) or find_header_row(sheet, is_known_header)
        if heading is None:
            without += [tab] if len(whole.grid) else []
            continue
        rows[tab] = heading
        if sheet.grid.row_numbers[-1] > heading.row:
            filled.add(tab)
        own_rows = tab in filled and not holds_copies(heading)
        scores[tab] = (own_rows and is_marked(heading), heading.score + _HOLDS_ROWS * own_rows)
    return _Headings(rows, scores, frozenset(filled), tuple(without))


def _about_others(
    best: SheetInfo, headings: Mapping[SheetInfo, HeaderRow], filled: Collection[SheetInfo]
) -> list[Finding]:
    """Return a warning that names the sheets with the same headings, and a note that names the others.

    Of sheets that we made of some rows nothing is said.
    """
    others = [tab for tab in headings if tab != best and not holds_copies(headings[tab])]
    with_clients = [tab for tab in others if tab in filled]
    alike = [tab for tab in with_clients if has_same_headers(headings[tab], headings[best])]
    others = [tab for tab in others if tab not in alike]
    known_count = headings[best].known_count
    findings = (
        [new_finding("sheet.chosen", sheet=best.name, known=known_count, others=_listed(others))] if others else []
    )
    if alike:
        findings.append(new_finding("sheet.not_read", sheet=best.name, others=_listed(alike), other=alike[0].name))
    return findings


def _left_out(workbook: Workbook, tabs: list[SheetInfo]) -> list[Finding]:
    hidden = [
        tab
        for tab in workbook.sheet_infos
        if tab not in tabs and tab.name not in added_sheets() and len(workbook.read_sheet(tab, 1).grid)
    ]
    return [new_finding("sheets.hidden", count=len(hidden), sheets=_listed(hidden))] if hidden else []


def _listed(tabs: tuple[SheetInfo, ...] | list[SheetInfo]) -> str:
    return ", ".join(f'"{tab.name}"' for tab in tabs)
