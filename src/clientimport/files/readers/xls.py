"""An .xls workbook (Excel 2 to 2003), read by xlrd: values with the formats, links and hidden lines around them.

Where xlrd gives up over something that no cell needs, the workbook is read without that.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from clientimport.errors import FileUnreadable
from clientimport.files.ole_container import SIGNATURE, workbook_stream
from clientimport.files.readers.mailto import mail_address
from clientimport.files.readers.number_format import NumberFormat, number_format, number_text
from clientimport.files.readers.sheet import Sheet, SheetInfo
from clientimport.files.readers.sheet_builder import SheetBuilder
from clientimport.files.readers.xls_records import repaired_stream
from clientimport.model.table import CellFlag
from clientimport.schema.finding_catalog import new_finding

if TYPE_CHECKING:
    from xlrd.book import Book as XlrdBook
    from xlrd.sheet import Cell
    from xlrd.sheet import Sheet as XlrdSheet

_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5
"""What xlrd calls the types of a cell: https://xlrd.readthedocs.io/en/latest/api.html#xlrd.sheet.Cell."""


_IS_LOCKED = "encrypted"
"""The word in xlrd's message about a workbook with a password."""


class RecoveryLevel(IntEnum):
    """How much of a workbook is left out so that xlrd can read it: it asserts, indexes and unpacks what it is given."""

    NONE = 0
    """As it is: what nearly all need."""
    REPAIRED = 1
    """Without names, notes and drawings, and with the texts counted. Nothing of a cell is lost."""
    CELLS_ONLY = 2
    """Without hidden lines, merged ranges and links."""


@dataclass(frozen=True, slots=True)
class XlsWorkbook:
    """A workbook whose sheets are read when they are asked for.

    Every formula in this format has a result beside it, so that none can be without.
    """

    book: XlrdBook
    sheet_infos: tuple[SheetInfo, ...]
    formats: Mapping[int, NumberFormat]
    """By the index of a cell's style."""
    recovery: RecoveryLevel
    reopen: Callable[[RecoveryLevel], XlsWorkbook]
    """Returns the same workbook, read at another level."""

    def read_sheet(self, info: SheetInfo, limit: int | None = None) -> Sheet:
        """Return a sheet, or its first `limit` rows that are not blank. Raises FileUnreadable."""
        try:
            source = self.book.sheet_by_name(info.name)
        except Exception as error:
            if self.recovery is RecoveryLevel.CELLS_ONLY:
                raise FileUnreadable("file.damaged") from error
            return self.reopen(RecoveryLevel(self.recovery + 1)).read_sheet(info, limit)
        with _report_corruption():
            return self._read(source, info, limit or source.nrows)

    def _read(self, source: XlrdSheet, tab: SheetInfo, limit: int) -> Sheet:
        sheet = SheetBuilder(tab.name)
        for position in range(source.nrows):
            for column, cell in enumerate(source.row(position)):
                sheet.add_cell(position + 1, column, *self._shown(cell))
            if sheet.row_count >= limit:
                break
        sheet.hidden_rows.update(position + 1 for position, info in source.rowinfo_map.items() if info.hidden)
        for column, info in source.colinfo_map.items():
            if info.hidden:
                sheet.hide_columns(column, column)
        for top, bottom, left, right in source.merged_cells:
            sheet.add_merged_range(top + 1, left, bottom, right - 1)
        for link in source.hyperlink_list:
            if address := mail_address(link.url_or_path or ""):
                sheet.add_mail_link(link.frowx + 1, link.fcolx, address)
        lost = (new_finding("file.formats_lost"),) if self.recovery is RecoveryLevel.CELLS_ONLY else ()
        return dataclasses.replace(sheet.build(), findings=lost)

    def _shown(self, cell: Cell) -> tuple[str, CellFlag | None]:
        if cell.ctype == _TEXT:
            return cell.value, None
        if cell.ctype in (_NUMBER, _DATE):
            cell_format = self.formats.get(cell.xf_index, NumberFormat())
            return cell_format.render(number_text(cell.value), since_1904=bool(self.book.datemode))
        if cell.ctype == _BOOLEAN:
            return "TRUE" if cell.value else "FALSE", None
        if cell.ctype == _ERROR:
            from xlrd import error_text_from_code

            return error_text_from_code.get(cell.value, "#N/A"), CellFlag.ERROR
        return "", None


def open_workbook(data: bytes, encoding: str | None) -> XlsWorkbook:  # noqa: ARG001 -- the records name theirs
    """Return the workbook in these bytes, a container or bare records. Raises FileUnreadable."""
    stream = workbook_stream(data) if data.startswith(SIGNATURE) else data
    for level in RecoveryLevel:
        try:
            return _open_at(stream, level)
        except Exception as error:
            if _IS_LOCKED in str(error):
                raise FileUnreadable("file.password_elsewhere") from error
            if level is RecoveryLevel.CELLS_ONLY:
                raise FileUnreadable("file.damaged") from error
    raise AssertionError


def _open_at(stream: bytes, level: RecoveryLevel) -> XlsWorkbook:
    import xlrd

    data = (
        stream if level is RecoveryLevel.NONE else repaired_stream(stream, cells_only=level is RecoveryLevel.CELLS_ONLY)
    )
    # ragged: one cell at the far corner of a sheet is one cell
    how = {"formatting_info": level is not RecoveryLevel.CELLS_ONLY, "on_demand": True, "ragged_rows": True}
    book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), **how)
    book._sharedstrings = _Texts(book._sharedstrings or ())  # noqa: SLF001 -- it takes places for signed numbers
    hidden = book._sheet_visibility  # noqa: SLF001 -- said in public only of sheets that are loaded
    tabs = tuple(SheetInfo(name, bool(state)) for name, state in zip(book.sheet_names(), hidden, strict=True))
    return XlsWorkbook(book, tabs, _formats(book), level, lambda higher: _open_at(stream, higher))


class _Texts(list[str]):
    """The shared texts; none stands before the first."""

    def __getitem__(self, at: Any) -> Any:
        if at < 0:
            raise IndexError
        return super().__getitem__(at)


@contextmanager
def _report_corruption() -> Iterator[None]:
    """Turn what damaged bytes lead to into FileUnreadable."""
    try:
        yield
    except FileUnreadable:
        raise
    except Exception as error:
        raise FileUnreadable("file.damaged") from error


def _formats(book: Any) -> dict[int, NumberFormat]:
    codes = {key: number_format(entry.format_str or "", key) for key, entry in book.format_map.items()}
    styles = enumerate(book.xf_list)
    return {position: codes[style.format_key] for position, style in styles if style.format_key in codes}
