"""Shared strings that are one text, many at once: all but those with parts in other fonts."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from clientimport.files.readers.xlsx.bulk.byte_index import ByteIndex
from clientimport.files.readers.xlsx.bulk.plain_text import TEXT, plain_text, plain_texts

_OPENING, _PRESERVED, _CLOSING = b"<si><t>", b'<si><t xml:space="preserve">', b"</t></si>"
_BRACKETS = 8
"""How many `<` and `>` a plain string has: `<si><t>text</t></si>`."""
_NEEDED = 0, 3, 4
"""Of these: where the string begins, the last before its text, and the first behind it."""
_STRING = re.compile(rb'<si><t(?: xml:space="preserve")?>(%b*)</t>' % TEXT)


def parse_strings(chunk: bytes) -> pa.StringArray | None:
    """Return the strings in `chunk`, None when one of them has parts.

    >>> parse_strings(b"<si><t>An</t></si><si><t>Bo</t></si>").to_pylist()
    ['An', 'Bo']
    """
    index = ByteIndex.from_bytes(chunk)
    brackets = index.angle_brackets()
    if len(brackets) % _BRACKETS:
        return None
    opens, begins, ends = (np.ascontiguousarray(brackets[offset::_BRACKETS]) for offset in _NEEDED)
    plain = index.matches(opens, _OPENING) | index.matches(opens, _PRESERVED)
    follow = np.append(opens[1:], len(chunk)) == ends + len(_CLOSING)
    if not (plain & index.matches(ends, _CLOSING) & follow).all():
        return None
    return plain_texts(chunk, begins + 1, ends)


def parse_string(item: bytes) -> str | None:
    """Return one string, given without its closing tag, None when it has parts.

    >>> parse_string(b"<si><t>An &amp; Bo</t>"), parse_string(b"<si><r><t>An</t></r>")
    ('An & Bo', None)
    """
    match = _STRING.fullmatch(item)
    return plain_text(match[1]) if match else None
