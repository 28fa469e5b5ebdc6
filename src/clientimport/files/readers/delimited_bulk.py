"""Many lines of a text file at once, where quotation marks stand around whole fields or in lines of their own kind.

A field is what lies between two separators; so the fields are the text without them, cut at their places. A line whose
marks stand otherwise is read by the csv module, and where even that finds them against the rules there is no block.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.files.readers.cell_grid import Ints
from clientimport.files.readers.first_bytes import Bytes, initials, may_be_space

_LINE_END, _MARK = ord("\n"), ord('"')
_TEXT_MARKS = list(b"='")
_TEXT_MARK = re.compile(r'=\s*"(?P<formula>[^"]*)"|\'(?P<apostrophe>[0-9+].*)', re.DOTALL)
"""Excel's two ways to keep a zero: `="0123"` and `'0123`. Neither is part of the text."""


@dataclass(frozen=True, slots=True)
class FieldBlock:
    """Lines with their fields, in order."""

    rows: Ints
    """The position of each field's line."""
    indexes: Ints
    """The position of each field in its line."""
    texts: pa.StringArray
    """What stands in each field; nothing where there is only white space."""
    widths: Ints
    """How many fields each line has."""


def typed(text: str) -> str:
    """Return what a person typed.

    >>> typed('="0123"'), typed("'0123"), typed("'s Gravenwezel")
    ('0123', '0123', "'s Gravenwezel")
    """
    mark = _TEXT_MARK.fullmatch(text)
    return (mark["formula"] or mark["apostrophe"] or "") if mark else text


def field_block(data: bytes, delimiter: str) -> FieldBlock | None:
    """Return the fields of these whole lines, which end in LF or CR LF; None when marks are used against the rules."""
    if b"\r" in data:
        if data.count(b"\r") > data.count(b"\r\n"):
            return None
        data = data.translate(None, b"\r")
    at = np.frombuffer(data, np.uint8)
    separators = np.flatnonzero((at == ord(delimiter)) | (at == _LINE_END))
    ended = at[separators] == _LINE_END
    rows = np.cumsum(ended) - ended
    widths = np.bincount(rows)
    firsts = np.cumsum(widths) - widths
    texts: Any = _between(data, at, separators, delimiter)
    others = _other_lines(data, at, separators, rows, firsts, widths, delimiter)
    if others is None:
        return None
    kept = ~np.isin(rows, list(others))
    rows, indexes = rows[kept], (np.arange(len(rows)) - firsts[rows])[kept]
    texts = texts.filter(pa.array(kept)) if others else texts
    for row, fields in others.items():
        widths[row] = len(fields)
        rows = np.concatenate([rows, np.full(len(fields), row)])
        indexes = np.concatenate([indexes, np.arange(len(fields))])
    if others:
        texts = pa.concat_arrays([texts, pa.array([one for fields in others.values() for one in fields], pa.string())])
        order = np.lexsort((indexes, rows))
        rows, indexes, texts = rows[order], indexes[order], texts.take(order)
    return FieldBlock(rows, indexes, _as_typed(texts), widths)


def _between(data: bytes, at: Bytes, separators: Ints, delimiter: str) -> pa.StringArray:
    """Return what lies between the separators, without marks."""
    ends = separators - np.arange(len(separators))
    marks = np.flatnonzero(at == _MARK)
    if len(marks):
        ends = ends - np.searchsorted(marks, separators)
    offsets = np.concatenate([[0], ends]).astype(np.int32)
    bare = data.translate(None, bytes([ord(delimiter), _LINE_END, _MARK]))
    return pa.StringArray.from_buffers(len(ends), pa.py_buffer(offsets.tobytes()), pa.py_buffer(bare))


def _other_lines(  # noqa: PLR0913, PLR0917 -- the block, taken apart
    data: bytes, at: Bytes, separators: Ints, rows: Ints, firsts: Ints, widths: Ints, delimiter: str
) -> dict[int, list[str]] | None:
    """Return the fields of the lines with marks elsewhere than around whole fields."""
    marks = np.flatnonzero(at == _MARK)
    if not len(marks):
        return {}
    begins = np.concatenate([[0], separators[:-1] + 1])
    count = np.searchsorted(marks, separators) - np.searchsorted(marks, begins)
    around = (count == 2) & (at[begins] == _MARK) & (at[separators - 1] == _MARK) & (separators - begins > 1)  # noqa: PLR2004 -- one before, one behind
    found = {}
    for row in np.unique(rows[(count > 0) & ~around]).tolist():
        line = data[begins[firsts[row]] : separators[firsts[row] + widths[row] - 1]].decode()
        try:
            (found[row],) = csv.reader([line], delimiter=delimiter, strict=True)
        except (csv.Error, ValueError):
            return None
    return found


def _as_typed(texts: Any) -> pa.StringArray:
    """Return the texts without Excel's marks for text, and nothing for white space."""
    marked = np.isin(initials(texts), _TEXT_MARKS)
    if marked.any():
        read = pa.array([typed(text) for text in texts.filter(pa.array(marked)).to_pylist()], pa.string())
        texts = pc.replace_with_mask(texts, pa.array(marked), read)
    may_be = np.flatnonzero(may_be_space(initials(texts)))
    blank = may_be[np.asarray(pc.utf8_is_space(texts.take(may_be)))]
    if len(blank):
        mask = np.zeros(len(texts), np.bool_)
        mask[blank] = True
        texts = pc.replace_with_mask(texts, pa.array(mask), pa.scalar(""))
    return cast("pa.StringArray", texts)
