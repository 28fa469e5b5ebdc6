"""An .xlsx or .xlsm workbook: values only, with what openpyxl shows in its slow mode alone or not at all.

One pass over each sheet's XML gives the text, the number format, hidden rows and columns, merged ranges and formulas
without a result. openpyxl needs three loads for that, holds everything in memory and refuses the styles and
properties that other programs write. Macros never run, links are never followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from clientimport.files.archive_parts import ArchiveParts, elements_named
from clientimport.files.corrupt_file import report_corruption
from clientimport.files.readers.cell_grid_builder import NO_TEXTS
from clientimport.files.readers.mailto import mail_address
from clientimport.files.readers.number_format import NumberFormat, number_format
from clientimport.files.readers.sheet import Sheet, SheetInfo
from clientimport.files.readers.whole_number import whole_number
from clientimport.files.readers.xlsx.bulk_rows import BulkRows
from clientimport.files.readers.xlsx.shared_strings import SharedStrings, read_shared_strings
from clientimport.files.readers.xlsx.sheet_parser import SheetHandler
from clientimport.files.readers.xlsx.xml_stream import parse_xml_in_bulk

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TRUE = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class XlsxWorkbook:
    """A workbook whose sheets are read when they are asked for."""

    parts: ArchiveParts
    sheet_infos: tuple[SheetInfo, ...]
    places: Mapping[str | None, str]
    """By sheet name: where its XML is."""
    strings: SharedStrings
    formats: tuple[NumberFormat, ...]
    since_1904: bool

    def read_sheet(self, info: SheetInfo, limit: int | None = None) -> Sheet:
        """Return a sheet, or its first `limit` rows that are not blank. Raises FileUnreadable."""
        handler = SheetHandler(self.strings, self.formats, since_1904=self.since_1904)
        with report_corruption(info.name), self.parts.open(self.places[info.name]) as source:
            parse_xml_in_bulk(
                source, handler, BulkRows(handler), lambda: limit is not None and handler.grid.row_count >= limit
            )
            links = self._mail_links(self.places[info.name], handler.linked) if handler.linked else {}
        return Sheet(
            info.name,
            handler.grid.build(),
            handler.cell_flags,
            frozenset(handler.hidden_rows),
            frozenset(handler.hidden_columns),
            tuple(handler.merged),
            {**handler.mail_links, **links},
        )

    def _mail_links(self, part: str, linked: Iterable[tuple[tuple[int, int], str]]) -> dict[tuple[int, int], str]:
        """Return the e-mail addresses behind cells; where other links lead does not matter."""
        relations = self.parts.relations(part)
        targets = ((cell, relations[relation].target) for cell, relation in linked if relation in relations)
        addresses = ((cell, mail_address(target)) for cell, target in targets)
        return {cell: address for cell, address in addresses if address}


def open_workbook(data: bytes, encoding: str | None) -> XlsxWorkbook:  # noqa: ARG001 -- XML names its own
    """Return the workbook in these bytes. Raises FileUnreadable."""
    with report_corruption():
        return _opened(ArchiveParts.from_archive(ZipFile(BytesIO(data))))


def _opened(parts: ArchiveParts) -> XlsxWorkbook:
    main = parts.related_part("", "officeDocument") or parts.first_ending_with("workbook.xml") or ""
    book, related = parts.xml_tree(main), parts.relations(main)
    entries = list(elements_named(book, "sheet"))
    if not entries:
        raise ValueError("a workbook without a sheet")
    sheet_infos, places = [], {}
    for entry in entries:
        relation = related.get(entry.get(f"{{{_OFFICE}}}id") or entry.get(f"{{{_STRICT}}}id") or "")
        if relation and relation.kind == "worksheet":  # none: a macro sheet of Excel 4, which is no sheet of cells
            sheet_infos.append(SheetInfo(entry.attrib["name"], entry.get("state", "visible") != "visible"))
            places[sheet_infos[-1].name] = relation.target
    properties = next(elements_named(book, "workbookPr"), None)
    since_1904 = properties is not None and properties.get("date1904") in _TRUE
    strings = _strings(parts, parts.related_part(main, "sharedStrings", "sharedStrings.xml"))
    formats = _formats(parts, parts.related_part(main, "styles", "styles.xml"))
    return XlsxWorkbook(parts, tuple(sheet_infos), places, strings, formats, since_1904)


def _formats(parts: ArchiveParts, name: str | None) -> tuple[NumberFormat, ...]:
    if name is None:
        return ()
    styles = parts.xml_tree(name)
    declared = ((whole_number(entry.get("numFmtId", "")), entry) for entry in elements_named(styles, "numFmt"))
    codes = {number: entry.get("formatCode", "") for number, entry in declared if number is not None}
    cells = next(elements_named(styles, "cellXfs"), None)
    identifiers = (
        [whole_number(entry.get("numFmtId", "")) or 0 for entry in elements_named(cells, "xf")]
        if cells is not None
        else []
    )
    formats = {number: number_format(codes.get(number, ""), number) for number in set(identifiers)}
    return tuple(formats[number] for number in identifiers)


def _strings(parts: ArchiveParts, name: str | None) -> SharedStrings:
    if name is None:
        return SharedStrings(NO_TEXTS)
    with parts.open(name) as source:
        return read_shared_strings(source)
