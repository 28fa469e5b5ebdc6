"""Text in the XML of a workbook: escaped, with its spaces, and never a formula."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_NEVER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST = 32_767
"""Characters in a cell of Excel."""


def escaped(text: str) -> str:
    r"""Return `text` as the content of an element.

    >>> escaped("=1 & <2>\x00")
    '=1 &amp; &lt;2&gt;\ufffd'
    """
    return escape(_NEVER.sub("\ufffd", text[:LONGEST]))


def attribute(text: str) -> str:
    """Return `text` as the value of an attribute, with its quotation marks."""
    return quoteattr(_NEVER.sub("\ufffd", text))


def text_cell(reference: str, text: str, style: int = 0) -> str:
    """Return a cell of text; whatever it begins with, Excel takes it for text.

    >>> text_cell("B2", "+32475")
    '<c r="B2" s="0" t="inlineStr"><is><t xml:space="preserve">+32475</t></is></c>'
    """
    inner = f'<is><t xml:space="preserve">{escaped(text)}</t></is>'
    return f'<c r="{reference}" s="{style}" t="inlineStr">{inner}</c>'
