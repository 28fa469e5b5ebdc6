"""The shared strings of a workbook: its texts, each stored once and named by position."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import IO

from clientimport.files import bounds
from clientimport.files.bounds import require_amount, require_length
from clientimport.files.plain_text import TEXT, plain_text
from clientimport.files.xml_stream import stream

_ESCAPE = re.compile("_x(?!D[89A-Fa-f])([0-9A-Fa-f]{4})_")
"""ST_Xstring, ECMA-376 part 1, 22.9.2.19; halves of surrogate pairs are no characters."""


_BEFORE, _BEHIND = b"<si><t>", b"</t>"
_NOT_PLAIN = re.compile(rb"[<>\x01-\x08\x0b-\x1f]")
_PLAIN = re.compile(rb'<si><t(?: xml:space="preserve")?>(%b*)</t>' % TEXT)


def shared_strings(source: IO[bytes]) -> tuple[str, ...]:
    """Return all texts in order. Raises FileUnreadable for one that is too long."""
    handler = Strings()
    stream(source, handler, plain=_PlainStrings(handler))
    return tuple(handler.found)


def unescaped(text: str) -> str:
    r"""Return `text` with its escaped control characters as themselves.

    >>> unescaped("Dijk 24_x000D_\nGent"), unescaped("_x005F_x000D_")
    ('Dijk 24\r\nGent', '_x000D_')
    """
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class Strings:
    """What is kept of each string; how Japanese is pronounced (`rPh`) is not part of the text."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.length = 0
        self.parts: list[str] = []
        self.inside = False
        self.spoken = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 -- the Handler protocol
        """Take an opening tag."""
        if name == "si":
            self.parts = []
        elif name == "rPh":
            self.spoken = True
        self.inside = name == "t" and not self.spoken

    def text(self, part: str) -> None:
        """Take a piece of text."""
        if self.inside:
            self.parts.append(part)

    def end(self, name: str) -> None:
        """Take a closing tag."""
        self.inside = False
        if name == "rPh":
            self.spoken = False
        elif name == "si":
            self.keep("".join(self.parts))

    def keep(self, text: str) -> None:
        """Keep one string. Raises FileUnreadable when it is too long, or there are too many."""
        self.keep_all([text])

    def keep_all(self, texts: list[str]) -> None:
        """Keep strings one after the other."""
        if texts and max(map(len, texts)) > bounds.CELL_CHARACTERS:
            for at, text in enumerate(texts, len(self.found) + 1):
                require_length(text, f"#{at}")
        self.length += sum(map(len, texts))
        self.found += map(unescaped, texts)
        require_amount(len(self.found), self.length)


class _PlainStrings:
    """Takes the strings that are one text: all but those with parts in other letters."""

    opening, closing = b"<si>", b"</si>"

    def __init__(self, strings: Strings) -> None:
        self.strings = strings

    def take_all(self, elements: list[bytes]) -> bool:
        joined = b"\0".join(elements).replace(b'<t xml:space="preserve">', b"<t>")
        if not (joined.startswith(_BEFORE) and joined.endswith(_BEHIND)):
            return False
        bare = joined[len(_BEFORE) : -len(_BEHIND)].replace(_BEHIND + b"\0" + _BEFORE, b"\0")
        text = None if _NOT_PLAIN.search(bare) else plain_text(bare)
        if text is None:
            return False
        self.strings.keep_all(text.split("\0"))
        return True

    def take(self, element: bytes) -> bool:
        found = _PLAIN.fullmatch(element)
        text = plain_text(found[1]) if found else None
        if text is None:
            return False
        self.strings.keep(text)
        return True
