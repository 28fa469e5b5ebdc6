"""An .ods workbook (LibreOffice, Google): all its sheets in one pass over the XML that holds them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import ZipFile

from clientimport.errors import FileUnreadable
from clientimport.files.archive_parts import ArchiveParts
from clientimport.files.corrupt_file import report_corruption
from clientimport.files.readers.ods_xml import NAMESPACES, OdsHandler
from clientimport.files.readers.sheet import Sheet, SheetInfo
from clientimport.files.readers.xlsx.xml_stream import parse_xml

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"


@dataclass(frozen=True, slots=True)
class OdsWorkbook:
    """The sheets of a workbook."""

    sheet_infos: tuple[SheetInfo, ...]
    sheets: Mapping[str | None, Sheet]

    def read_sheet(self, info: SheetInfo, limit: int | None = None) -> Sheet:
        """Return a sheet, or its first `limit` rows that are not blank."""
        whole = self.sheets[info.name]
        return whole if limit is None else replace(whole, grid=whole.grid.head(limit))


def open_document(data: bytes) -> OdsWorkbook:
    """Return the workbook in these bytes. Raises FileUnreadable."""
    handler = OdsHandler()
    with report_corruption(), ZipFile(BytesIO(data)) as archive:
        parts = ArchiveParts.from_archive(archive)
        if parts.has(_MANIFEST) and b"encryption-data" in parts.read(_MANIFEST):
            raise FileUnreadable("file.password_elsewhere")
        with parts.open(_CONTENT) as content:
            parse_xml(content, handler, NAMESPACES)
    return OdsWorkbook(tuple(handler.tabs), {sheet.name: sheet for sheet in handler.sheets})
