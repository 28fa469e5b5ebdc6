"""An .xlsx or .xlsm workbook: values only, with what openpyxl shows in its slow mode alone or not at all.

One pass over each sheet's XML gives the text, the number format, hidden rows and columns, merged ranges and formulas
without a result. openpyxl needs three loads for that, holds everything in memory and refuses the styles and
properties that other programs write. Macros never run, links are never followed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from defusedxml import ElementTree

from clientimport.errors import FileUnreadable
from clientimport.files.bounds import MEBIBYTE, PART_BYTES
from clientimport.files.damage import damage_reported
from clientimport.files.growing_grid import NOTHING
from clientimport.files.mail_link import mail_address
from clientimport.files.number_format import NumberFormat, number_format
from clientimport.files.plain_rows import PlainRows
from clientimport.files.shared_strings import SharedStrings, shared_strings
from clientimport.files.sheet import Sheet, Tab
from clientimport.files.sheet_xml import SheetHandler
from clientimport.files.xml_stream import stream_taking

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook whose sheets are read when they are asked for."""

    archive: ZipFile
    tabs: tuple[Tab, ...]
    parts: Mapping[str | None, str]
    """By sheet name: where its XML is."""
    strings: SharedStrings
    formats: tuple[NumberFormat, ...]
    since_1904: bool

    def sheet(self, tab: Tab, limit: int | None = None) -> Sheet:
        """Return a sheet, or its first `limit` rows that are not blank. Raises FileUnreadable."""
        handler = SheetHandler(self.strings, self.formats, since_1904=self.since_1904)
        with damage_reported(), self.archive.open(self.parts[tab.name]) as source:
            stream_taking(
                source, handler, PlainRows(handler), lambda: limit is not None and handler.grid.count >= limit
            )
            links = self._mail_links(self.parts[tab.name], handler.linked) if handler.linked else {}
        return Sheet(
            tab.name,
            handler.grid.finished(),
            handler.oddities,
            frozenset(handler.hidden_rows),
            frozenset(handler.hidden_columns),
            tuple(handler.merged),
            {**handler.mail_links, **links},
        )

    def _mail_links(self, part: str, linked: Iterable[tuple[tuple[int, int], str]]) -> dict[tuple[int, int], str]:
        """Return the e-mail addresses behind cells; where other links lead does not matter."""
        folder, name = posixpath.split(part)
        relations = _part(self.archive, f"{folder}/_rels/{name}.rels")
        targets = {entry.attrib["Id"]: entry.attrib["Target"] for entry in _all(relations, "Relationship")}
        found = ((cell, mail_address(targets[relation])) for cell, relation in linked)
        return {cell: address for cell, address in found if address}


def open_workbook(data: bytes) -> Workbook:
    """Return the workbook in these bytes. Raises FileUnreadable."""
    with damage_reported():
        return _opened(ZipFile(BytesIO(data)))


def _opened(archive: ZipFile) -> Workbook:
    relations = _relations(archive, "", "_rels/.rels")
    main = dict(relations.values())["officeDocument"]
    folder = posixpath.dirname(main)
    book = _part(archive, main)
    related = _relations(archive, folder, f"{folder}/_rels/{posixpath.basename(main)}.rels")
    parts, tabs = {}, []
    for entry in _all(book, "sheet"):
        kind, target = related[entry.get(_RELATION) or entry.get(_STRICT_RELATION) or ""]
        if kind == "worksheet":
            tabs.append(Tab(entry.attrib["name"], entry.get("state", "visible") != "visible"))
            parts[tabs[-1].name] = target
    properties = next(_all(book, "workbookPr"), None)
    since_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    by_kind = dict(related.values())
    strings = _strings(archive, by_kind.get("sharedStrings"))
    return Workbook(archive, tuple(tabs), parts, strings, _formats(archive, by_kind.get("styles")), since_1904)


def _part(archive: ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > PART_BYTES:
        raise FileUnreadable("file.too_big", limit=f"{PART_BYTES // MEBIBYTE} MB")
    element: Element = ElementTree.fromstring(archive.read(name), forbid_dtd=True)
    return element


def _all(element: Element, name: str) -> Iterator[Element]:
    return element.iterfind(f".//{{*}}{name}")


def _relations(archive: ZipFile, folder: str, name: str) -> dict[str, tuple[str, str]]:
    """Return kind and path by relation id."""
    return {
        entry.attrib["Id"]: (
            posixpath.basename(entry.attrib["Type"]),
            posixpath.normpath(posixpath.join("/", folder, entry.attrib["Target"])).lstrip("/"),
        )
        for entry in _all(_part(archive, name), "Relationship")
        if entry.get("TargetMode") != "External"
    }


def _formats(archive: ZipFile, name: str | None) -> tuple[NumberFormat, ...]:
    if name is None:
        return ()
    styles = _part(archive, name)
    codes = {int(entry.attrib["numFmtId"]): entry.get("formatCode", "") for entry in _all(styles, "numFmt")}
    cells = next(_all(styles, "cellXfs"), None)
    identifiers = [int(entry.get("numFmtId", 0)) for entry in _all(cells, "xf")] if cells is not None else []
    known = {number: number_format(codes.get(number, ""), number) for number in set(identifiers)}
    return tuple(known[number] for number in identifiers)


def _strings(archive: ZipFile, name: str | None) -> SharedStrings:
    if name is None:
        return SharedStrings(NOTHING)
    with archive.open(name) as source:
        return shared_strings(source)
