"""The shared strings of a workbook: its texts, each stored once and named by position."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import IO

from clientimport.files.bounds import require_amount, require_length
from clientimport.files.xml_stream import stream

_ESCAPE = re.compile("_x(?!D[89A-Fa-f])([0-9A-Fa-f]{4})_")
"""ST_Xstring, ECMA-376 part 1, 22.9.2.19; halves of surrogate pairs are no characters."""


def shared_strings(source: IO[bytes]) -> tuple[str, ...]:
    """Return all texts in order. Raises FileUnreadable for one that is too long."""
    handler = _Strings()
    stream(source, handler)
    return tuple(handler.found)


def unescaped(text: str) -> str:
    r"""Return `text` with its escaped control characters as themselves.

    >>> unescaped("Dijk 24_x000D_\nGent"), unescaped("_x005F_x000D_")
    ('Dijk 24\r\nGent', '_x000D_')
    """
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class _Strings:
    """What is kept of each string; how Japanese is pronounced (`rPh`) is not part of the text."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.length = 0
        self.parts: list[str] = []
        self.inside = False
        self.spoken = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 -- the Handler protocol
        if name == "si":
            self.parts = []
        elif name == "rPh":
            self.spoken = True
        self.inside = name == "t" and not self.spoken

    def text(self, part: str) -> None:
        if self.inside:
            self.parts.append(part)

    def end(self, name: str) -> None:
        self.inside = False
        if name == "rPh":
            self.spoken = False
        elif name == "si":
            text = "".join(self.parts)
            require_length(text, f"#{len(self.found) + 1}")
            self.length += len(text)
            require_amount(len(self.found), self.length)
            self.found.append(unescaped(text))
