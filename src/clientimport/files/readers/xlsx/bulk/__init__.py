"""Parsing many rows of a sheet's XML at once, where a program wrote them as nearly all do: README.md has a drawing.

This package saves time and nothing else: the XML parser reads all that it reads. None always means: the parser must.
"""

from __future__ import annotations

import pyarrow as pa

from clientimport.files.readers.xlsx.bulk.plain_row import PlainRow, parse_row
from clientimport.files.readers.xlsx.bulk.plain_string import parse_string, parse_strings
from clientimport.files.readers.xlsx.bulk.row_block import RowBlock, parse_rows

__all__ = ["ENABLED", "PlainRow", "RowBlock", "read", "read_row", "read_string", "read_strings"]

ENABLED = True
"""False leaves every row and every shared string to the XML parser: the same sheet, twenty times as slow (measured)."""


def read(chunk: bytes) -> RowBlock | None:
    """Return the rows in `chunk`, which begins with `<row ` and ends with `</row>`."""
    return parse_rows(chunk) if ENABLED else None


def read_row(row: bytes) -> PlainRow | None:
    """Return one row, which is given without its `</row>`: for those beside a row that is not plain."""
    return parse_row(row) if ENABLED else None


def read_strings(chunk: bytes) -> pa.StringArray | None:
    """Return the shared strings in `chunk`, which begins with `<si>` and ends with `</si>`."""
    return parse_strings(chunk) if ENABLED else None


def read_string(item: bytes) -> str | None:
    """Return one shared string, which is given without its `</si>`."""
    return parse_string(item) if ENABLED else None
