from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from clientimport.files.read import ReadRequest, read_table
from clientimport.files.readers.xlsx.shared_strings import read_shared_strings
from clientimport.model.table import CellFlag, Table
from spreadsheets import CLIENT, HEADER, book_of, codes, column, read, stored, write, xlsx


def read_cells(*values: object, formats: tuple[str, ...] = ()) -> Table:
    book = book_of([("Naam", "IBAN"), *(("x", value) for value in values)])
    for row, code in enumerate(formats, start=2):
        book.worksheets[0].cell(row, 2).number_format = code
    return read(stored(book))


def test_a_workbook_becomes_columns_of_text_with_the_numbers_of_excel(tmp_path: Path) -> None:
    file = write(tmp_path / "clients.xlsx", xlsx([HEADER, CLIENT, CLIENT]))
    table = read_table(file, ReadRequest(), lambda text: text in HEADER)
    assert (table.file, table.sheet, table.header_row) == (file, "Sheet", 1)
    assert [column.header for column in table.columns] == list(HEADER)
    assert table.rows.tolist() == [2, 3]
    assert column(table, "Postcode") == ["9000", "9000"]
    assert table.findings == ()


def test_the_extension_does_not_matter(tmp_path: Path) -> None:
    file = write(tmp_path / "clients.csv", xlsx([HEADER, CLIENT]))
    assert column(read_table(file, ReadRequest(), lambda _: False), "Naam") == [CLIENT[0]]


@pytest.mark.parametrize("text", ["NA", "null", "0123", "None", "nan", "1E5", "TRUE", "2024-01-01", "'x", " x "])
def test_text_stays_as_typed(text: str) -> None:
    assert column(read_cells(text), "IBAN") == [text]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (123456749, "0000000000", "0123456749"),
        (123456749, '0000"."000"."000', "0123.456.749"),
        (123456749, '"BE"0000000000', "BE0123456749"),
        (4, "00", "04"),
        (12345, "0000", "12345"),
        (123456749, "General", "123456749"),
        (123456749, "0", "123456749"),
        (85073003328.0, "General", "85073003328"),
        (1234.5, "#,##0.00", "1234.5"),
        (0.21, "0%", "21%"),
        (0.065, "0.0%", "6.5%"),
        (0.00001, "General", "0.00001"),
        (-3, "General", "-3"),
        (True, "General", "TRUE"),
        (False, "General", "FALSE"),
    ],
)
def test_a_number_is_the_text_a_person_means(value: object, code: str, shown: str) -> None:
    assert column(read_cells(value, formats=(code,)), "IBAN") == [shown]


def test_a_date_is_iso_text_and_marked() -> None:
    table = read_cells(date(2025, 6, 30), datetime(2025, 6, 30, 14, 5))  # noqa: DTZ001 -- cells have no zone
    assert column(table, "IBAN") == ["2025-06-30", "2025-06-30T14:05:00"]
    assert table.columns[1].cell_flags == {0: CellFlag.DATE, 1: CellFlag.DATE}


def test_a_date_of_a_mac_workbook_counts_from_1904() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    for row in (("Naam", "IBAN"), ("x", date(2025, 6, 30))):
        book.worksheets[0].append(row)
    assert column(read(stored(book)), "IBAN") == ["2025-06-30"]


def test_a_serial_without_a_date_format_stays_a_number() -> None:
    table = read_cells(45415)
    assert column(table, "IBAN") == ["45415"]
    assert table.columns[1].cell_flags == {}


def test_an_error_cell_keeps_its_text() -> None:
    table = read_cells("#N/A")
    assert column(table, "IBAN") == ["#N/A"]
    assert table.columns[1].cell_flags == {0: CellFlag.ERROR}


def test_a_formula_without_a_result_is_its_formula_never_nothing() -> None:
    table = read_cells("=VLOOKUP(A2,Lists!A:B,2,FALSE)")
    assert column(table, "IBAN") == ["=VLOOKUP(A2,Lists!A:B,2,FALSE)"]
    assert table.columns[1].cell_flags == {0: CellFlag.UNCACHED}


def test_a_formula_with_a_result_is_its_result() -> None:
    data = replaced(xlsx([("Naam", "IBAN"), ("x", "=A2&A2")]), b"<f>A2&amp;A2</f><v></v>", b"<f>A2&amp;A2</f><v>12</v>")
    table = read(data)
    assert column(table, "IBAN") == ["12"]
    assert table.columns[1].cell_flags == {}


def test_a_formula_whose_result_is_an_empty_text_is_empty() -> None:
    data = replaced(xlsx([("Naam", "IBAN"), ("x", "=A2&A2")]), b'<c r="B2"><f>', b'<c r="B2" t="str"><f>')
    assert column(read(data), "IBAN") == [None]


def replaced(data: bytes, old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Return the workbook with `old` replaced in one of its parts, and see to it that it was there."""
    result = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                content = content.replace(b"<v />", b"<v></v>")
                assert old in content
                content = content.replace(old, new)
            target.writestr(name, content)
    return result.getvalue()


def test_a_number_of_more_than_15_digits_is_marked_as_rounded() -> None:
    table = read_cells(1234567890123456)
    assert column(table, "IBAN") == ["1234567890123456"]
    assert table.columns[1].cell_flags == {0: CellFlag.NUMBER}


def test_escaped_control_characters_are_decoded() -> None:
    assert column(read_cells("Dijk 24_x000D_\nGent"), "IBAN") == ["Dijk 24\r\nGent"]


def test_leading_blank_rows_and_columns_shift_nothing() -> None:
    book = Workbook()
    for index, (header, value) in enumerate(zip(HEADER, CLIENT, strict=True)):
        book.worksheets[0].cell(4, 3 + index, header)
        book.worksheets[0].cell(7, 3 + index, value)
    table = read(stored(book))
    assert table.header_row == 4
    assert table.rows.tolist() == [7]
    assert [column.letter for column in table.columns] == list("CDEFGH")


def test_a_sheet_formatted_to_its_last_row_has_the_rows_that_are_filled() -> None:
    book = book_of([HEADER, CLIENT])
    book.worksheets[0].cell(1_048_576, 1).number_format = "@"
    assert read(stored(book)).rows.tolist() == [2]


def test_hidden_rows_and_columns_are_left_out_and_named() -> None:
    book = book_of([HEADER, *[CLIENT] * 5])
    sheet = book.worksheets[0]
    for row in (3, 4, 6, 50):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions["Z"].hidden = True
    table = read(stored(book))
    assert table.rows.tolist() == [2, 5]
    assert table.column_by_letter("B") is None
    assert {finding.code: dict(finding.facts) for finding in table.findings} == {
        "rows.hidden": {"count": "3", "rows": "3-4, 6"},
        "columns.hidden": {"count": "1", "columns": "B"},
    }
    everything = read(stored(book), ReadRequest(include_hidden=True))
    assert everything.rows.tolist() == [2, 3, 4, 5, 6]
    assert everything.column_by_letter("b") is not None
    assert codes(everything) == []


def test_rich_text_is_one_text() -> None:
    rich = b'<r><t>Bakkerij </t></r><r><rPr><b/></rPr><t>Peeters</t></r><rPh sb="0" eb="1"><t>no</t></rPh>'
    data = replaced(xlsx([HEADER, CLIENT]), b"<t>Bakkerij Peeters BV</t>", rich)
    assert column(read(data), "Naam") == ["Bakkerij Peeters"]


def test_shared_strings_are_named_by_position() -> None:
    xml = b'<sst><si><t>a</t></si><si/><si><r><t>b</t></r><r><t xml:space="preserve"> c</t></r></si></sst>'
    assert read_shared_strings(BytesIO(xml)).texts.to_pylist() == ["a", "", "b c"]


def test_names_with_a_prefix_are_read() -> None:
    data = xlsx([("Naam",), ("x",)])
    with ZipFile(BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    prefixed = (
        sheet.replace(b"xmlns=", b"xmlns:x=").replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:")
    )
    prefixed = prefixed.replace(b"<x:?xml", b"<?xml")
    assert column(read(replaced(data, sheet, prefixed)), "Naam") == ["x"]
