"""An .xlsb workbook: Excel's binary form, with the formats, errors and hidden lines that a person sees.

Own code, for the maintained reader of this format (calamine) shows error cells as empty and knows neither number
formats nor hidden lines. A part consists of records: a number for the kind, a length, and the bytes. Only the records
that matter are looked at; the others are passed over by their length.

Sources: MS-XLSB 2.1.4 (record), 2.5.168 (XLWideString),
https://learn.microsoft.com/openspecs/office_file_formats/ms-xlsb/acc8aa92-1f02-4167-99f5-84f9f676b95a.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO
from zipfile import ZipFile

from clientimport.files.archive_parts import ArchiveParts
from clientimport.files.corrupt_file import CorruptCell, report_corruption
from clientimport.files.readers.mailto import mail_address
from clientimport.files.readers.number_format import NumberFormat, number_format, number_text
from clientimport.files.readers.sheet import Sheet, SheetInfo
from clientimport.files.readers.sheet_builder import SheetBuilder
from clientimport.model.table import CellFlag, column_letter

_CHUNK = 2**20
"""Bytes read from a part at a time: chosen, not measured."""
_CONTINUES = 0x80
"""The bit of a byte that says that another one of the number follows."""
_ABSENT = 0xFFFF_FFFF
_KIND_BYTES, _LENGTH_BYTES = 2, 4
# MS-XLSB 2.3.2: the kinds of records that are read.
_ROW, _BLANK = 0, 1
_RK, _ERROR, _BOOLEAN, _REAL, _TEXT, _SHARED = 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOLEAN, _FORMULA_ERROR, _RICH = 8, 9, 10, 11, 62
_SHORT_BLANK, _SHORT_SHARED = 12, 18
"""Cells right of the one before are written without their column; otherwise they are as those eleven numbers below."""
_STRING, _FORMAT, _STYLE, _COLUMNS, _PROPERTIES, _SHEET, _MERGED, _LINK = 19, 44, 47, 60, 153, 156, 176, 494
_STYLES_BEGIN, _STYLES_END = 617, 618
_BOOK = "workbook.bin"
_CELL_HEAD = 8
_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}
_ROW_HIDDEN, _COLUMN_HIDDEN, _SINCE_1904 = 0x10, 0x01, 0x01


@dataclass(frozen=True, slots=True)
class XlsbWorkbook:
    """A workbook whose sheets are read when they are asked for. Formulas always have a result in this format."""

    parts: ArchiveParts
    sheet_infos: tuple[SheetInfo, ...]
    places: Mapping[str | None, str]
    """By sheet name: where its records are."""
    strings: tuple[str, ...]
    formats: tuple[NumberFormat, ...]
    since_1904: bool

    def read_sheet(self, info: SheetInfo, limit: int | None = None) -> Sheet:
        """Return a sheet, or its first `limit` rows that are not blank. Raises FileUnreadable."""
        sheet, row, column = SheetBuilder(info.name), 0, -1
        part = self.places[info.name]
        with report_corruption(info.name), self.parts.open(part) as source:
            for kind, data in _records(source):
                if kind == _ROW:
                    row, column = _handle_row(data, sheet), -1
                    if limit is not None and sheet.row_count >= limit:
                        break
                elif _BLANK <= kind <= _SHORT_SHARED or kind == _RICH:
                    written, cell, column = _at_its_column(kind, data, column)
                    sheet.add_cell(row, column, *self._shown_at(row, column, written, cell))
                else:
                    self._handle_other(kind, data, sheet, part)
        return sheet.build()

    def _handle_other(self, kind: int, data: bytes, sheet: SheetBuilder, part: str) -> None:
        if kind == _COLUMNS:
            _handle_columns(data, sheet)
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", data)
            sheet.add_merged_range(top + 1, left, bottom + 1, right)
        elif kind == _LINK:
            top, _, left, _ = struct.unpack_from("<4I", data)
            relation = self.parts.relations(part).get(_wide_string(data, 16)[0])
            if address := mail_address(relation.target if relation else ""):
                sheet.add_mail_link(top + 1, left, address)

    def _shown_at(self, row: int, column: int, kind: int, data: bytes) -> tuple[str, CellFlag | None]:
        try:
            return self._shown(kind, data)
        except IndexError as error:
            raise CorruptCell(f"{column_letter(column)}{row}") from error

    def _shown(self, kind: int, data: bytes) -> tuple[str, CellFlag | None]:
        """Return what a cell shows, and its flag. Raises IndexError for a shared text that is not there."""
        if kind == _BLANK:
            return "", None
        if kind == _SHARED:
            return self.strings[int.from_bytes(data[_CELL_HEAD : _CELL_HEAD + 4], "little")], None
        if kind in (_TEXT, _FORMULA_TEXT, _RICH):
            return _wide_string(data, _CELL_HEAD + (kind == _RICH))[0], None
        if kind in (_ERROR, _FORMULA_ERROR):
            return _ERRORS.get(data[_CELL_HEAD], "#N/A"), CellFlag.ERROR
        if kind in (_BOOLEAN, _FORMULA_BOOLEAN):
            return "TRUE" if data[_CELL_HEAD] else "FALSE", None
        style = int.from_bytes(data[4:7], "little")
        known = self.formats[style] if style < len(self.formats) else NumberFormat()
        return known.render(number_text(_stored(kind, data)), since_1904=self.since_1904)


def _stored(kind: int, data: bytes) -> float:
    if kind == _RK:
        return _compressed_number(int.from_bytes(data[_CELL_HEAD : _CELL_HEAD + 4], "little"))
    (value,) = struct.unpack_from("<d", data, _CELL_HEAD)
    return float(value)


def _at_its_column(kind: int, data: bytes, before: int) -> tuple[int, bytes, int]:
    """Return a cell as it is written in full, and its column."""
    if kind == _RICH or kind < _SHORT_BLANK:
        return kind, data, int.from_bytes(data[:4], "little")
    column = before + 1
    return kind - _SHORT_BLANK + _BLANK, column.to_bytes(4, "little") + data, column


def _handle_row(data: bytes, sheet: SheetBuilder) -> int:
    number = int.from_bytes(data[:4], "little") + 1
    if data[11] & _ROW_HIDDEN:
        sheet.hidden_rows.add(number)
    return number


def _handle_columns(data: bytes, sheet: SheetBuilder) -> None:
    first, last = struct.unpack_from("<2I", data)
    if data[16] & _COLUMN_HIDDEN:
        sheet.hide_columns(first, last)


def open_workbook(data: bytes, encoding: str | None) -> XlsbWorkbook:  # noqa: ARG001 -- texts are UTF-16
    """Return the workbook in these bytes. Raises FileUnreadable."""
    with report_corruption():
        parts = ArchiveParts.from_archive(ZipFile(BytesIO(data)))
        main = parts.related_part("", "officeDocument") or parts.first_ending_with(_BOOK) or ""
        related = parts.relations(main)
        with parts.open(main) as source:
            since_1904, sheets = _book(source)
        if not sheets:
            raise ValueError("a workbook without a sheet")
        kinds = ((tab, related[relation]) for tab, relation in sheets if relation in related)
        places = {tab.name: relation.target for tab, relation in kinds if relation.kind == "worksheet"}
        tabs = tuple(tab for tab, _ in sheets if tab.name in places)
        strings = tuple(_strings(parts, parts.related_part(main, "sharedStrings", "sharedStrings.bin")))
        formats = _formats(parts, parts.related_part(main, "styles", "styles.bin"))
        return XlsbWorkbook(parts, tabs, places, strings, formats, since_1904)


def _book(source: IO[bytes]) -> tuple[bool, list[tuple[SheetInfo, str]]]:
    """Return whether days count from 1904, and each sheet with the id of its relation."""
    since_1904, sheets = False, []
    for kind, data in _records(source):
        if kind == _PROPERTIES:
            since_1904 = bool(data[0] & _SINCE_1904)
        elif kind == _SHEET:
            relation, end = _wide_string(data, 8)
            name, _ = _wide_string(data, end)
            sheets.append((SheetInfo(name, int.from_bytes(data[:4], "little") != 0), relation))
    return since_1904, sheets


def _strings(parts: ArchiveParts, part: str | None) -> Iterator[str]:
    if part is not None:
        with parts.open(part) as source:
            yield from (_wide_string(data, 1)[0] for kind, data in _records(source) if kind == _STRING)


def _formats(parts: ArchiveParts, part: str | None) -> tuple[NumberFormat, ...]:
    """Return the number format of each style that cells have."""
    if part is None:
        return ()
    codes: dict[int, str] = {}
    used: list[int] = []
    of_cells = False
    with parts.open(part) as source:
        for kind, data in _records(source):
            if kind == _FORMAT:
                codes[int.from_bytes(data[:2], "little")] = _wide_string(data, 2)[0]
            elif kind in (_STYLES_BEGIN, _STYLES_END):
                of_cells = kind == _STYLES_BEGIN
            elif kind == _STYLE and of_cells:
                used.append(int.from_bytes(data[2:4], "little"))
    known = {number: number_format(codes.get(number, ""), number) for number in set(used)}
    return tuple(known[number] for number in used)


def _records(source: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield kind and content of each record. Raises ValueError when one ends too early."""
    data, at = b"", 0
    while True:
        if len(data) - at < _CHUNK and (more := source.read(_CHUNK)):
            data, at = data[at:] + more, 0
            continue
        if at >= len(data):
            return
        kind, at = _number(data, at, _KIND_BYTES)
        length, at = _number(data, at, _LENGTH_BYTES)
        while len(data) - at < length:
            more = source.read(max(_CHUNK, length))
            if not more:
                raise ValueError("a record ends too early")
            data, at = data[at:] + more, 0
        yield kind, data[at : at + length]
        at += length


def _wide_string(data: bytes, at: int) -> tuple[str, int]:
    """Return the text that begins at `at`, and where it ends; absent text is empty. Raises ValueError."""
    (length,) = struct.unpack_from("<I", data, at)
    if length == _ABSENT:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(data):
        raise ValueError("a text ends too early")
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _compressed_number(bits: int) -> float:
    """Return the number in an RkNumber (MS-XLSB 2.5.122): an integer or the top of a double, perhaps in hundredths.

    >>> _compressed_number(0b1000_0010), _compressed_number(0b1000_0011)
    (32.0, 0.32)
    """
    if bits & 2:
        value = float((bits >> 2) - (1 << 30 if bits >> 31 else 0))
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (bits & 0xFFFF_FFFC) << 32))
    return value / 100 if bits & 1 else value


def _number(data: bytes, at: int, longest: int) -> tuple[int, int]:
    """Return the number that begins at `at`, seven bits a byte, and where it ends. Raises IndexError."""
    value = 0
    for place in range(longest):
        byte = data[at + place]
        value |= (byte & (_CONTINUES - 1)) << (7 * place)
        if not byte & _CONTINUES:
            return value, at + place + 1
    return value, at + longest
