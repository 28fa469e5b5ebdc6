"""Small files that ask for much: each is at most 210 KB."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlwt

from files.written import SHEETJS
from spreadsheets import CLIENT, HEADER, xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
SIZE = 210_000


def bombs() -> dict[str, bytes]:
    """Return every bomb by its name."""
    cell, long = "<c><v>1</v></c>", f'<c t="inlineStr"><is><t>{"x" * 32_000}</t></is></c>'
    made = {
        "cells.xlsx": _workbook(**{"xl/worksheets/sheet1.xml": _sheet(f"<row>{cell * 1000}</row>" * 5000)}),
        "text.xlsx": _workbook(**{"xl/worksheets/sheet1.xml": _sheet(f"<row>{long}</row>" * 6000)}),
        "strings.xlsx": _workbook(
            **{"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"<si><t>ab</t></si>" * 4_000_000}</sst>'}
        ),
        "blank.xlsx": _workbook(**{"xl/worksheets/sheet1.xml": _sheet("<row><c/></row>" * 1_048_576)}),
        "styles.xlsx": _workbook(**{"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{"<x/>" * 10_000_000}</styleSheet>'}),
        "cells.ods": _document(f"<table:table-row>{_CELL * 1000}</table:table-row>" * 1200),
        "repeated.ods": _document(_repeated(1_000_000, 16_000, "x" * 30_000)),
        "nested.ods": _document("<table:table-cell>" * 1_000_000),
        "spans.html": f"<table><tr><th>Naam</tr>{_SPAN}{'<tr><td>1</td></tr>' * 10_000}</table>".encode(),
        "wide.html": f"<table>{'<tr><td rowspan=9 colspan=16000>x</tr>' * 4800}</table>".encode(),
        "deep.html": b"<table><tr><td>" * 13_000,
        "cells.xlsb": _binary_workbook(_ROW + _NUMBER * 2_000_000),
        "corner.xls": _far_corner(),
        "quotes.csv": b'"' * 200_000,
        "wide.csv": b"Naam" + b";" * 200_000,
        "lines.csv": b"Naam;Stad\n" + b"1;2\n" * 50_000,
        "entities.xlsx": _workbook(**{"xl/sharedStrings.xml": _LAUGHS}),
        "entities.ods": _open_document(_LAUGHS),
    }
    assert all(len(data) <= SIZE for data in made.values()), {name: len(data) for name, data in made.items()}
    return made


_ROW = b"\x00\x11" + bytes(17)
_NUMBER = b"\x02\x0c" + bytes(8) + b"\x06\x00\x00\x00"
"""Records of an .xlsb: the first row, and a number in its first cell."""
_STRING = "<si><t>ab</t></si>"
_CELL = "<table:table-cell><text:p>1</text:p></table:table-cell>"
_SHARED = (
    b'<Relationship Id="rIdS" Target="sharedStrings.xml"'
    b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>'
)
_SPAN = "<tr><td rowspan=1000000000 colspan=1000000000>x</td></tr>"
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><x>&j;</x>"
)


def _repeated(rows: int, columns: int, text: str) -> str:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>{text}</text:p></table:table-cell>'
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'


def _sheet(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _workbook(**parts: str) -> bytes:
    """Return a workbook of one sheet in which these parts are others; shared strings are added."""
    made = BytesIO()
    with (
        ZipFile(BytesIO(xlsx([HEADER, CLIENT]))) as source,
        ZipFile(made, "w", ZIP_DEFLATED, compresslevel=9) as zipped,
    ):
        for name in source.namelist():
            kept = source.read(name)
            if name == "xl/_rels/workbook.xml.rels":
                kept = kept.replace(b"</Relationships>", _SHARED + b"</Relationships>")
            zipped.writestr(name, parts.get(name) or kept)
        if (strings := "xl/sharedStrings.xml") in parts:
            zipped.writestr(strings, parts[strings])
    return made.getvalue()


def _binary_workbook(records: bytes) -> bytes:
    """Return an .xlsb whose first sheet has these records."""
    made = BytesIO()
    with (
        ZipFile(SHEETJS / "inline.xlsb") as source,
        ZipFile(made, "w", ZIP_DEFLATED, compresslevel=9) as zipped,
    ):
        for name in source.namelist():
            zipped.writestr(name, records if name == "xl/worksheets/sheet1.bin" else source.read(name))
    return made.getvalue()


def _far_corner() -> bytes:
    """Return an .xls with one cell, the last of its sheet, and as many formatted ones as there is room for."""
    book, made = xlwt.Workbook(), BytesIO()
    sheet = book.add_sheet("Klanten")
    for number in range(0, 60_000, 10):
        sheet.write(number, 255, "")
    sheet.write(65_535, 255, "x")
    book.save(made)
    return made.getvalue()


def _document(rows: str) -> bytes:
    names = ("office", "table", "text")
    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    table = f'<table:table table:name="a">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return _open_document(f"<office:document-content{spaces}>{body}</office:document-content>")


def _open_document(content: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=9) as zipped:
        zipped.writestr("mimetype", SPREADSHEET)
        zipped.writestr("content.xml", content)
    return made.getvalue()
