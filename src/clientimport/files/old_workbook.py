"""An .xls workbook (Excel 97 to 2003), read by xlrd: values with the formats, links and hidden lines around them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientimport.errors import FileUnreadable
from clientimport.files.growing_sheet import GrowingSheet
from clientimport.files.mail_link import mail_address
from clientimport.files.number_format import NumberFormat, digits, number_format
from clientimport.files.sheet import Sheet, Tab
from clientimport.table import Oddity

if TYPE_CHECKING:
    from xlrd.book import Book as XlrdBook
    from xlrd.sheet import Cell
    from xlrd.sheet import Sheet as XlrdSheet

_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5
"""What xlrd calls the types of a cell: https://xlrd.readthedocs.io/en/latest/api.html#xlrd.sheet.Cell."""


@dataclass(frozen=True, slots=True)
class OldWorkbook:
    """A workbook whose sheets are read when they are asked for.

    Every formula in this format has a result beside it, so that none can be without.
    """

    book: XlrdBook
    tabs: tuple[Tab, ...]
    formats: Mapping[int, NumberFormat]
    """By the index of a cell's style."""

    def sheet(self, tab: Tab, limit: int | None = None) -> Sheet:
        """Return a sheet, or its first `limit` rows that are not blank. Raises FileUnreadable."""
        with _whatever_its_bytes_lead_to():
            source = self.book.sheet_by_name(tab.name)
            return self._read(source, tab, limit or source.nrows)

    def _read(self, source: XlrdSheet, tab: Tab, limit: int) -> Sheet:
        sheet = GrowingSheet(tab.name)
        for at in range(source.nrows):
            for column, cell in enumerate(source.row(at)):
                sheet.place(at + 1, column, *self._shown(cell))
            if sheet.rows >= limit:
                break
        sheet.hidden_rows.update(at + 1 for at, info in source.rowinfo_map.items() if info.hidden)
        sheet.hidden_columns.update(column for column, info in source.colinfo_map.items() if info.hidden)
        for top, bottom, left, right in source.merged_cells:
            sheet.merge(top + 1, left, bottom, right - 1)
        for link in source.hyperlink_list:
            if address := mail_address(link.url_or_path or ""):
                sheet.link(link.frowx + 1, link.fcolx, address)
        return sheet.finished()

    def _shown(self, cell: Cell) -> tuple[str, Oddity | None]:
        if cell.ctype == _TEXT:
            return cell.value, None
        if cell.ctype in (_NUMBER, _DATE):
            known = self.formats.get(cell.xf_index, NumberFormat())
            return known.shown(digits(cell.value), since_1904=bool(self.book.datemode))
        if cell.ctype == _BOOLEAN:
            return "TRUE" if cell.value else "FALSE", None
        if cell.ctype == _ERROR:
            from xlrd import error_text_from_code

            return error_text_from_code.get(cell.value, "#N/A"), Oddity.ERROR
        return "", None


def open_old_workbook(data: bytes) -> OldWorkbook:
    """Return the workbook in these bytes. Raises FileUnreadable."""
    import xlrd

    with _whatever_its_bytes_lead_to():
        # ragged: one cell at the far corner of a sheet is one cell
        how = {"formatting_info": True, "on_demand": True, "ragged_rows": True}
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), **how)
        hidden = book._sheet_visibility  # noqa: SLF001 -- said in public only of sheets that are loaded
        tabs = tuple(Tab(name, bool(state)) for name, state in zip(book.sheet_names(), hidden, strict=True))
        return OldWorkbook(book, tabs, _formats(book))


@contextmanager
def _whatever_its_bytes_lead_to() -> Iterator[None]:
    """Turn what damaged bytes lead to into FileUnreadable: xlrd asserts, indexes and unpacks what it is given."""
    try:
        yield
    except FileUnreadable:
        raise
    except Exception as error:
        raise FileUnreadable("file.damaged") from error


def _formats(book: Any) -> dict[int, NumberFormat]:
    codes = {key: number_format(known.format_str or "", key) for key, known in book.format_map.items()}
    return {at: codes[style.format_key] for at, style in enumerate(book.xf_list) if style.format_key in codes}
