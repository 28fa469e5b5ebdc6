"""Limits: how much a file may ask of this machine, absolute and checked before it is opened.

A ratio would refuse honest files (https://github.com/IQSS/dataverse/issues/7854) and still let 200 KB become 500 MB
(https://github.com/bobmatnyc/trusty-tools/issues/4894).
"""

from __future__ import annotations

from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from clientimport.errors import FileUnreadable

MEBIBYTE = 2**20
FILE_BYTES = 200 * MEBIBYTE
ENTRIES = 5_000
ENTRY_BYTES = 1024 * MEBIBYTE
TOTAL_BYTES = 1536 * MEBIBYTE
"""Of a file, and of the parts of an archive: ample for a workbook of CELLS, else chosen, not measured."""
PART_BYTES = 16 * MEBIBYTE
"""Parts that are read as a whole: the list of sheets, the styles."""
ROWS = 1_048_576
"""As in Excel: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3."""
COLUMNS = 16_384
CELLS = 20_000_000
"""Filled ones of a sheet; chosen, not measured: a full sheet of 19 columns."""
CELL_CHARACTERS = 32_767
CHARACTERS = 192 * MEBIBYTE
"""Of all cells together; stored as UTF-8 twice over they stay within the two gigabytes of an Arrow array."""
REPEATED = 500_000
"""Cells that a file states by a number alone ("a million rows like this one"); no list of clients does."""


def require_bounded(archive: ZipFile) -> None:
    """Raise FileUnreadable when the archive's own directory declares more than the bounds, or holds a password.

    `zipfile` never reads more from an entry than is declared, so the declaration can be relied on
    (https://github.com/LearningCircuit/local-deep-research/pull/6510).
    """
    entries = archive.infolist()
    sizes = [entry.file_size for entry in entries]
    if len(entries) > ENTRIES or sum(sizes) > TOTAL_BYTES or max(sizes, default=0) > ENTRY_BYTES:
        raise FileUnreadable("file.too_big", limit=f"{TOTAL_BYTES // MEBIBYTE} MB")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FileUnreadable("file.password")
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise BadZipFile


def require_amount(cells: int, characters: int) -> None:
    """Raise FileUnreadable when a sheet has too many filled cells, or too much text in them."""
    if cells > CELLS:
        raise FileUnreadable("file.too_many_cells", limit=CELLS)
    if characters > CHARACTERS:
        raise FileUnreadable("file.too_big", limit=f"{CHARACTERS // MEBIBYTE} MB")


def require_length(text: str, cell: str) -> None:
    """Raise FileUnreadable when a cell holds more characters than Excel allows."""
    if len(text) > CELL_CHARACTERS:
        raise FileUnreadable("file.cell_too_long", cell=cell, limit=CELL_CHARACTERS)
