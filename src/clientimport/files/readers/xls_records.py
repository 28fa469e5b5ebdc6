"""The records that an .xls workbook consists of, and how a stream of them is mended so that xlrd reads its cells.

Sources: MS-XLS 2.1.4 (records), 2.4.265 (SST), 2.4.117 (FilePass),
https://learn.microsoft.com/openspecs/office_file_formats/ms-xls/cd03cb5f-ca02-4934-a391-bb674cb8aa06.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_HEAD = 4
_EOF, _FILEPASS, _CONTINUE, _SST, _INTERFACE = 0x0A, 0x2F, 0x3C, 0xFC, 0xE1
_ASIDE = frozenset(
    {
        *(0x17, 0x18, 0x23, 0x1AE, 0x218, 0x223),  # names, and the workbooks and functions that they refer to
        *(0x1C, 0x5D, 0x1B6, 0xEC, 0x800),  # notes, shapes, the texts in them, tips
        *(0x1B0, 0x1B1, 0x15F, 0x872),  # conditional formats, names by labels, tables
        *(0x5C, 0x8C, 0x92, 0x293, 0x31, 0x231, 0x45),  # who wrote it, countries, colours, styles by name, fonts
    }
)
"""What no cell's text depends on, and what xlrd takes apart all the same."""
_AROUND = frozenset({0x1B8, 0xE5, 0x7D, 0x1B})
"""Links, merged ranges, columns, page breaks: what stands around cells."""
_SHORTEST = 3
"""Bytes of a text without a letter: its length and its options."""


def is_encrypted(stream: bytes) -> bool:
    """Return whether a workbook is encrypted: its first part says so."""
    for kind, _, _ in _records(stream):
        if kind in (_FILEPASS, _EOF):
            return kind == _FILEPASS
    return False


def repaired_stream(stream: bytes, *, cells_only: bool) -> bytes:
    """Return the stream without names, notes and drawings, and with the true number of shared texts.

    With `cells_only` it is also without what stands around cells.
    """
    made = bytearray(stream)
    aside = _ASIDE | _AROUND if cells_only else _ASIDE
    texts: list[bytes] = []
    counted = before = 0
    for kind, at, length in _records(stream):
        if kind in aside:
            struct.pack_into("<H", made, at, _INTERFACE)  # nothing moves: sheets are found by where they begin
        elif kind == _SST:
            counted = at + _HEAD + 4
        if kind == _SST or (kind == _CONTINUE and before in (_SST, _CONTINUE) and texts):
            texts.append(stream[at + _HEAD : at + _HEAD + length])
        elif texts:
            struct.pack_into("<I", made, counted, _count(texts))
            texts = []
        before = kind
    return bytes(made)


def _count(parts: list[bytes]) -> int:
    """Return how many texts there are, as many as xlrd can read; the file's own number may be wrong."""
    fewest, most = 0, sum(map(len, parts)) // _SHORTEST
    while fewest < most:
        middle = (fewest + most + 1) // 2
        fewest, most = (middle, most) if _holds(parts, middle) else (fewest, middle - 1)
    return fewest


def _holds(parts: list[bytes], count: int) -> bool:
    from xlrd.book import unpack_SST_table

    try:
        unpack_SST_table(parts, count)
    except Exception:  # noqa: BLE001 -- it asserts, indexes and unpacks what it is given
        return False
    return True


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the kind of each record, where it begins, and how long its content is."""
    at = 0
    while at + _HEAD <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        yield kind, at, length
        at += _HEAD + length
