"""A web page with tables, which many programs write and call .xls: each table is a sheet, as a browser shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from clientimport.files.encoding import declared_charset, decode_text, repair_mojibake_lines
from clientimport.files.limits import COLUMNS, ROWS
from clientimport.files.readers.mailto import mail_address
from clientimport.files.readers.sheet import Sheet, SheetInfo
from clientimport.files.readers.sheet_builder import SheetBuilder

_UNSEEN = frozenset({"script", "style", "head", "template"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
"""What a browser shows as one space; a no-break space is none of them."""


@dataclass(frozen=True, slots=True)
class HtmlWorkbook:
    """The tables of a page that hold something."""

    sheet_infos: tuple[SheetInfo, ...]
    sheets: Mapping[str | None, Sheet]

    def read_sheet(self, info: SheetInfo, limit: int | None = None) -> Sheet:
        """Return a table, or its first `limit` rows that are not blank."""
        whole = self.sheets[info.name]
        return whole if limit is None else replace(whole, grid=whole.grid.head(limit))


def open_workbook(data: bytes, encoding: str | None) -> HtmlWorkbook:
    """Return the tables in these bytes; one alone has no name, like the sheet of a text file. Raises FileUnreadable."""
    text, findings = repair_mojibake_lines(decode_text(data, encoding or declared_charset(data)))
    parser = _Tables()
    parser.feed(text)
    parser.close()
    filled = [sheet for sheet in parser.finished() if len(sheet.grid)]
    if len(filled) == 1:
        filled = [replace(filled[0], name=None)]
    sheets = {sheet.name: replace(sheet, findings=tuple(findings)) for sheet in filled}
    return HtmlWorkbook(
        tuple(SheetInfo(name) for name in sheets) or (SheetInfo(None),), sheets or {None: SheetBuilder(None).build()}
    )


class _HtmlTable:
    """One table that is being read."""

    def __init__(self, name: str) -> None:
        self.sheet = SheetBuilder(name)
        self.row = self.column = 0
        self.cell: list[str] | None = None
        self.link: str | None = None
        self.right = 1
        self.taken: dict[int, int] = {}
        """By column: the last row that a cell above reaches down to."""

    def open_row(self, hidden: bool) -> None:
        self.row, self.column = self.row + 1, 0
        if hidden:
            self.sheet.hidden_rows.add(self.row)

    def open_cell(self, given: Mapping[str, str]) -> None:
        self.row = max(self.row, 1)  # a cell outside any row is in the first
        while self.taken.get(self.column, 0) >= self.row:
            self.column += 1
        down, self.right = _times(given.get("rowspan"), ROWS), _times(given.get("colspan"), COLUMNS - self.column)
        if down > 1 or self.right > 1:
            self.sheet.add_merged_range(self.row, self.column, self.row + down - 1, self.column + self.right - 1)
        if down > 1:
            self.taken |= dict.fromkeys(range(self.column, self.column + self.right), self.row + down - 1)
        self.cell, self.link = [], None

    def close_cell(self) -> None:
        if self.cell is None:
            return
        lines = "".join(self.cell).split("\x00")
        text = "\n".join(_SPACE.sub(" ", line).strip(" ") for line in lines)
        self.sheet.add_cell(self.row, self.column, text, None, self.link)
        self.column, self.cell = self.column + self.right, None


class _Tables(HTMLParser):
    """Finds the tables of a page; one inside a cell is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._tables: list[_HtmlTable] = []
        self._open: list[_HtmlTable] = []
        self._unseen = 0

    def finished(self) -> list[Sheet]:
        """Return all tables in the order of the page, also those that were never closed."""
        for table in self._open:
            table.close_cell()
        return [table.sheet.build() for table in self._tables]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._tables.append(_HtmlTable(str(len(self._tables) + 1)))
            self._open.append(self._tables[-1])
        elif tag in _UNSEEN:
            self._unseen += 1
        elif self._open:
            self._inside(self._open[-1], tag, given)

    def _inside(self, table: _HtmlTable, tag: str, given: Mapping[str, str]) -> None:
        if tag == "tr":
            table.close_cell()
            table.open_row(bool(_HIDDEN.search(given.get("style", ""))))
        elif tag in ("td", "th"):
            table.close_cell()
            table.open_cell(given)
        elif tag in ("br", "p", "div") and table.cell:
            table.cell.append("\x00")
        elif tag == "a" and (address := mail_address(given.get("href", ""))):
            table.link = address

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif self._open and tag in ("td", "th", "tr"):
            self._open[-1].close_cell()
        elif self._open and tag == "table":
            self._open.pop().close_cell()

    def handle_data(self, data: str) -> None:
        if self._open and not self._unseen and self._open[-1].cell is not None:
            self._open[-1].cell.append(data)


def _times(typed: str | None, most: int) -> int:
    """Return how many rows or columns a cell covers: what is no number covers one, as in a browser.

    >>> _times("3", 10), _times("1000000000", 10), _times("x", 10)
    (3, 10, 1)
    """
    digits = typed.strip() if typed else ""
    number = int(digits[:10]) if digits.isascii() and digits.isdigit() else 1
    return max(1, min(number, most))
