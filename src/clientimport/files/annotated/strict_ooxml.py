"""Strict Open XML made transitional: the same parts under the names that Excel, LibreOffice and openpyxl write.

The names are those of ISO/IEC 29500-1 and 29500-4, annex A; a workbook must not mix both.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

_STRICT = re.compile(r"http://purl\.oclc\.org/ooxml/(officeDocument|spreadsheetml|drawingml)/([A-Za-z/]+)")
_OTHERWISE = {"extendedProperties": "extended-properties", "customProperties": "custom-properties"}
_CONFORMANCE = re.compile(r'\sconformance="strict"')


def to_transitional(archive: ZipFile) -> ZipFile:
    """Return the workbook under transitional names; itself where it has them already."""
    if b"http://purl.oclc.org/ooxml/" not in archive.read("_rels/.rels"):
        return archive
    output = BytesIO()
    with ZipFile(output, "w") as target:
        for entry in archive.infolist():
            content = archive.read(entry)
            target.writestr(entry, _renamed(content) if entry.filename.endswith((".xml", ".rels", ".vml")) else content)
    return ZipFile(output)


def _renamed(content: bytes) -> bytes:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content
    return _CONFORMANCE.sub("", _STRICT.sub(_name, text)).encode()


def _name(strict: re.Match[str]) -> str:
    path = "/".join(_OTHERWISE.get(word, word) for word in strict[2].split("/"))
    return f"http://schemas.openxmlformats.org/{strict[1]}/2006/{path}"
