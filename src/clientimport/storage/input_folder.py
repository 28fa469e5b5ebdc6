"""A folder that the user names: the spreadsheets in it, by their names."""

from __future__ import annotations

import hashlib
from pathlib import Path

from clientimport.errors import FileUnreadable
from clientimport.storage.input_file import file_bytes

ENDINGS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt", ".htm", ".html"})
"""What a spreadsheet's name may end in; other files of a folder are not opened."""


def spreadsheets_in(folder: Path) -> tuple[Path, ...]:
    """Return the spreadsheets in a folder, not in those below it, sorted by name; no hidden or lock files.

    Raises FileUnreadable for a folder without any, or one that cannot be read.
    """
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise FileUnreadable("file.io", file=folder, reason=error) from error
    files = tuple(
        path
        for path in entries
        if path.suffix.casefold() in ENDINGS and not path.name.startswith((".", "~$")) and path.is_file()
    )
    if not files:
        raise FileUnreadable("file.is_directory", file=folder)
    return files


def folder_sha256(folder: Path) -> str:
    """Return the SHA-256 of the spreadsheets in a folder, their names among it."""
    digest = hashlib.sha256()
    for path in spreadsheets_in(folder):
        digest.update(f"{path.name}\0{hashlib.sha256(file_bytes(path)).hexdigest()}\0".encode())
    return digest.hexdigest()
