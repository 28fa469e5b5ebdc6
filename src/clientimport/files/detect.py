"""The file formats that can be read, and which one a file has: by its content, for extensions lie."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from clientimport.errors import FileUnreadable
from clientimport.files.archive_parts import ArchiveParts
from clientimport.files.corrupt_file import report_corruption
from clientimport.files.limits import FILE_BYTES, MEBIBYTE, require_bounded
from clientimport.files.ole_container import SIGNATURE
from clientimport.storage.input_file import file_bytes

if TYPE_CHECKING:
    from clientimport.files.readers.sheet import Workbook

STDIN = "-"
_MANIFEST = "META-INF/manifest.xml"
_SPREADSHEETS = tuple(
    b"application/vnd.oasis.opendocument." + ending for ending in (b"spreadsheet", b"spreadsheet-template")
)
_SPREADSHEET_TAG = re.compile(rb"<[\w.-]+:spreadsheet[\s/>]")


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format that can be read."""

    name: str
    magic: re.Pattern[bytes]
    """How its bytes begin."""
    reader: str
    """The module below `files` with `open_workbook`: loaded when a file asks for it, as all together take 60 ms."""
    has_parts: Callable[[ArchiveParts], bool] | None = None
    """Of a format that is a zip archive: whether these parts are those of its workbooks."""

    def open_workbook(self, data: bytes, encoding: str | None) -> Workbook:
        """Return the workbook in these bytes. Raises FileUnreadable."""
        workbook: Workbook = import_module(self.reader).open_workbook(data, encoding)
        return workbook


def _has_part(ending: str) -> Callable[[ArchiveParts], bool]:
    return lambda parts: parts.first_ending_with(ending) is not None


def _is_opendocument_spreadsheet(parts: ArchiveParts) -> bool:
    """Return whether an open document is a spreadsheet, which it says at up to three places."""
    if not parts.has("content.xml"):
        return False
    if parts.has("mimetype"):
        return parts.read("mimetype").strip() in _SPREADSHEETS
    if parts.has(_MANIFEST) and any(mimetype in parts.read(_MANIFEST) for mimetype in _SPREADSHEETS):
        return True
    with parts.open("content.xml") as content:
        return any(_SPREADSHEET_TAG.search(chunk) for chunk in iter(lambda: content.read(MEBIBYTE), b""))


_ZIP = re.compile(rb"PK\x03\x04")
_XLS = re.compile(re.escape(SIGNATURE) + rb"|\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
"""The container of Excel 5 and later; or its records without one, as Excel 2 to 4 begin: MS-XLS 2.4.21."""
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|table|meta|head|body|style)", re.IGNORECASE)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|[a-z]*:?workbook)", re.IGNORECASE)
_TEXT = re.compile(
    rb"(?!PK\x03\x04|%PDF|\x89PNG|\xff\xd8\xff|{\\rtf|Rar!|7z\xbc\xaf|\x1f\x8b)(?!(?i:" + _XML.pattern + rb"))"
)
"""Anything but other archives, PDF, pictures, Word's rich text and XML."""
_READERS = "clientimport.files.readers"
XLSX = FileFormat("xlsx", _ZIP, f"{_READERS}.xlsx.workbook", _has_part("workbook.xml"))
FORMATS = (
    FileFormat("xlsb", _ZIP, f"{_READERS}.xlsb", _has_part("workbook.bin")),
    FileFormat("ods", _ZIP, f"{_READERS}.ods", _is_opendocument_spreadsheet),
    XLSX,
    FileFormat("xls", _XLS, f"{_READERS}.xls"),
    FileFormat("html", _HTML, f"{_READERS}.html"),
    FileFormat("delimited", _TEXT, f"{_READERS}.delimited"),
)
"""In the order in which they are asked: a text begins with anything that is none of the others."""


def file_content(file: str, stdin: bytes | None = None) -> bytes:
    """Return what `file` holds, or `stdin` for `-`. Raises FileUnreadable."""
    data = (stdin or b"") if file == STDIN else file_bytes(Path(file), FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        raise FileUnreadable("file.too_big", limit=f"{FILE_BYTES // MEBIBYTE} MB")
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise FileUnreadable("file.empty")
    return data


def detect_format(data: bytes) -> FileFormat:
    """Return the format of these bytes. Raises FileUnreadable for what is neither workbook nor text.

    >>> detect_format(b"Naam;BTW").name
    'delimited'
    """
    if not _ZIP.match(data):
        return _first_match(data, None)
    with report_corruption(), ZipFile(BytesIO(data)) as archive:
        require_bounded(archive)
        return _first_match(data, ArchiveParts.from_archive(archive))


def _first_match(data: bytes, parts: ArchiveParts | None) -> FileFormat:
    for file_format in FORMATS:
        has_parts = file_format.has_parts
        if file_format.magic.match(data) and (has_parts is None or (parts is not None and has_parts(parts))):
            return file_format
    raise FileUnreadable("file.xml" if _XML.match(data) else "file.not_spreadsheet")
