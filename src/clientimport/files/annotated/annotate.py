"""Annotating: the user's own workbook with our marks, or a new one where their file is no workbook of that kind."""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from io import BytesIO
from pathlib import Path
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from clientimport.files.annotated.canonical_xml import declare_relations_prefix
from clientimport.files.annotated.cell_marks import CellMarks, cell_marks
from clientimport.files.annotated.comments import (
    EMPTY_COMMENTS,
    EMPTY_DRAWING,
    comment_cells,
    with_comment_shapes,
    with_comments,
)
from clientimport.files.annotated.from_other_format import reported_sheets, to_xlsx
from clientimport.files.annotated.ooxml_package import CONTENT_TYPES, OoxmlPackage
from clientimport.files.annotated.repairs_sheet import repairs_sheet
from clientimport.files.annotated.sheet_patch import MarkColumn, patch_sheet
from clientimport.files.annotated.sheet_reports import sheet_reports
from clientimport.files.annotated.strict_ooxml import to_transitional
from clientimport.files.annotated.styles import EMPTY_STYLES, Styles
from clientimport.files.annotated.summary_sheet import summary_sheet
from clientimport.files.annotated.xml_text import attribute
from clientimport.files.decrypt import decrypted_workbook
from clientimport.files.detect import XLSX, detect_format
from clientimport.files.readers.open import open_workbook
from clientimport.messages.added_headers import REPAIRS_NAME, SUMMARY_NAME, added_sheets, is_added_header
from clientimport.messages.catalog import MessageCatalog, message_catalog
from clientimport.model.report import Report
from clientimport.model.table import column_index

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET_TAG = re.compile(r"<sheet\b[^>]*?/>")


def annotate(
    data: bytes, report: Report, words: MessageCatalog, *, encoding: str | None, password: str | None, masks: bool
) -> bytes:
    """Return the workbook in `data` with all findings written into it.

    Every part that says nothing about the checked sheet stays byte for byte: other sheets, pictures, formulas, macros.
    What we wrote there before is replaced. A file in another format becomes a new workbook of text cells.
    """
    data, words = decrypted_workbook(data, password), message_catalog(words.language, for_pages=True)
    # What cannot be patched, for any reason, is written anew below.
    with suppress(ExpatError, LookupError, ValueError, BadZipFile):
        if detect_format(data) is XLSX:
            package = OoxmlPackage(to_transitional(ZipFile(BytesIO(data))))
            package.text(CONTENT_TYPES)
            return WorkbookAnnotator(package, report, words, masks).bytes()
    workbook = open_workbook(data, encoding, None)
    sheets, report = reported_sheets(workbook, report, words.phrase("summary.sheet"))
    return WorkbookAnnotator(OoxmlPackage(ZipFile(BytesIO(to_xlsx(sheets)))), report, words, masks).bytes()


def has_macros(workbook: bytes) -> bool:
    """Return whether a workbook has macros, so that Excel opens it only under a name that ends in .xlsm."""
    with ZipFile(BytesIO(workbook)) as archive:
        package = OoxmlPackage(archive)
        return package.has(CONTENT_TYPES) and "macroEnabled" in package.text(CONTENT_TYPES)


def is_annotated_workbook(path: Path) -> bool:
    """Return whether the file is a workbook that was annotated before."""
    try:
        with ZipFile(path) as archive:
            return not added_sheets().isdisjoint(_sheet_names(OoxmlPackage(archive).text("xl/workbook.xml")))
    except (OSError, BadZipFile, LookupError, ValueError, ExpatError):
        return False


class WorkbookAnnotator:
    """One package on its way."""

    def __init__(
        self,
        package: OoxmlPackage,
        report: Report,
        words: MessageCatalog,
        masks: bool,
    ) -> None:
        self._package = package
        self._report = report
        self._words = words
        self._masks = masks
        self._main = package.main
        for added in added_sheets():
            self._remove_sheet(added)

    def bytes(self) -> bytes:
        """Return the workbook with everything in it. Raises what Package raises, and ValueError for odd parts."""
        styles, parts = Styles(self._package.text(self._styles_part)), self._sheet_parts()
        for report in sheet_reports(self._report):
            self._mark_sheet(parts[report.sheet or ""], report, styles)
        self._add_sheets(styles)
        self._package.write(self._styles_part, styles.to_bytes())
        return self._package.to_bytes()

    def _mark_sheet(self, part: str, report: Report, styles: Styles) -> None:
        marks = cell_marks(report, self._words, masks=self._masks)
        place = self._mark_column(report, self._add_comments(part, marks))
        xml = declare_relations_prefix(self._package.text(part))
        if "<styleSheet" not in styles.xml or "<sheetData" not in xml:
            raise ValueError("not the parts of a workbook")
        xml = patch_sheet(xml.replace(' tabSelected="1"', ""), marks, place, styles)
        self._package.write(part, xml.encode())

    def _sheet_parts(self) -> dict[str, str]:
        """Return the part of each sheet by its name."""
        related = self._package.relations(self._main)
        parts = {}
        for tag in _SHEET_TAG.findall(self._package.text(self._main)):
            attributes = dict(re.findall(r'([\w:]+)="([^"]*)"', tag))
            kind, target = related.get(attributes.get("r:id", ""), ("", ""))
            if kind == "worksheet":
                parts[_sheet_name(tag)] = target
        return parts

    @property
    def _styles_part(self) -> str:
        style_parts = [target for kind, target in self._package.relations(self._main).values() if kind == "styles"]
        if style_parts:
            return style_parts[0]
        part = self._package.free_name("xl/styles{}.xml")
        self._package.write(part, EMPTY_STYLES.encode())
        self._package.add_relation(self._main, "styles", part)
        self._package.declare_part(part, f"{_MAIN}.styles+xml")
        return part

    def _mark_column(self, report: Report, note_relation: str) -> MarkColumn:
        """Return where the column of marks goes: where it was, else right of all that is filled."""
        columns = {column_index(column.letter): column.header for column in report.columns}
        before = [position for position, header in columns.items() if is_added_header(header)]
        column = min(before) if before else max(columns, default=-1) + 1
        last = max(report.row_numbers, default=report.header_row)
        return MarkColumn(report.header_row, last, column, self._words.phrase("annotated.to_do"), note_relation)

    def _add_comments(self, sheet_part: str, marks: CellMarks) -> str:
        """Write the comments and return the relation to their drawing."""
        package, related = self._package, self._package.relations(sheet_part)
        by_kind = {kind: (key, target) for key, (kind, target) in related.items()}
        part = by_kind.get("comments", ("", ""))[1] or package.free_name("xl/comments{}.xml")
        before = package.text(part) if package.has(part) else EMPTY_COMMENTS
        theirs, ours = comment_cells(before, by_us=False), comment_cells(before, by_us=True)
        package.write(part, with_comments(before, marks.cells).encode())
        if "comments" not in by_kind:
            package.add_relation(sheet_part, "comments", part)
            package.declare_part(part, f"{_MAIN}.comments+xml")
        key, shapes = by_kind.get("vmlDrawing", ("", ""))
        shapes = shapes or package.free_name("xl/drawings/vmlDrawing{}.vml")
        drawn = package.text(shapes) if package.has(shapes) else EMPTY_DRAWING
        package.write(shapes, with_comment_shapes(drawn, marks.cells, theirs, ours).encode())
        package.declare_extension("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
        return key or package.add_relation(sheet_part, "vmlDrawing", shapes)

    def _add_sheets(self, styles: Styles) -> None:
        """Put the summary in front, where the workbook opens, and the repairs behind all other sheets."""
        words, report, name = self._words, self._report, self._report.sheet or ""
        marks = cell_marks(report, words, masks=self._masks)
        content = summary_sheet(report, marks, name, styles, words, masks=self._masks)
        self._add_sheet(words.phrase(SUMMARY_NAME), content, in_front=True)
        if report.totals.repairs:
            content = repairs_sheet(report, name, styles, words, masks=self._masks)
            self._add_sheet(words.phrase(REPAIRS_NAME), content, in_front=False)

    def _add_sheet(self, name: str, xml_of_sheet: str, *, in_front: bool) -> None:
        package = self._package
        part = package.free_name("xl/worksheets/clientimport{}.xml")
        package.write(part, xml_of_sheet.encode())
        package.declare_part(part, f"{_MAIN}.worksheet+xml")
        relation = package.add_relation(self._main, "worksheet", part)
        xml = declare_relations_prefix(package.text(self._main))
        number = max(map(int, re.findall(r'sheetId="(\d+)"', xml)), default=0) + 1
        tag = f'<sheet name={attribute(name)} sheetId="{number}" r:id="{relation}"/>'
        if in_front:
            xml = _shift_sheet_ids(re.sub(r"(<sheets\b[^>]*>)", rf"\1{tag}", xml, count=1), 0, 1)
        else:
            xml = xml.replace("</sheets>", f"{tag}</sheets>")
        package.write(self._main, xml.encode())

    def _remove_sheet(self, name: str) -> None:
        """Remove a sheet of an earlier annotation; the other marks are replaced where they stand."""
        parts, package = self._sheet_parts(), self._package
        if name not in parts or len(parts) == 1:
            return
        part, tags = parts[name], _SHEET_TAG.findall(package.text(self._main))
        for key, (_, target) in package.relations(self._main).items():
            if target == part:
                self._drop(package.relations_part(self._main), rf'<Relationship\b[^>]*\bId="{key}"[^>]*/>')
        self._drop(CONTENT_TYPES, rf'<Override\b[^>]*PartName="/{re.escape(part)}"[^>]*/>')
        position = next(index for index, tag in enumerate(tags) if _sheet_name(tag) == name)
        xml = package.text(self._main).replace(tags[position], "", 1)
        package.write(self._main, _shift_sheet_ids(xml, position, -1).encode())
        package.remove(part)

    def _drop(self, part: str, pattern: str) -> None:
        self._package.write(part, re.sub(pattern, "", self._package.text(part)).encode())


def _sheet_names(xml: str) -> list[str]:
    return [_sheet_name(tag) for tag in _SHEET_TAG.findall(xml)]


def _sheet_name(tag: str) -> str:
    named = re.search(r'\bname="([^"]*)"', tag)
    return unescape(named[1]) if named else ""


def _shift_sheet_ids(xml: str, position: int, by: int) -> str:
    """Return the list of sheets with names that belong to one from `position` on following it, and the first in front.

    >>> _shift_sheet_ids('<definedName localSheetId="2"/><definedName localSheetId="0"/>', 1, -1)
    '<definedName localSheetId="1"/><definedName localSheetId="0"/>'
    """

    def shifted(local: re.Match[str]) -> str:
        sheet = int(local[1])
        return f'localSheetId="{max(0, sheet + by) if sheet >= position else sheet}"'

    xml = re.sub(r'\blocalSheetId="(\d+)"', shifted, xml)
    return re.sub(r'\s(?:activeTab|firstSheet)="\d+"', "", xml)
