"""Old, binary, OdsWorkbook and web-page workbooks: read by what they are, with what a person sees in the cells."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlwt

from clientimport.files.readers.open import open_workbook
from clientimport.files.readers.sheet import MergedRange, SheetInfo
from clientimport.model.table import CellFlag
from clientimport.schema.types.name import Name
from clientimport.schema.types.parse_column import parse_column as read_values
from files.written import FORMATS
from spreadsheets import CLIENT, HEADER, codes, column, read

WRITTEN = Path(__file__).parent / "written_by_sheetjs"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def old(*rows: tuple[object, ...]) -> bytes:
    """Return an .xls workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Klanten")
    for number, cells in enumerate(rows):
        for index, value in enumerate(cells):
            if value is not None:
                sheet.write(number, index, value)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods(rows: str, before: str = "", table: str = 'table:name="Klanten"') -> bytes:
    """Return an .ods workbook whose first sheet has these rows."""
    namespaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{namespaces} xmlns:xlink="http://www.w3.org/1999/xlink">{before}'
        f"<office:body><office:spreadsheet><table:table {table}>{rows}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", SPREADSHEET)
        archive.writestr("content.xml", content)
    return stream.getvalue()


def ods_row(*cells: str, given: str = "") -> str:
    made = (
        cell if cell.startswith("<") else f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>"
        for cell in cells
    )
    return f"<table:table-row {given}>{''.join(made)}</table:table-row>"


def page(*rows: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><table>{''.join(rows)}</table></body></html>".encode()


def page_row(*cells: str) -> str:
    return f"<tr>{''.join(cell if cell.startswith('<td') else f'<td>{cell}</td>' for cell in cells)}</tr>"


@pytest.mark.parametrize("name", ["inline.xlsb", "shared.xlsb", "old.xls"])
def test_a_binary_workbook_shows_what_excel_shows(name: str) -> None:
    book = open_workbook((WRITTEN / name).read_bytes(), None, None)
    assert book.sheet_infos == (SheetInfo("Klanten"), SheetInfo("Verborgen", hidden=True))
    sheet = book.read_sheet(book.sheet_infos[0])
    assert [(row.number, *row.cells.values()) for row in sheet.grid] == [
        (1, "Naam", "BTW-nummer", "E-mail", "Getal", "Datum", "Prijs"),
        (2, "Bakkerij Peeters BV", "0403019261", "Jan", "85073003328", "2025-03-04", "0.25"),
        (3, "Garage Dubois SRL", "#N/A", "marc@dubois.be", "TRUE", "-7"),
        (4, "Hidden NV", "hidden@nv.be"),
        (5, "Éclair & Zn. 中", "0471.730.202", "1234.5", "12345678901234568"),
        (6, "merged"),
    ]
    assert sheet.cell_flags == {(2, 4): CellFlag.DATE, (3, 1): CellFlag.ERROR, (5, 5): CellFlag.NUMBER}
    assert sheet.hidden_rows == ({4} if name.endswith("xlsb") else set())  # sheetjs writes no hidden rows into .xls
    assert (set(sheet.hidden_columns), sheet.merged_ranges) == ({5}, (MergedRange(6, 0, 6, 1),))
    assert sheet.mail_links == {(2, 2): "jan@peeters.be"}


@pytest.mark.parametrize("name", ["inline.xlsb", "old.xls"])
def test_a_preview_of_a_binary_workbook_ends_early(name: str) -> None:
    book = open_workbook((WRITTEN / name).read_bytes(), None, None)
    assert len(book.read_sheet(book.sheet_infos[0], 2).grid) == 2


def test_an_old_workbook_becomes_a_table() -> None:
    table = read(old(("Klantenlijst",), (), HEADER, CLIENT))
    assert (table.sheet, table.header_row, table.rows.tolist()) == ("Klanten", 3, [4])
    assert column(table, "BTW-nummer") == ["BE0403019261"]


def test_hidden_rows_columns_and_merged_cells_of_an_old_workbook_are_known() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Klanten")
    sheet.write(0, 0, "a")
    sheet.write(1, 1, "b")
    sheet.row(1).hidden = True
    sheet.col(1).hidden = True
    sheet.write_merge(2, 3, 0, 1, "c")
    stream = BytesIO()
    book.save(stream)
    one = open_workbook(stream.getvalue(), None, None).read_sheet(SheetInfo("Klanten"))
    assert (set(one.hidden_rows), set(one.hidden_columns), one.merged_ranges) == ({2}, {1}, (MergedRange(3, 0, 4, 1),))


def test_an_open_document_repeats_cells_and_rows_and_keeps_numbers_of_rows() -> None:
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    twice = '<table:table-cell table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell>'
    table = read(ods(ods_row(*HEADER) + blank + ods_row("A BV", twice, given='table:number-rows-repeated="2"')))
    assert table.rows.tolist() == [5, 6]
    assert column(table, "E-mail") == ["x", "x"]


def test_an_open_document_shows_spaces_links_and_no_notes() -> None:
    link = '<table:table-cell><text:p><text:a xlink:href="mailto:jan@x.be">Jan</text:a></text:p></table:table-cell>'
    noted = (
        "<table:table-cell><office:annotation><text:p>a note</text:p></office:annotation>"
        '<text:p>A<text:s text:c="2"/>B<text:line-break/>C</text:p></table:table-cell>'
    )
    sheet = open_workbook(ods(ods_row(noted, link)), None, None).read_sheet(SheetInfo("Klanten"))
    assert sheet.grid.row(0).cells == {0: "A  B\nC", 1: "Jan"}
    assert sheet.mail_links == {(1, 1): "jan@x.be"}


def test_a_formula_without_a_result_in_an_open_document_is_never_nothing() -> None:
    formula = '<table:table-cell table:formula="of:=[.A1]"/>'
    sheet = open_workbook(ods(ods_row("x", formula)), None, None).read_sheet(SheetInfo("Klanten"))
    assert (sheet.grid.row(0).cells[1], sheet.cell_flags) == ("of:=[.A1]", {(1, 1): CellFlag.UNCACHED})


def test_hidden_parts_of_an_open_document_are_known() -> None:
    style = (
        '<office:automatic-styles><style:style style:name="off" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    rows = columns + ods_row("a", given='table:visibility="filter"')
    book = open_workbook(ods(rows, style), None, None)
    sheet = book.read_sheet(SheetInfo("Klanten"))
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns)) == ({1}, {1, 2})
    hidden = ods(rows, style, 'table:name="Klanten" table:style-name="off"')
    assert open_workbook(hidden, None, None).sheet_infos == (SheetInfo("Klanten", hidden=True),)


def test_a_page_called_xls_is_read_as_a_browser_shows_it() -> None:
    data = page(
        "<tr><th>Naam<th>BTW-nummer<th>E-mail</tr>",
        page_row("Crème &amp;\n   Œuf<br>BV", "0403.019.261", '<td><a href="mailto:jan@x.be">Jan</a></td>'),
        "<script>var x = '<td>no</td>';</script>",
    )
    table = read(data)
    assert table.sheet is None
    assert [column(table, header) for header in ("Naam", "BTW-nummer", "E-mail")] == [
        ["Crème & Œuf\nBV"],
        ["0403.019.261"],
        ["Jan"],
    ]
    assert table.columns[2].mail_links == {0: "jan@x.be"}


def test_cells_of_a_page_over_several_rows_and_columns_push_the_others_aside() -> None:
    data = page(
        page_row("<td rowspan=2>Naam</td>", "<td colspan=2>Contact</td>"),
        page_row("Voornaam", "Achternaam"),
        page_row("A BV", "An", "Peeters"),
    )
    sheet = open_workbook(data, None, None).read_sheet(SheetInfo(None))
    assert [dict(row.cells) for row in sheet.grid] == [
        {0: "Naam", 1: "Contact"},
        {1: "Voornaam", 2: "Achternaam"},
        {0: "A BV", 1: "An", 2: "Peeters"},
    ]
    assert sheet.merged_ranges == (MergedRange(1, 0, 2, 0), MergedRange(1, 1, 1, 2))


def test_a_table_inside_a_table_is_one_of_its_own() -> None:
    inner = f"<table>{page_row(*HEADER)}{page_row(*CLIENT)}</table>"
    table = read(page(page_row(f"<td>menu{inner}</td>")))
    assert (table.sheet, column(table, "Naam")) == ("2", [CLIENT[0]])


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=utf-8>", "utf-8"),
        ("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-15'>", "iso-8859-15"),
        ("<meta charset=nonsense>", "cp1252"),
        ("", "cp1252"),
        ("<meta charset=utf-8>", "utf-8-sig"),
        ("<meta charset=iso-8859-1>", "utf-8-sig"),
    ],
)
def test_a_page_says_in_which_encoding_it_is(head: str, encoding: str) -> None:
    data = page(page_row("Naam", "E-mail"), page_row("Éclair €", "a@x.be"), head=head).decode().encode(encoding)
    assert column(read(data), "Naam") == ["Éclair €"]


def test_a_page_in_latin_1_is_read_as_browsers_do_which_take_that_for_windows_1252() -> None:
    data = page(page_row("Naam", "Gemeente"), page_row("D’Hondt", "Liège"), head="<meta charset=iso-8859-1>")
    assert column(read(data.decode().encode("cp1252")), "Naam") == ["D’Hondt"]


@pytest.mark.parametrize("format_", sorted(FORMATS.keys() - {"comma, cp1252"}))
def test_a_control_character_that_was_a_letter_of_windows_is_read_alike_in_every_format(format_: str) -> None:
    table = read(FORMATS[format_]([("Naam\x85", "Gemeente"), ("D\x92Hondt", "Gent"), ("B\x9cuf", "Gent")]))
    assert table.columns[0].header == "Naam…"
    assert codes(table) == ["header.mojibake"]
    reading = read_values(Name(), table.columns[0].values, "BE")
    assert reading.values.to_pylist() == ["D’Hondt", "Bœuf"]
    assert set(reading.repairs) == {"text.code_page"}


def test_every_format_gives_the_same_table() -> None:
    tables = [
        read(old(HEADER, CLIENT)),
        read(ods(ods_row(*HEADER) + ods_row(*CLIENT))),
        read(page(page_row(*HEADER), page_row(*CLIENT))),
    ]
    assert [[column(table, header) for header in HEADER] for table in tables] == [[[text] for text in CLIENT]] * 3


def test_the_name_of_a_sheet_is_what_is_shown() -> None:
    book = open_workbook(ods(ods_row("a"), table='table:name="Klanten &amp; Co"'), None, None)
    assert book.sheet_infos == (SheetInfo("Klanten & Co"),)
