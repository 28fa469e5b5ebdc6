"""The records that the parts of an .xlsb workbook consist of: a number for the kind, a length, and the bytes.

Sources: MS-XLSB 2.1.4 (record), 2.5.168 (XLWideString),
https://learn.microsoft.com/openspecs/office_file_formats/ms-xlsb/acc8aa92-1f02-4167-99f5-84f9f676b95a.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import IO

_CHUNK = 2**20
_MORE = 0x80
_ABSENT = 0xFFFF_FFFF
_KIND_BYTES, _LENGTH_BYTES = 2, 4


def records(source: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield kind and content of each record. Raises ValueError when one ends too early."""
    data, at = b"", 0
    while True:
        if len(data) - at < _CHUNK and (more := source.read(_CHUNK)):
            data, at = data[at:] + more, 0
            continue
        if at >= len(data):
            return
        kind, at = _number(data, at, _KIND_BYTES)
        length, at = _number(data, at, _LENGTH_BYTES)
        while len(data) - at < length:
            more = source.read(max(_CHUNK, length))
            if not more:
                raise ValueError("a record ends too early")
            data, at = data[at:] + more, 0
        yield kind, data[at : at + length]
        at += length


def wide_string(data: bytes, at: int) -> tuple[str, int]:
    """Return the text that begins at `at`, and where it ends; absent text is empty. Raises ValueError."""
    (length,) = struct.unpack_from("<I", data, at)
    if length == _ABSENT:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(data):
        raise ValueError("a text ends too early")
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def compressed_number(bits: int) -> float:
    """Return the number in an RkNumber (MS-XLSB 2.5.122): an integer or the top of a double, perhaps in hundredths.

    >>> compressed_number(0b1000_0010), compressed_number(0b1000_0011)
    (32.0, 0.32)
    """
    if bits & 2:
        value = float((bits >> 2) - (1 << 30 if bits >> 31 else 0))
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (bits & 0xFFFF_FFFC) << 32))
    return value / 100 if bits & 1 else value


def _number(data: bytes, at: int, longest: int) -> tuple[int, int]:
    """Return the number that begins at `at`, seven bits a byte, and where it ends. Raises IndexError."""
    value = 0
    for place in range(longest):
        byte = data[at + place]
        value |= (byte & (_MORE - 1)) << (7 * place)
        if not byte & _MORE:
            return value, at + place + 1
    return value, at + longest
