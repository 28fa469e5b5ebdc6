"""A cell that is a link to an e-mail address, in real workbooks: what is shown, what is used, and what is said."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook

from clientimport.matching.matcher import match_columns
from clientimport.model.table import Table
from clientimport.schema.derivations.mailto_links import follow_mailto_links
from clientimport.schema.loader import load_schema
from spreadsheets import read, stored


def linked(*cells: tuple[str | None, str | None]) -> Table:
    """Return a read workbook with these texts and link targets under E-mail."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Naam", "E-mail"])
    for row, (text, target) in enumerate(cells, 2):
        sheet.append([f"Client {row} BV", text])
        if target is not None:
            sheet.cell(row, 2).hyperlink = target
            sheet.cell(row, 2).value = text
    return read(stored(book))


def used(table: Table) -> tuple[list[str | None], list[tuple[str, str | None, str | None]]]:
    columns, findings = follow_mailto_links({"contact_email": table.columns[1]}, table)
    told = [(one.code, one.cell, one.value) for one in findings]
    return columns["contact_email"].values.to_pylist(), told


def with_result(data: bytes, shown: str) -> bytes:
    """Return the workbook as Excel stores it, with the result of the formula in B2 beside it."""
    result = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(result, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                content = re.sub(rb"</f><v\s*/>|</f><v></v>", f"</f><v>{shown}</v>".encode(), content)
                content = content.replace(b'<c r="B2">', b'<c r="B2" t="str">')
            target.writestr(entry, content)
    return result.getvalue()


def test_the_address_behind_a_name_is_used_and_shown() -> None:
    table = linked(("Jan", "mailto:jan@x.be?subject=Peppol"), ("an@x.be", None))
    assert used(table) == (["jan@x.be", "an@x.be"], [("email.from_link", "B2", "Jan")])


def test_an_address_that_is_shown_stays_and_a_link_elsewhere_is_a_warning() -> None:
    table = linked(("An@x.be", "mailto:an@x.be"), ("new@x.be", "mailto:old@x.be"))
    assert used(table) == (["An@x.be", "new@x.be"], [("email.link_elsewhere", "B3", "new@x.be")])


def test_a_link_to_a_page_is_no_address() -> None:
    assert used(linked(("Jan", "https://x.be/jan@x.be"))) == (["Jan"], [])


def test_a_formula_that_writes_a_link_is_one() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Naam", "E-mail"])
    sheet.append(["Client BV", '=HYPERLINK("mailto:jan@x.be","Jan")'])
    assert used(read(with_result(stored(book), "Jan")))[0] == ["jan@x.be"]


def test_a_column_of_names_with_addresses_behind_them_is_an_e_mail_column() -> None:
    table = linked(("Jan", "mailto:jan@x.be"), ("An", "mailto:an@x.be"), ("Piet", "mailto:piet@x.be"))
    found = {
        one.column.header: (one.field, one.certain)
        for one in match_columns(table, load_schema("banqup-partner"), {}, None).matches
    }
    assert found["E-mail"] == ("contact_email", True)
