"""The control characters that a workbook escapes in its texts: ST_Xstring, ECMA-376 part 1, 22.9.2.19."""

from __future__ import annotations

import re

_ESCAPE = re.compile("_x(?!D[89A-Fa-f])([0-9A-Fa-f]{4})_")
"""Halves of surrogate pairs are no characters."""


def unescape_characters(text: str) -> str:
    r"""Return `text` with its escaped control characters as themselves.

    >>> unescape_characters("Dijk 24_x000D_\nGent"), unescape_characters("_x005F_x000D_")
    ('Dijk 24\r\nGent', '_x000D_')
    """
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
