"""A new workbook: saved whole or not at all, the same bytes for the same content."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from clientimport.storage.atomic_write import PRIVATE_MODE, SHARED_MODE
from clientimport.storage.output_file import require_new, write_output

if TYPE_CHECKING:
    from openpyxl import Workbook

LEVEL = 3
"""Of deflate, for what may be large: half the time of what is usual, and a seventh more bytes."""
_STAMP = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def save_workbook(workbook: Workbook, path: Path, *, force: bool, private: bool = False) -> None:
    """Write `workbook` to `path`, readable by the user alone when it is `private`.

    A reader sees the old file or the new one, never a half. Raises FileUnreadable when it cannot be written.
    """
    require_new(path, force=force)
    write_output(workbook_bytes(workbook), path, mode=PRIVATE_MODE if private else SHARED_MODE)


def workbook_bytes(workbook: Workbook) -> bytes:
    """Return the file's content without the clock: openpyxl writes the time into the properties and the archive."""
    workbook.properties.creator = "clientimport"
    written, stable = BytesIO(), BytesIO()
    workbook.save(written)
    with ZipFile(written) as source, ZipFile(stable, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            content = _STAMP.sub(b"", content) if name == "docProps/core.xml" else content
            target.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return stable.getvalue()
