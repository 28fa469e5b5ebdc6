from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientimport.errors import FileUnreadable
from clientimport.files import limits
from clientimport.files.detect import FORMATS, FileFormat
from clientimport.files.read import ReadRequest, read_table
from clientimport.model.table import Table
from files.written import examples
from spreadsheets import CLIENT, HEADER, book_of, csv, known, read, stored, write, xlsx

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
WORKBOOK = xlsx([HEADER, CLIENT])
TEXT = csv([HEADER, CLIENT]).encode()


def archive(**parts: bytes) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


def refused(data: bytes, options: ReadRequest | None = None) -> FileUnreadable:
    with pytest.raises(FileUnreadable) as caught:
        read(data, options)
    return caught.value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "file.empty"),
        (OLE, "file.not_spreadsheet"),
        (OLE + "WordDocument".encode("utf-16-le"), "file.not_spreadsheet"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "file.damaged"),
        (OLE + "Workbook".encode("utf-16-le"), "file.damaged"),
        (b"<html><p>no table</p></html>", "file.no_table"),
        (b"\xef\xbb\xbf  <TABLE border=1>", "file.no_table"),
        (b'<?xml version="1.0"?><Workbook/>', "file.xml"),
        (b"%PDF-1.7", "file.not_spreadsheet"),
        (b"PK\x03\x04 and no more", "file.damaged"),
        (WORKBOOK[:-200], "file.damaged"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content_xml=b"<x/>"), "file.no_table"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content_xml=b"<x>"), "file.damaged"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<x/>"), "file.not_spreadsheet"),
        (archive(xl__workbook_bin=b""), "file.damaged"),
        (archive(word__document_xml=b"<x/>"), "file.not_spreadsheet"),
        (archive(xl__workbook_xml=b"<workbook/>"), "file.damaged"),
        (stored(book_of([])), "file.no_table"),
    ],
)
def test_each_kind_of_unreadable_file_has_its_own_reason(data: bytes, code: str) -> None:
    error = refused(data)
    assert (error.code, error.facts["file"]) == (code, "-")


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "no.xlsx", "file.not_found"), (tmp_path, "file.is_directory")):
        with pytest.raises(FileUnreadable) as caught:
            read_table(str(path), ReadRequest(), known)
        assert (caught.value.code, caught.value.facts["file"]) == (code, str(path))


@pytest.fixture
def nobody() -> Iterator[None]:
    """Root may read everything, so for one test it becomes somebody who may not."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield
    if root:
        os.seteuid(0)


@pytest.mark.usefixtures("nobody")
@pytest.mark.skipif(sys.platform == "win32", reason="a system whose files have permissions")
def test_a_file_without_permission_says_so() -> None:
    with TemporaryDirectory() as folder:
        file = write(Path(folder) / "secret.csv", TEXT)
        Path(file).chmod(0)
        with pytest.raises(FileUnreadable, match=r"file\.no_permission"):
            read_table(file, ReadRequest(), known)


def test_a_zip_that_declares_too_much_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = archive(xl__workbook_xml=b"<x/>", xl__worksheets__sheet1_xml=bytes(3_000_000))
    assert len(bomb) < 5_000
    monkeypatch.setattr(limits, "ENTRY_BYTES", 2_000_000)
    assert refused(bomb).code == "file.too_big"


@pytest.mark.parametrize(
    ("bound", "limit", "code"),
    [
        ("ENTRIES", 3, "file.too_big"),
        ("TOTAL_BYTES", 3000, "file.too_big"),
        ("CELL_CHARACTERS", 5, "file.cell_too_long"),
    ],
)
def test_the_bounds_hold(bound: str, limit: int, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, bound, limit)
    assert refused(WORKBOOK).code == code


EACH_FORMAT = pytest.mark.parametrize("file_format", FORMATS, ids=lambda file_format: file_format.name)


@EACH_FORMAT
def test_too_many_cells_are_refused(file_format: FileFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CELLS", 8)
    for data in examples([HEADER, CLIENT])[file_format.name].values():
        assert refused(data).code == "file.too_many_cells"


@EACH_FORMAT
@pytest.mark.parametrize(
    ("bound", "limit", "code"),
    [("CHARACTERS", 30, "file.too_big"), ("CELL_CHARACTERS", 5, "file.cell_too_long")],
)
def test_too_much_text_is_refused(
    file_format: FileFormat, bound: str, limit: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, bound, limit)
    for data in examples([HEADER, CLIENT])[file_format.name].values():
        assert refused(data).code == code


def test_a_long_cell_of_text_is_refused() -> None:
    assert refused(b"Naam;Stad\r\n" + b"x" * 40_000 + b";Gent\r\n").code == "file.cell_too_long"
    assert refused(b"Naam;Stad\r\n" + b"x" * 140_000 + b";Gent\r\n").code == "file.cell_too_long"


def test_other_compression_is_refused() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_BZIP2) as zipped:
        zipped.writestr("xl/workbook.xml", "<x/>")
    assert refused(stream.getvalue()).code == "file.damaged"


@pytest.mark.parametrize(
    ("local", "central", "value"), [(8, 10, 99), (6, 8, 0x20)], ids=["packed in a way that nobody knows", "a patch"]
)
def test_what_zip_cannot_unpack_is_damage(local: int, central: int, value: int) -> None:
    """It stands in the header before each part, and once more in the list of all parts behind them."""
    data = bytearray(WORKBOOK)
    for signature, place in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + place : at + place + 2] = value.to_bytes(2, "little")
    assert refused(bytes(data)).code == "file.damaged"


def test_entities_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        result = BytesIO()
        with ZipFile(BytesIO(WORKBOOK)) as source, ZipFile(result, "w") as target:
            for name in source.namelist():
                target.writestr(name, bomb if name == part else source.read(name))
        assert refused(result.getvalue()).code == "file.damaged"


def test_a_header_row_that_is_blank_is_refused() -> None:
    error = refused(TEXT, ReadRequest(header_row=9))
    assert (error.code, error.facts["row"]) == ("file.header_row_empty", "9")


def test_a_text_file_has_no_sheets() -> None:
    assert refused(TEXT, ReadRequest(sheet="Blad1")).code == "file.no_sheets"


def read_or_refused(data: bytes) -> None:
    try:
        assert isinstance(read(data), Table)
    except FileUnreadable as error:
        assert error.facts["file"] == "-"  # noqa: PT017 -- both outcomes are right


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_zip_is_read_or_refused(at: int, noise: bytes) -> None:
    read_or_refused(WORKBOOK[:at] + noise + WORKBOOK[at + len(noise) :])
    read_or_refused(WORKBOOK[:at])


PARTS = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(PARTS), st.floats(0, 1), st.sampled_from([b"", b"9", b"x", b"-1", b'"', b"<c/>", b"<f/>", b"1e9"])
)
def test_damaged_parts_are_read_or_refused(part: str, where: float, noise: bytes) -> None:
    result = BytesIO()
    with ZipFile(BytesIO(WORKBOOK)) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                at = int(where * len(content))
                content = content[:at] + noise + content[at + max(len(noise), 1) :]
            target.writestr(name, content)
    read_or_refused(result.getvalue())


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [b";", b",", b"\t", b'"', b"\r\n", b"\n", b"\r", b"a", b"1", b"\xe9", b"\x00", b"sep=", b"'", b"="]
        )
    )
)
def test_any_bytes_are_read_or_refused(pieces: list[bytes]) -> None:
    read_or_refused(b"".join(pieces))


@settings(max_examples=200, deadline=None)
@given(st.binary())
def test_any_noise_is_read_or_refused(noise: bytes) -> None:
    read_or_refused(noise)
