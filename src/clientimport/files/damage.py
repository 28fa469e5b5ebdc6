"""Damage: everything that zip and XML raise over bytes that are not what they say, as one reason to stop."""

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


@contextmanager
def damage_reported() -> Iterator[None]:
    """Turn whatever damaged bytes lead to into FileUnreadable."""
    try:
        yield
    except _DAMAGE as error:
        raise FileUnreadable("file.damaged") from error
