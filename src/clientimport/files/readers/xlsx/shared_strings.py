"""The shared strings of a workbook: its texts, each stored once and named by position."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.files import limits
from clientimport.files.limits import require_amount, require_length
from clientimport.files.readers.cell_grid import Ints
from clientimport.files.readers.cell_grid_builder import NO_TEXTS
from clientimport.files.readers.xlsx.bulk_bytes import ByteIndex
from clientimport.files.readers.xlsx.simple_text import TEXT, plain_text, plain_texts, unescaped
from clientimport.files.readers.xlsx.xml_stream import parse_xml_in_bulk

_OPENING, _PRESERVED, _CLOSING = b"<si><t>", b'<si><t xml:space="preserve">', b"</t></si>"
_SIDES = 8
"""Where the tags of a plain string begin and end: `<si><t>text</t></si>`."""
_WANTED = 0, 3, 4
"""Of these: where the string begins, the last before its text, and the first behind it."""
_PLAIN = re.compile(rb"[<>\x01-\x08\x0b-\x1f]")
_PLAIN = re.compile(rb'<si><t(?: xml:space="preserve")?>(%b*)</t>' % TEXT)


@dataclass(frozen=True)
class SharedStrings:
    """The texts, named by position."""

    texts: pa.StringArray

    @cached_property
    def lengths(self) -> Ints:
        """How many characters each has; none for white space, which is as good as nothing."""
        lengths: Ints = pc.utf8_length(self.texts).to_numpy()
        blank = pc.utf8_is_space(self.texts).to_numpy(zero_copy_only=False)
        return np.where(blank, 0, lengths)

    def __getitem__(self, at: int) -> str:
        """Return a text. Raises IndexError."""
        return str(self.texts[at].as_py())


def read_shared_strings(source: IO[bytes]) -> SharedStrings:
    """Return all texts in order. Raises FileUnreadable for one that is too long."""
    handler = SharedStringsHandler()
    parse_xml_in_bulk(source, handler, _PlainStrings(handler))
    return SharedStrings(handler.finished())


class SharedStringsHandler:
    """What is kept of each string; how Japanese is pronounced (`rPh`) is not part of the text."""

    def __init__(self) -> None:
        self.count = self.length = 0
        self.parts: list[str] = []
        self.inside = False
        self.spoken = False
        self._own: list[str] = []
        self._packed: list[pa.StringArray] = [NO_TEXTS]

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
        require_length(text, f"#{self.count + 1}")
        self._own.append(unescaped(text))
        self._add(1, len(text))

    def keep_all(self, texts: pa.StringArray) -> None:
        """Keep strings without escapes, one after the other. Raises FileUnreadable as for one."""
        lengths = pc.utf8_length(texts)
        if pc.max(lengths).as_py() > limits.CELL_CHARACTERS:
            for text in texts:
                self.keep(text.as_py())
            return
        self._pack()
        self._packed.append(texts)
        self._add(len(texts), pc.sum(lengths).as_py())

    def finished(self) -> pa.StringArray:
        """Return all strings in order."""
        self._pack()
        return pa.concat_arrays(self._packed)

    def _add(self, count: int, length: int) -> None:
        self.count += count
        self.length += length
        require_amount(self.count, self.length)

    def _pack(self) -> None:
        if self._own:
            self._packed.append(pa.array(self._own, pa.string()))
            self._own = []


class _PlainStrings:
    """Takes the strings that are one text: all but those with parts in other letters."""

    opening, closing = b"<si>", b"</si>"

    def __init__(self, strings: SharedStringsHandler) -> None:
        self.strings = strings

    def ready(self, elements: bytes) -> pa.StringArray | None:
        """Return all these strings unless one has parts."""
        text = ByteIndex.of(elements)
        ends = text.angles()
        if len(ends) % _SIDES:
            return None
        opens, begins, closes = (np.ascontiguousarray(ends[at::_SIDES]) for at in _WANTED)
        plain = text.stands(opens, _OPENING) | text.stands(opens, _PRESERVED)
        follow = np.append(opens[1:], len(elements)) == closes + len(_CLOSING)
        if not (plain & text.stands(closes, _CLOSING) & follow).all():
            return None
        return plain_texts(elements, begins + 1, closes)

    def keep(self, ready: pa.StringArray) -> None:
        """Keep strings."""
        self.strings.keep_all(ready)

    def take(self, element: bytes) -> bool:
        found = _PLAIN.fullmatch(element)
        text = plain_text(found[1]) if found else None
        if text is None:
            return False
        self.strings.keep(text)
        return True
