"""One list of clients in every format, as programs write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import xlwt

from clientimport.files import detect
from spreadsheets import csv, xlsx

Rows = Sequence[Sequence[str]]
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
SHEETJS = Path(__file__).parent / "readers" / "written_by_sheetjs"


def xls(rows: Rows) -> bytes:
    """Return an .xls workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Klanten")
    for number, cells in enumerate(rows):
        for index, text in enumerate(cells):
            if text:
                sheet.write(number, index, text)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def ods(rows: Rows) -> bytes:
    """Return an .ods workbook."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    lines = []
    for cells in rows:
        made = "".join(f"<table:table-cell><text:p>{escape(text)}</text:p></table:table-cell>" for text in cells)
        lines.append(f"<table:table-row>{made}</table:table-row>")
    table = f'<table:table table:name="Klanten">{"".join(lines)}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    made_of = BytesIO()
    with ZipFile(made_of, "w") as archive:
        archive.writestr("mimetype", SPREADSHEET)
        archive.writestr("content.xml", f"<office:document-content{spaces}>{body}</office:document-content>")
    return made_of.getvalue()


def html(rows: Rows) -> bytes:
    """Return a web page as programs save it under .xls."""
    lines = ("".join(f"<td>{escape(text)}</td>" for text in cells) for cells in rows)
    return f"<html><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></html>".encode()


FORMATS: Mapping[str, Callable[[Rows], bytes]] = {
    "xlsx": xlsx,
    "xls": xls,
    "ods": ods,
    "html": html,
    "csv": lambda rows: csv(rows).encode(),
    "tab, UTF-16": lambda rows: csv(rows, "\t").encode("utf-16"),
    "comma, cp1252": lambda rows: csv(rows, ",").encode("cp1252"),
}
"""Name -> how these rows are written."""
_WRITERS: Mapping[str, Sequence[str]] = {
    "xlsx": ("xlsx",),
    "xlsb": (),  # no library writes it: SHEETJS holds two
    "ods": ("ods",),
    "xls": ("xls",),
    "html": ("html",),
    "delimited": ("csv", "tab, UTF-16", "comma, cp1252"),
}
"""Format in `clientimport.files.detect.FORMATS` -> which of these write it."""


def examples(rows: Rows) -> dict[str, dict[str, bytes]]:
    """Return some files of each format that can be read, by name: a format without one is a KeyError here."""
    return {
        file_format.name: {name: FORMATS[name](rows) for name in _WRITERS[file_format.name]}
        | {file.name: file.read_bytes() for file in SHEETJS.glob(f"*.{file_format.name}")}
        for file_format in detect.FORMATS
    }
