"""Text in the XML of a workbook: escaped, with its spaces, and never a formula."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.files.writers.text_cell import without_control_characters

_NEVER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MAX_CHARACTERS = 32_767
"""Characters in a cell of Excel."""
_ODD = r"[&<>\x00-\x1f\x{fffe}\x{ffff}]"
"""What cannot stand in XML as it is."""


def escaped(text: str) -> str:
    r"""Return `text` as the content of an element.

    >>> escaped("=1 & <2>\x00")
    '=1 &amp; &lt;2&gt;\ufffd'
    """
    return escape(_NEVER.sub("\ufffd", text[:MAX_CHARACTERS]))


def escape_all(texts: Any) -> Any:
    r"""Return texts as the contents of elements, their line ends Excel's; nearly all are as they are.

    >>> escape_all(pa.array(["Jan", None, "A & B", "a\r\nb"])).to_pylist()
    ['Jan', None, 'A &amp; B', 'a\nb']
    """
    long: Any = pc.greater(pc.utf8_length(texts), pa.scalar(MAX_CHARACTERS))
    odd: Any = pc.fill_null(pc.or_(pc.match_substring_regex(texts, _ODD), long), pa.scalar(False))
    to_escape = pc.filter(texts, odd).to_pylist()
    written = pa.array([escaped(without_control_characters(text)) for text in to_escape], pa.string())
    return pc.replace_with_mask(texts, odd, written) if to_escape else texts


def concatenate(*parts: Any) -> Any:
    """Return texts put together place by place.

    >>> concatenate("A", pa.array(["1", "2"])).to_pylist()
    ['A1', 'A2']
    """
    return pc.binary_join_element_wise(*parts, "")


def text_cells(reference: tuple[Any, ...], style: Any, contents: Any) -> Any:
    """Return cells of text, whose references are given in parts and whose contents are escaped.

    >>> text_cells(("B", pa.array(["2"])), "0", pa.array(["+32475"])).to_pylist() == [text_cell("B2", "+32475")]
    True
    """
    opening = '" t="inlineStr"><is><t xml:space="preserve">'
    return concatenate('<c r="', *reference, '" s="', style, opening, contents, "</t></is></c>")


def to_bytes(texts: pa.StringArray) -> bytes:
    """Return all texts one behind the other.

    >>> to_bytes(pa.array(["<a>", "é"])).decode()
    '<a>é'
    """
    if not len(texts):
        return b""
    _, offsets, written = texts.buffers()
    ends = np.frombuffer(memoryview(offsets or b""), np.int32)[texts.offset :]
    return bytes(memoryview(written or b"")[ends[0] : ends[len(texts)]])


def attribute(text: str) -> str:
    """Return `text` as the value of an attribute, with its quotation marks."""
    return quoteattr(_NEVER.sub("\ufffd", text))


def text_cell(reference: str, text: str, style: int = 0) -> str:
    """Return a cell of text; Excel takes it for text though it may begin like a formula.

    >>> text_cell("B2", "+32475")
    '<c r="B2" s="0" t="inlineStr"><is><t xml:space="preserve">+32475</t></is></c>'
    """
    inner = f'<is><t xml:space="preserve">{escaped(text)}</t></is>'
    return f'<c r="{reference}" s="{style}" t="inlineStr">{inner}</c>'
