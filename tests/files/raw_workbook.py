"""Workbooks written part by part, as programs do that are not Excel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROWS = (("Naam", "E-mail"), ("Bakkerij Peeters BV", "an@peeters.example"))


def relations(*entries: tuple[str, str, str]) -> str:
    """Return the XML of relations: id, kind and target of each."""
    made = "".join(f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{to}"/>' for key, kind, to in entries)
    return f'<Relationships xmlns="{PACKAGE}">{made}</Relationships>'


def rows_xml(rows: Sequence[Sequence[str]] = ROWS, prefix: str = "", cell: str = "") -> str:
    """Return rows with texts of their own; `cell` is what each cell says besides."""
    x = prefix
    lines = []
    for number, texts in enumerate(rows, 1):
        cells = "".join(
            f'<{x}c r="{"ABCDE"[at]}{number}" t="inlineStr"{cell}><{x}is><{x}t>{text}</{x}t></{x}is></{x}c>'
            for at, text in enumerate(texts)
        )
        lines.append(f'<{x}row r="{number}">{cells}</{x}row>')
    return f"<{x}sheetData>{''.join(lines)}</{x}sheetData>"


def sheet_xml(before: str = "", after: str = "", rows: str | None = None) -> str:
    """Return the XML of a sheet with something before and after its rows."""
    inside = f"{before}{rows_xml() if rows is None else rows}{after}"
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{inside}</worksheet>'


_SHEETS = '<sheets><sheet name="Klanten" sheetId="1" r:id="rId1"/></sheets>'
BOOK = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{_SHEETS}</workbook>'


def parts(sheet: str | None = None) -> dict[str, str]:
    """Return the parts of a small workbook by their usual names."""
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet_xml() if sheet is None else sheet,
    }


def zipped(named: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of these parts."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in named.items():
            archive.writestr(name, content)
    return made.getvalue()


def workbook(sheet: str | None = None) -> bytes:
    """Return a small workbook with this sheet."""
    return zipped(parts(sheet))
