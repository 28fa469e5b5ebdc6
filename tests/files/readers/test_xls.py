"""Old workbooks are read whatever stands around their cells; what is lost then is said."""

from __future__ import annotations

import struct
from io import BytesIO

import olefile
import pytest
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile

from clientimport.errors import FileUnreadable
from files.written import xls
from spreadsheets import CLIENT, HEADER, codes, column, read, xlsx

ROWS = (HEADER, CLIENT)
PROTECTION, GRID_LINES = b"\x19\x00\x02\x00", b"\x82\x00\x02\x00"
"""Records of two bytes that no cell needs: one of the workbook, one of a sheet."""


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<2H", kind, len(content)) + content


def bare(version: int, begin: int, label: int) -> bytes:
    """Return a workbook as Excel 2 to 4 wrote it: one sheet, no container."""
    made = record(begin, struct.pack("<3H", version, 0x10, 0)[: 4 if version == 2 else 6])
    for number, texts in enumerate(ROWS):
        for index, text in enumerate(texts):
            size = struct.pack("<B" if version == 2 else "<H", len(text))
            style = bytes(3) if version == 2 else bytes(2)
            made += record(label, struct.pack("<2H", number, index) + style + size + text.encode("cp1252"))
    return made + record(0x0A, b"")


def renamed(old: bytes, kind: int, content: bytes = b"\xff\xff") -> bytes:
    """Return a workbook in which one record is of another kind, and too short for it."""
    data = xls(ROWS)
    at = data.index(old)
    return data[:at] + struct.pack("<2H", kind, 2) + content + data[at + 6 :]


@pytest.mark.parametrize(("version", "begin", "label"), [(2, 0x09, 0x04), (3, 0x209, 0x204), (4, 0x409, 0x204)])
def test_excel_2_to_4_are_read(version: int, begin: int, label: int) -> None:
    table = read(bare(version, begin, label))
    assert (column(table, "Naam"), column(table, "E-mail")) == ([CLIENT[0]], [CLIENT[2]])


def test_records_without_their_container_are_read() -> None:
    with olefile.OleFileIO(BytesIO(xls(ROWS))) as container:
        stream = container.openstream("Workbook").read()
    assert column(read(stream), "Naam") == [CLIENT[0]]


def test_a_stream_named_in_capitals_is_read() -> None:
    data = xls(ROWS).replace("Workbook".encode("utf-16-le"), "WORKBOOK".encode("utf-16-le"))
    assert column(read(data), "Naam") == [CLIENT[0]]


def test_sectors_that_two_streams_share_are_read() -> None:
    """As PHPExcel wrote them: the stream of small things lies where the workbook does."""
    data = bytearray(xls(ROWS))
    root = data.index("Root Entry".encode("utf-16-le"))
    struct.pack_into("<2I", data, root + 116, 0, 64)
    assert column(read(bytes(data)), "Naam") == [CLIENT[0]]


@pytest.mark.parametrize(
    ("old", "kind"), [(PROTECTION, 0x18), (PROTECTION, 0x1AE), (GRID_LINES, 0x1C), (GRID_LINES, 0x1B6)]
)
def test_a_name_or_a_note_that_cannot_be_read_is_no_reason_to_refuse(old: bytes, kind: int) -> None:
    table = read(renamed(old, kind))
    assert (column(table, "Naam"), codes(table)) == ([CLIENT[0]], [])


@pytest.mark.parametrize("more", [-1, 1, 500, 2**31])
def test_a_wrong_number_of_shared_texts_is_counted_again(more: int) -> None:
    data = bytearray(xls(ROWS))
    at = data.index(b"\xfc\x00") + 8
    (count,) = struct.unpack_from("<I", data, at)
    assert count == len(HEADER) + len(CLIENT)
    struct.pack_into("<I", data, at, count + more)
    table = read(bytes(data))
    assert [column(table, header) for header in HEADER] == [[text] for text in CLIENT]


def test_what_is_lost_around_the_cells_is_said() -> None:
    table = read(renamed(GRID_LINES, 0xE5))
    assert (column(table, "Naam"), codes(table)) == ([CLIENT[0]], ["file.formats_lost"])


def test_nothing_is_lost_without_need() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Klanten")
    for number, texts in enumerate((*ROWS, CLIENT)):
        for index, text in enumerate(texts):
            sheet.write(number, index, text)
    sheet.row(2).hidden = True
    made = BytesIO()
    book.save(made)
    data = made.getvalue()
    at = data.index(PROTECTION)
    for whole in (data, data[:at] + b"\x18" + data[at + 1 :]):
        table = read(whole)
        assert (table.rows.tolist(), codes(table)) == ([2], ["rows.hidden"])


def test_a_text_that_is_not_there_is_damage_never_another() -> None:
    data = bytearray(xls(ROWS))
    at = data.rindex(b"\xfd\x00\x0a\x00")
    struct.pack_into("<I", data, at + 10, 0xFFFFFFFF)
    with pytest.raises(FileUnreadable, match=r"file\.damaged"):
        read(bytes(data))


def test_a_word_document_that_speaks_of_a_book_is_no_spreadsheet() -> None:
    data = xls(ROWS).replace("Workbook".encode("utf-16-le"), "WordDoku".encode("utf-16-le"))
    with pytest.raises(FileUnreadable, match=r"file\.not_spreadsheet"):
        read(data + "Workbook".encode("utf-16-le"))


def test_what_excel_opens_without_a_password_needs_none() -> None:
    """It encrypts what only has a protected structure, with a word of its own."""
    stream = BytesIO()
    OOXMLFile(BytesIO(xlsx(ROWS))).encrypt("VelvetSweatshop", stream)
    assert column(read(stream.getvalue()), "Naam") == [CLIENT[0]]


def test_a_locked_workbook_of_excel_95_is_named_as_one() -> None:
    data = xls(ROWS)
    at = data.index(PROTECTION)
    locked = data[:at] + b"\x2f" + data[at + 1 :]
    with pytest.raises(FileUnreadable, match=r"file\.(password_elsewhere|password|damaged)"):
        read(locked.replace("Workbook".encode("utf-16-le"), "WORKBOOK".encode("utf-16-le")))
