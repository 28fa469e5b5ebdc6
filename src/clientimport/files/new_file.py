"""A new file: a workbook saved whole or not at all, never over another one, the same bytes for the same content."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from clientimport.errors import FileUnreadable

if TYPE_CHECKING:
    from openpyxl import Workbook

LEVEL = 3
"""Of deflate, for what may be large: half the time of what is usual, and a seventh more bytes."""
_STAMP = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def require_new(path: Path, *, force: bool) -> None:
    """Raise FileUnreadable when `path` exists and may not be replaced, or when its folder does not exist."""
    with _refusals_told(path):
        if not path.parent.is_dir():
            raise FileUnreadable("file.no_folder", folder=path.parent, file=path)
        if path.is_dir() or (path.exists() and not force):
            raise FileUnreadable("file.exists", file=path)


def save(workbook: Workbook, path: Path, *, force: bool, private: bool = False) -> None:
    """Write `workbook` to `path`, readable by nobody but the user when it is `private`.

    A reader sees the old file or the new one, never a half. Raises FileUnreadable when it cannot be written.
    """
    require_new(path, force=force)
    write_new(saved(workbook), path, private=private)


def write_new(content: bytes, path: Path, *, private: bool = True) -> None:
    """Write `content` to `path`, whole or not at all. Raises FileUnreadable when it cannot be written."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with _refusals_told(path):
        try:
            _write(unfinished, content, 0o600 if private else 0o666)
            unfinished.replace(path)
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)


@contextmanager
def _refusals_told(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into one clear error about `path`."""
    try:
        yield
    except OSError as error:
        raise FileUnreadable("file.not_written", file=path, reason=error.strerror or error) from error


def _write(path: Path, content: bytes, mode: int) -> None:
    path.unlink(missing_ok=True)  # a process that died may have had our number
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def saved(workbook: Workbook) -> bytes:
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
