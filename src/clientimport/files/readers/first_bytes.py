"""Initials: the first byte of each of many texts, which tells of nearly all of them that they are nothing special."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]

_SPACE, _LETTERS = 0x20, 0x80


def initials(texts: pa.StringArray) -> Bytes:
    """Return the first byte of each in UTF-8: a letter of ASCII is itself, all others are from 128 on.

    That of an empty text is whatever follows it.

    >>> initials(pa.array(["Gent", "", "'0123", "élan"])).tolist()
    [71, 39, 39, 195]
    """
    _, offsets, data = texts.buffers()
    held = np.frombuffer(memoryview(data or b""), np.uint8)
    if not len(texts) or not len(held):
        return np.zeros(len(texts), np.uint8)
    begins = np.frombuffer(memoryview(offsets or b""), np.int32)[texts.offset :][: len(texts)]
    return held.take(begins, mode="clip")  # an empty text may begin where all of them end


def may_be_space(first: Bytes) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    r"""Tell which texts may hold nothing but white space, which begins below the letters or beyond ASCII.

    >>> may_be_space(initials(pa.array([" ", "Gent", "\u00a0"]))).tolist()
    [True, False, True]
    """
    return (first <= _SPACE) | (first >= _LETTERS)
