"""Large XML in pieces: elements that repeat are kept whole and apart from what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

CHUNK = 2**20
_LONGEST = 2**22
"""Bytes after which an element that does not end goes to the parser in parts."""
_DECLARATION = re.compile(
    rb"""(?:\xef\xbb\xbf)?<\?xml version=["']1\.[01]["'](?: encoding=["'][Uu][Tt][Ff]-8["'])?"""
    rb"""(?: standalone=["'](?:yes|no)["'])? ?\?>"""
)


@dataclass(frozen=True, slots=True)
class XmlChunk:
    """What comes first belongs to the parser; then whole elements."""

    text: bytes
    elements: bytes = b""


def xml_chunks(source: IO[bytes], opening: bytes, closing: bytes) -> Iterator[XmlChunk]:
    """Yield what is in `source`; elements begin with `opening` and end with `closing`, others may stand between them.

    From where something else than elements and text comes up, none are told apart: inside a comment an element is none.
    """
    remaining, is_bare = b"", True
    for chunk in iter(lambda: source.read(CHUNK), b""):
        data, remaining = remaining + chunk, b""
        is_bare = is_bare and _is_bare(data)
        if not is_bare:
            yield XmlChunk(data)
            continue
        begin, end = data.find(opening), data.rfind(closing) + len(closing)
        if 0 <= begin < end - len(closing):
            yield XmlChunk(data[:begin], data[begin:end])
            remaining = data[end:]
        else:
            remaining = data
        if len(remaining) > _LONGEST:
            yield XmlChunk(remaining)
            remaining = b""
    yield XmlChunk(remaining)


def _is_bare(data: bytes) -> bool:
    """Return whether there are only elements and text in it, in UTF-8."""
    if b"\x00" in data or (b"!" in data and b"<!" in data):  # one letter is found in a tenth of the time that two take
        return False
    declared = _DECLARATION.match(data)
    return b"?" not in data or b"<?" not in data[declared.end() if declared else 0 :]
