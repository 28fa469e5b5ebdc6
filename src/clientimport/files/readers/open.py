"""Opening: the bytes of a file become a book of sheets, whichever program wrote them."""

from __future__ import annotations

from clientimport.files.detect import FileFormat, detect_format
from clientimport.files.readers.sheet import Workbook


def opened(data: bytes, encoding: str | None, password: str | None) -> Workbook:
    """Return the book in `data`; each format's reader is loaded when a file asks for it. Raises FileUnreadable."""
    kind = detect_format(data)
    if kind is FileFormat.OLD_CONTAINER:
        from clientimport.files.decrypt import decrypted_workbook

        data = decrypted_workbook(data, password)
        kind = detect_format(data)
    return _book(kind, data, encoding)


def _book(kind: FileFormat, data: bytes, encoding: str | None) -> Workbook:
    match kind:
        case FileFormat.WORKBOOK:
            from clientimport.files.readers.xlsx.workbook import open_workbook

            return open_workbook(data)
        case FileFormat.BINARY_WORKBOOK:
            from clientimport.files.readers.xlsb import open_binary_workbook

            return open_binary_workbook(data)
        case FileFormat.OLD_CONTAINER | FileFormat.OLD_WORKBOOK:
            from clientimport.files.ole_container import workbook_stream
            from clientimport.files.readers.xls import open_old_workbook

            return open_old_workbook(workbook_stream(data) if kind is FileFormat.OLD_CONTAINER else data)
        case FileFormat.OPEN_DOCUMENT:
            from clientimport.files.readers.ods import open_document

            return open_document(data)
        case FileFormat.WEB_PAGE:
            from clientimport.files.readers.html import web_page

            return web_page(data, encoding)
        case FileFormat.TEXT:
            from clientimport.files.encoding import decode_text
            from clientimport.files.readers.delimited import DelimitedWorkbook

            return DelimitedWorkbook(decode_text(data, encoding))
