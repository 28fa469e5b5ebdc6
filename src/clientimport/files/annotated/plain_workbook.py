"""A plain workbook of the rows of any other format, each at its own number, every cell as text."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from clientimport.files.annotated.styles import EMPTY
from clientimport.files.annotated.xml_text import attribute, text_cell
from clientimport.files.sheet import Sheet
from clientimport.table import letter

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET}.styles+xml"/>'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def plain_workbook(sheet: Sheet, name: str) -> bytes:
    """Return an .xlsx workbook with one sheet called `name`."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{_TYPES}</Types>',
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": _book(name),
        "xl/_rels/workbook.xml.rels": _relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
        "xl/styles.xml": EMPTY,
        "xl/worksheets/sheet1.xml": _sheet(sheet),
    }
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, _HEAD + content)
    return made.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    made = (
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(made)}</Relationships>'


def _book(name: str) -> str:
    sheets = f'<sheets><sheet name={attribute(name)} sheetId="1" r:id="rId1"/></sheets>'
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{sheets}</workbook>'


def _sheet(sheet: Sheet) -> str:
    rows = []
    for row in sheet.grid:
        cells = (text_cell(f"{letter(at)}{row.number}", text) for at, text in row.cells.items())
        rows.append(f'<row r="{row.number}">{"".join(cells)}</row>')
    data = f"<sheetData>{''.join(rows)}</sheetData>"
    return f'<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{data}</worksheet>'
