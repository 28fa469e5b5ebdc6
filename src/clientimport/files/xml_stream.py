"""Large XML in one pass: only what a handler keeps stays in memory, and no entity is ever expanded."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import IO, Protocol
from xml.parsers import expat

_CHUNK = 2**18
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}" s="\d+" ?/>')
"""A formatted cell without content. Sheets formatted to their last row hold millions, not worth a call each."""


class Handler(Protocol):
    """What happens at each element; names come without their prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""
        ...

    def end(self, name: str) -> None:
        """Take a closing tag."""
        ...

    def text(self, part: str) -> None:
        """Take a piece of text."""
        ...


def stream(source: IO[bytes], handler: Handler, enough: Callable[[], bool] = lambda: False) -> None:
    """Feed `source` to `handler` until its end, or until `enough()`. Raises ExpatError, and ValueError for a DTD."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, attributes: _begin(parser, handler, name, attributes)
    parser.CharacterDataHandler = handler.text
    while chunk := source.read(_CHUNK):
        parser.Parse(_EMPTY_CELL.sub(b"", chunk))
        if enough():
            return
    parser.Parse(b"", True)


def _begin(parser: expat.XMLParserType, handler: Handler, root: str, attributes: dict[str, str]) -> None:
    """Connect the handler at the root; where names have prefixes (`x:row`) each must be cut, which takes time."""
    if ":" in root:
        parser.StartElementHandler = lambda name, given: handler.start(name[name.rfind(":") + 1 :], given)
        parser.EndElementHandler = lambda name: handler.end(name[name.rfind(":") + 1 :])
    else:
        parser.StartElementHandler, parser.EndElementHandler = handler.start, handler.end
    handler.start(root[root.rfind(":") + 1 :], attributes)


def _refuse(*_: object) -> None:
    raise ValueError("a document type inside a workbook")
