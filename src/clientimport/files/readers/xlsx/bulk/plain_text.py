"""The text of an element as nearly all are written: UTF-8, with no more than the five entities of XML."""

from __future__ import annotations

import re
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.files.readers.cell_grid import Ints
from clientimport.files.readers.xlsx.escaped_characters import unescape_characters

TEXT = rb"[^<>\x00-\x08\x0b-\x1f]"
"""A regular expression for one byte of it. A carriage return is none: the parser makes a line feed of it."""
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f]")
"""What XML forbids, and a carriage return."""


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
    return _resolve_entities(text) if "&" in text else text


def _resolve_entities(text: str) -> str | None:
    if text.count("&") != sum(text.count(entity) for entity, _ in _ENTITIES):
        return None
    for entity, character in _ENTITIES:  # the ampersand last, for it may begin another one
        text = text.replace(entity, character)
    return text


def plain_texts(data: bytes, begins: Ints, ends: Ints) -> pa.StringArray | None:
    """Return the texts from each of `begins` to each of `ends`, None when the parser must look at one.

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
    return (
        pa.array([unescape_characters(str(text)) for text in texts.to_pylist()], pa.string())
        if b"_x" in data
        else texts
    )


def _is_plain(data: bytes) -> bool:
    """Return whether `data` is UTF-8 without what XML forbids."""
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
    """Return the bytes from each of `begins` to each of `ends`, which both rise."""
    # Arrow takes what stands between two texts for a string, too: every other string is kept.
    sides = np.stack([begins, ends], axis=1).astype(np.int32)
    every: Any = pa.StringArray.from_buffers(max(sides.size - 1, 0), pa.py_buffer(sides.tobytes()), pa.py_buffer(data))
    return cast("pa.StringArray", every.take(pa.array(np.arange(0, sides.size, 2))))
