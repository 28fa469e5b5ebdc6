"""Spreadsheets for the tests of reading, and a small vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from clientimport.files.read import ReadRequest, read_table
from clientimport.model.normalize import normalize
from clientimport.model.table import Table

HEADER = ("Naam", "BTW-nummer", "E-mail", "Straat", "Postcode", "Gemeente")
KNOWN = {
    normalize(text) for text in (*HEADER, "Voornaam", "Achternaam", "Land", "Taal", "IBAN", "Telefoon", "Contact Naam")
}
CLIENT = ("Bakkerij Peeters BV", "BE0403019261", "an@peeters.example", "Kerkstraat 1", "9000", "Gent")


def known(header: str) -> bool:
    return normalize(header) in KNOWN


def read(data: bytes, options: ReadRequest | None = None) -> Table:
    return read_table("-", options or ReadRequest(), known, data)


def stored(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def book_of(rows: Iterable[Sequence[object]]) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    return book


def xlsx(rows: Iterable[Sequence[object]]) -> bytes:
    return stored(book_of(rows))


def csv(rows: Iterable[Sequence[str]], delimiter: str = ";", end: str = "\r\n") -> str:
    return "".join(delimiter.join(row) + end for row in rows)


def column(table: Table, header: str) -> list[str | None]:
    values = next(column.values for column in table.columns if column.header == header)
    return values.to_pylist()


def codes(table: Table) -> list[str]:
    return [finding.code for finding in table.findings]


def write(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)
