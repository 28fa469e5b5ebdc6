"""The bytes of the user's file, and what kind of file they are: by content, for extensions lie."""

from __future__ import annotations

import re
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from clientimport.errors import FileUnreadable
from clientimport.files.archive_parts import ArchiveParts
from clientimport.files.corrupt_file import report_corruption
from clientimport.files.limits import FILE_BYTES, MEBIBYTE, require_bounded
from clientimport.files.ole_container import SIGNATURE, holds_workbook
from clientimport.storage.input_file import file_bytes

STDIN = "-"
_RECORDS = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
"""How a workbook of Excel 2 to 4 begins, and the records of a later one without their container: MS-XLS 2.4.21."""
_HTML = re.compile(rb"\s*(<!doctype html|<html|<table|<meta|<head|<body|<style)", re.IGNORECASE)
_SPREADSHEETS = tuple(
    b"application/vnd.oasis.opendocument." + kind for kind in (b"spreadsheet", b"spreadsheet-template")
)
_MANIFEST = "META-INF/manifest.xml"
_SHEETS = re.compile(rb"<[\w.-]+:spreadsheet[\s/>]")
_XML = re.compile(rb"\s*<(\?xml|[a-z]*:?workbook)", re.IGNORECASE)
_NEITHER = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
"""PDF, pictures, Word's rich text, other archives."""


class FileFormat(StrEnum):
    """The formats that can be read."""

    WORKBOOK = "workbook"
    """.xlsx and .xlsm."""
    BINARY_WORKBOOK = "binary workbook"
    """.xlsb."""
    OLD_CONTAINER = "old container"
    """.xls, or any workbook with a password."""
    OLD_WORKBOOK = "old workbook"
    """.xls without a container, as before Excel 5."""
    OPEN_DOCUMENT = "open document"
    """.ods."""
    WEB_PAGE = "web page"
    """HTML, whatever its name ends in."""
    TEXT = "text"
    """CSV and the like."""


def file_content(file: str, stdin: bytes | None = None) -> bytes:
    """Return what `file` holds, or `stdin` for `-`. Raises FileUnreadable."""
    data = (stdin or b"") if file == STDIN else file_bytes(Path(file), FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        raise FileUnreadable("file.too_big", limit=f"{FILE_BYTES // MEBIBYTE} MB")
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise FileUnreadable("file.empty")
    return data


def detect_format(data: bytes) -> FileFormat:
    """Return how to read these bytes. Raises FileUnreadable for what is neither workbook nor text.

    >>> detect_format(b"Naam;BTW")
    <FileFormat.TEXT: 'text'>
    """
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_archive(data)
    if data.startswith(SIGNATURE):
        # Excel wraps a workbook with a password in the old container too.
        if not holds_workbook(data):
            raise FileUnreadable("file.not_spreadsheet")
        return FileFormat.OLD_CONTAINER
    if _RECORDS.match(data):
        return FileFormat.OLD_WORKBOOK
    if _HTML.match(data.removeprefix(b"\xef\xbb\xbf")):
        return FileFormat.WEB_PAGE
    if _XML.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise FileUnreadable("file.xml")
    if data.startswith(_NEITHER):
        raise FileUnreadable("file.not_spreadsheet")
    return FileFormat.TEXT


def _kind_of_archive(data: bytes) -> FileFormat:
    with report_corruption(), ZipFile(BytesIO(data)) as archive:
        require_bounded(archive)
        parts = ArchiveParts.from_archive(archive)
        if parts.first_ending_with("workbook.bin"):
            return FileFormat.BINARY_WORKBOOK
        if parts.has("content.xml") and _is_spreadsheet(parts):
            return FileFormat.OPEN_DOCUMENT
        if parts.first_ending_with("workbook.xml"):
            return FileFormat.WORKBOOK
    raise FileUnreadable("file.not_spreadsheet")


def _is_spreadsheet(parts: ArchiveParts) -> bool:
    """Return whether an open document is a spreadsheet, which it says at up to three places."""
    if parts.has("mimetype"):
        return parts.read("mimetype").strip() in _SPREADSHEETS
    if parts.has(_MANIFEST) and any(kind in parts.read(_MANIFEST) for kind in _SPREADSHEETS):
        return True
    with parts.open("content.xml") as content:
        return any(_SHEETS.search(chunk) for chunk in iter(lambda: content.read(MEBIBYTE), b""))
