"""An .xlsb workbook: Excel's binary form, with the formats, errors and hidden lines that a person sees.

Own code, for the maintained reader of this format (calamine) shows error cells as empty and knows neither number
formats nor hidden lines. Only the records that matter are looked at; the others are passed over by their length.
"""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO
from zipfile import ZipFile

from defusedxml import ElementTree

from clientimport.files.binary_records import compressed_number, records, wide_string
from clientimport.files.bounds import COLUMNS
from clientimport.files.damage import damage_reported
from clientimport.files.growing_sheet import GrowingSheet
from clientimport.files.mail_link import mail_address
from clientimport.files.number_format import NumberFormat, digits, number_format
from clientimport.files.sheet import Sheet, Tab
from clientimport.table import Oddity

# MS-XLSB 2.3.2: the kinds of records that are read.
_ROW, _BLANK = 0, 1
_RK, _ERROR, _BOOLEAN, _REAL, _TEXT, _SHARED = 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOLEAN, _FORMULA_ERROR, _RICH = 8, 9, 10, 11, 62
_SHORT_BLANK, _SHORT_SHARED = 12, 18
"""Cells right of the one before are written without their column; otherwise they are as those eleven numbers below."""
_STRING, _FORMAT, _STYLE, _COLUMNS, _PROPERTIES, _SHEET, _MERGED, _LINK = 19, 44, 47, 60, 153, 156, 176, 494
_STYLES_BEGIN, _STYLES_END = 617, 618
_BOOK = "xl/workbook.bin"
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
class BinaryWorkbook:
    """A workbook whose sheets are read when they are asked for. Formulas always have a result in this format."""

    archive: ZipFile
    tabs: tuple[Tab, ...]
    parts: Mapping[str | None, str]
    """By sheet name: where its records are."""
    strings: tuple[str, ...]
    formats: tuple[NumberFormat, ...]
    since_1904: bool

    def sheet(self, tab: Tab, limit: int | None = None) -> Sheet:
        """Return a sheet, or its first `limit` rows that are not blank. Raises FileUnreadable."""
        sheet, row, column = GrowingSheet(tab.name), 0, -1
        part = self.parts[tab.name]
        with damage_reported(), self.archive.open(part) as source:
            for kind, data in records(source):
                if kind == _ROW:
                    row, column = _take_row(data, sheet), -1
                    if limit is not None and sheet.rows >= limit:
                        break
                elif _BLANK <= kind <= _SHORT_SHARED or kind == _RICH:
                    written, cell, column = _at_its_column(kind, data, column)
                    sheet.place(row, column, *self._shown(written, cell))
                else:
                    self._take_other(kind, data, sheet, part)
        return sheet.finished()

    def _take_other(self, kind: int, data: bytes, sheet: GrowingSheet, part: str) -> None:
        if kind == _COLUMNS:
            _take_columns(data, sheet)
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", data)
            sheet.merge(top + 1, left, bottom + 1, right)
        elif kind == _LINK:
            top, _, left, _ = struct.unpack_from("<4I", data)
            target = _relations(self.archive, part).get(wide_string(data, 16)[0], ("", ""))[1]
            if address := mail_address(target):
                sheet.link(top + 1, left, address)

    def _shown(self, kind: int, data: bytes) -> tuple[str, Oddity | None]:
        """Return what a cell shows, and what is odd about it."""
        if kind == _BLANK:
            return "", None
        if kind == _SHARED:
            return self.strings[int.from_bytes(data[_CELL_HEAD : _CELL_HEAD + 4], "little")], None
        if kind in (_TEXT, _FORMULA_TEXT, _RICH):
            return wide_string(data, _CELL_HEAD + (kind == _RICH))[0], None
        if kind in (_ERROR, _FORMULA_ERROR):
            return _ERRORS.get(data[_CELL_HEAD], "#N/A"), Oddity.ERROR
        if kind in (_BOOLEAN, _FORMULA_BOOLEAN):
            return "TRUE" if data[_CELL_HEAD] else "FALSE", None
        style = int.from_bytes(data[4:7], "little")
        known = self.formats[style] if style < len(self.formats) else NumberFormat()
        return known.shown(digits(_stored(kind, data)), since_1904=self.since_1904)


def _stored(kind: int, data: bytes) -> float:
    if kind == _RK:
        return compressed_number(int.from_bytes(data[_CELL_HEAD : _CELL_HEAD + 4], "little"))
    (value,) = struct.unpack_from("<d", data, _CELL_HEAD)
    return float(value)


def _at_its_column(kind: int, data: bytes, before: int) -> tuple[int, bytes, int]:
    """Return a cell as it is written in full, and its column."""
    if kind == _RICH or kind < _SHORT_BLANK:
        return kind, data, int.from_bytes(data[:4], "little")
    column = before + 1
    return kind - _SHORT_BLANK + _BLANK, column.to_bytes(4, "little") + data, column


def _take_row(data: bytes, sheet: GrowingSheet) -> int:
    number = int.from_bytes(data[:4], "little") + 1
    if data[11] & _ROW_HIDDEN:
        sheet.hidden_rows.add(number)
    return number


def _take_columns(data: bytes, sheet: GrowingSheet) -> None:
    first, last = struct.unpack_from("<2I", data)
    if data[16] & _COLUMN_HIDDEN:
        sheet.hidden_columns.update(range(first, min(last, COLUMNS - 1) + 1))


def open_binary_workbook(data: bytes) -> BinaryWorkbook:
    """Return the workbook in these bytes. Raises FileUnreadable."""
    with damage_reported():
        archive = ZipFile(BytesIO(data))
        related = _relations(archive, _BOOK)
        with archive.open(_BOOK) as source:
            since_1904, sheets = _book(source)
        by_kind = dict(related.values())
        parts = {tab.name: related[relation][1] for tab, relation in sheets if related[relation][0] == "worksheet"}
        tabs = tuple(tab for tab, _ in sheets if tab.name in parts)
        strings = tuple(_strings(archive, by_kind.get("sharedStrings")))
        return BinaryWorkbook(archive, tabs, parts, strings, _formats(archive, by_kind.get("styles")), since_1904)


def _relations(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return kind and path, or outside the workbook the target, by relation id; links are never followed."""
    folder, name = posixpath.split(part)
    root = ElementTree.fromstring(archive.read(f"{folder}/_rels/{name}.rels"), forbid_dtd=True)
    return {
        entry.attrib["Id"]: (posixpath.basename(entry.attrib["Type"]), _target(folder, entry.attrib)) for entry in root
    }


def _target(folder: str, given: Mapping[str, str]) -> str:
    if given.get("TargetMode") == "External" or given["Target"].startswith("mailto:"):
        return given["Target"]
    return posixpath.normpath(posixpath.join("/", folder, given["Target"])).lstrip("/")


def _book(source: IO[bytes]) -> tuple[bool, list[tuple[Tab, str]]]:
    """Return whether days count from 1904, and each sheet with the id of its relation."""
    since_1904, sheets = False, []
    for kind, data in records(source):
        if kind == _PROPERTIES:
            since_1904 = bool(data[0] & _SINCE_1904)
        elif kind == _SHEET:
            relation, end = wide_string(data, 8)
            name, _ = wide_string(data, end)
            sheets.append((Tab(name, int.from_bytes(data[:4], "little") != 0), relation))
    return since_1904, sheets


def _strings(archive: ZipFile, part: str | None) -> Iterator[str]:
    if part is not None:
        with archive.open(part) as source:
            yield from (wide_string(data, 1)[0] for kind, data in records(source) if kind == _STRING)


def _formats(archive: ZipFile, part: str | None) -> tuple[NumberFormat, ...]:
    """Return the number format of each style that cells have."""
    if part is None:
        return ()
    codes: dict[int, str] = {}
    used: list[int] = []
    of_cells = False
    with archive.open(part) as source:
        for kind, data in records(source):
            if kind == _FORMAT:
                codes[int.from_bytes(data[:2], "little")] = wide_string(data, 2)[0]
            elif kind in (_STYLES_BEGIN, _STYLES_END):
                of_cells = kind == _STYLES_BEGIN
            elif kind == _STYLE and of_cells:
                used.append(int.from_bytes(data[2:4], "little"))
    known = {number: number_format(codes.get(number, ""), number) for number in set(used)}
    return tuple(known[number] for number in used)
