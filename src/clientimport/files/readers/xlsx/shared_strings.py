"""The shared strings of a workbook: its texts, each stored once and named by position."""

from __future__ import annotations

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
from clientimport.files.readers.xlsx import bulk
from clientimport.files.readers.xlsx.escaped_characters import unescape_characters
from clientimport.files.readers.xlsx.xml_stream import parse_xml_in_bulk


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

    def __getitem__(self, index: int) -> str:
        """Return a text. Raises IndexError."""
        return str(self.texts[index].as_py())


def read_shared_strings(source: IO[bytes]) -> SharedStrings:
    """Return all texts in order. Raises FileUnreadable for one that is too long."""
    handler = SharedStringsHandler()
    parse_xml_in_bulk(source, handler, _BulkStrings(handler))
    return SharedStrings(handler.build())


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
        """Handle an opening tag."""
        if name == "si":
            self.parts = []
        elif name == "rPh":
            self.spoken = True
        self.inside = name == "t" and not self.spoken

    def text(self, part: str) -> None:
        """Handle a piece of text."""
        if self.inside:
            self.parts.append(part)

    def end(self, name: str) -> None:
        """Handle a closing tag."""
        self.inside = False
        if name == "rPh":
            self.spoken = False
        elif name == "si":
            self.add("".join(self.parts))

    def add(self, text: str) -> None:
        """Add one string. Raises FileUnreadable when it is too long, or there are too many."""
        require_length(text, f"#{self.count + 1}")
        self._own.append(unescape_characters(text))
        self._count(1, len(text))

    def add_all(self, texts: pa.StringArray) -> None:
        """Add strings without escapes, in order. Raises FileUnreadable as for one."""
        lengths = pc.utf8_length(texts)
        if pc.max(lengths).as_py() > limits.CELL_CHARACTERS:
            for text in texts:
                self.add(text.as_py())
            return
        self._pack()
        self._packed.append(texts)
        self._count(len(texts), pc.sum(lengths).as_py())

    def build(self) -> pa.StringArray:
        """Return all strings in order."""
        self._pack()
        return pa.concat_arrays(self._packed)

    def _count(self, count: int, length: int) -> None:
        self.count += count
        self.length += length
        require_amount(self.count, self.length)

    def _pack(self) -> None:
        if self._own:
            self._packed.append(pa.array(self._own, pa.string()))
            self._own = []


class _BulkStrings:
    """Reads strings for a SharedStringsHandler."""

    opening, closing = b"<si>", b"</si>"

    def __init__(self, handler: SharedStringsHandler) -> None:
        self._handler = handler

    def parse(self, elements: bytes) -> pa.StringArray | None:
        """Return all these strings, None when the parser must read one."""
        return bulk.read_strings(elements)

    def add(self, parsed: pa.StringArray) -> None:
        """Add strings. Raises FileUnreadable when one is too long, or there are too many."""
        self._handler.add_all(parsed)

    def add_one(self, element: bytes) -> bool:
        """Add one string and return True; False when the parser must read it."""
        text = bulk.read_string(element)
        if text is not None:
            self._handler.add(text)
        return text is not None
