"""A corrupt file: all errors that zip and XML raise over damaged bytes, as one reason to stop."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from clientimport.errors import FileUnreadable

_DAMAGE = (
    # From zipfile, which raises RuntimeError, or a kind of it, for what it knows and cannot unpack, such as a patch.
    *(BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError),
    *(ExpatError, ParseError, ValueError, LookupError),  # from XML, and from what its attributes name
)


class CorruptCell(ValueError):
    """A cell names a shared text that the workbook does not have."""

    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.cell = cell


@contextmanager
def report_corruption(sheet: str | None = None) -> Iterator[None]:
    """Turn the errors that damaged bytes lead to into FileUnreadable; `sheet` is the one that is being read."""
    try:
        yield
    except CorruptCell as error:
        raise FileUnreadable("file.damaged_cell", sheet=sheet, cell=error.cell) from error
    except _DAMAGE as error:
        raise FileUnreadable("file.damaged") from error
