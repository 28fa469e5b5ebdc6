"""The text of an element as nearly all are written: UTF-8, with no more than the five entities of XML."""

from __future__ import annotations

import re
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.files.readers.cell_grid import Ints

TEXT = rb"[^<>\x00-\x08\x0b-\x1f]"
"""A regular expression for one byte of it. A carriage return is none: the parser makes a line feed of it."""
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f]")
"""What XML forbids, and a carriage return."""
_ESCAPE = re.compile("_x(?!D[89A-Fa-f])([0-9A-Fa-f]{4})_")
"""ST_Xstring, ECMA-376 part 1, 22.9.2.19; halves of surrogate pairs are no characters."""


def plain_text(raw: bytes) -> str | None:
    r"""Return the text, None where the parser must look at it: another reference, or what XML forbids.

    >>> plain_text(b"Peeters &amp; Zonen"), plain_text(b"a&#10;b"), plain_text(b"\xff")
    ('Peeters & Zonen', None, None)
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    if "\ufffe" in text or "\uffff" in text:
        return None
    return _resolved(text) if "&" in text else text


def _resolved(text: str) -> str | None:
    if text.count("&") != sum(text.count(entity) for entity, _ in _ENTITIES):
        return None
    for entity, character in _ENTITIES:  # the ampersand last, for it may begin another one
        text = text.replace(entity, character)
    return text


def plain_texts(data: bytes, begins: Ints, ends: Ints) -> pa.StringArray | None:
    """Return the texts between these places, without escapes; None where the parser must look at one.

    >>> plain_texts(b"<t>An &amp; Co</t><t></t>", np.array([3, 20]), np.array([14, 20])).to_pylist()
    ['An & Co', '']
    """
    if not _is_plain(data):
        return None
    texts = _between(data, begins, ends)
    if b"&" in data:
        if data.count(b"&") != sum(data.count(entity.encode()) for entity, _ in _ENTITIES):
            return None
        for entity, character in _ENTITIES:
            texts = pc.replace_substring(texts, entity, character)
    return pa.array([unescaped(str(text)) for text in texts.to_pylist()], pa.string()) if b"_x" in data else texts


def _is_plain(data: bytes) -> bool:
    """Return whether it is UTF-8 without what XML forbids."""
    if (np.frombuffer(data, np.uint8) < ord(" ")).any() and _CONTROL.search(data):
        return False
    if data.isascii():
        return True
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return "\ufffe" not in text and "\uffff" not in text


def _between(data: bytes, begins: Ints, ends: Ints) -> pa.StringArray:
    """Return what stands between these places, which rise."""
    # Arrow takes what stands in between for strings, too; every other one is taken.
    sides = np.stack([begins, ends], axis=1).astype(np.int32)
    every: Any = pa.StringArray.from_buffers(max(sides.size - 1, 0), pa.py_buffer(sides.tobytes()), pa.py_buffer(data))
    return cast("pa.StringArray", every.take(pa.array(np.arange(0, sides.size, 2))))


def unescaped(text: str) -> str:
    r"""Return `text` with its escaped control characters as themselves.

    >>> unescaped("Dijk 24_x000D_\nGent"), unescaped("_x005F_x000D_")
    ('Dijk 24\r\nGent', '_x000D_')
    """
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
