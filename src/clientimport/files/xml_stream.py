"""Large XML in one pass: only what a handler keeps stays in memory, and no entity is ever expanded.

Elements that repeat and are written as nearly all of them are may be taken whole, without the parser: a `Plain` then
reads them, many at once and on all cores. Whatever is written otherwise goes to the parser, element by element.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import IO, Generic, Protocol, TypeVar
from xml.parsers import expat

from clientimport.files.xml_pieces import CHUNK, Piece, pieces
from clientimport.side_by_side import side_by_side

T = TypeVar("T")

_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}" s="\d+" ?/>')
"""A formatted cell without content. Sheets formatted to their last row hold millions, not worth a call each."""
_PATIENCE = 2
"""Pieces of which nothing could be taken at once, after which it is not tried any more."""
_FEW = 2**14
"""Bytes that are not halved any more to be taken at once."""


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


class Plain(Protocol[T]):
    """Takes whole elements that are written plainly. They are not nested in each other."""

    opening: bytes
    """How each begins: `<row `."""
    closing: bytes
    """How each ends: `</row>`."""

    def take(self, element: bytes) -> bool:
        """Take one element, without its closing tag, and return True; False leaves it to the parser."""
        ...

    def ready(self, elements: bytes) -> T | None:
        """Return what these elements hold, None where one of them must be looked at; other threads may call this."""
        ...

    def keep(self, ready: T) -> None:
        """Keep what elements hold."""
        ...


def stream(source: IO[bytes], handler: Handler) -> None:
    """Feed all of `source` to `handler`. Raises ExpatError, and ValueError for a DTD."""
    parser = _parser(handler)
    for chunk in iter(lambda: source.read(CHUNK), b""):
        parser.Parse(chunk)
    parser.Parse(b"", True)


def stream_taking(
    source: IO[bytes], handler: Handler, plain: Plain[T], enough: Callable[[], bool] = lambda: False
) -> None:
    """Do the same until `enough()`, but for what `plain` takes. Raises what it raises, too."""
    parser = _parser(handler)
    taking = _Taking(plain, parser)
    parts = pieces(source, plain.opening, plain.closing)
    for piece, ready in side_by_side(taking.prepared, parts, size=CHUNK):
        taking.take(piece, ready)
        if enough():
            return
    parser.Parse(b"", True)


class _Taking(Generic[T]):
    """Takes what is plain, and gives the parser the rest."""

    def __init__(self, plain: Plain[T], parser: expat.XMLParserType) -> None:
        self._plain = plain
        self._parser = parser
        self._in_vain = 0

    def prepared(self, piece: Piece) -> tuple[Piece, T | None]:
        """Return a piece with what its elements hold, if that can be told of all of them at once."""
        return piece, self._plain.ready(piece.elements) if piece.elements and self._is_hopeful() else None

    def take(self, piece: Piece, ready: T | None) -> None:
        """Take a piece, its elements as they are `ready`."""
        self._parser.Parse(piece.text)
        if piece.elements:
            self._in_vain = 0 if self._take(piece.elements, ready) else self._in_vain + 1

    def _is_hopeful(self) -> bool:
        return self._in_vain < _PATIENCE

    def _take(self, elements: bytes, ready: T | None) -> bool:
        """Take all at once, or each half of them so, that one which is not plain keeps few others back.

        Returns whether some were taken at once.
        """
        if ready is not None:
            self._plain.keep(ready)
            return True
        middle = elements.find(self._plain.closing, len(elements) // 2) + len(self._plain.closing)
        if self._is_hopeful() and len(elements) > _FEW and middle < len(elements):
            halves = elements[:middle], elements[middle:]
            taken = [self._take(half, self._plain.ready(half)) for half in halves]
            return any(taken)
        for element in elements.split(self._plain.closing)[:-1]:
            self._take_one(element)
        return False

    def _take_one(self, element: bytes) -> None:
        at = element.find(self._plain.opening)
        if at > 0:
            self._parser.Parse(element[:at])
        whole = _filled(element[at:] if at > 0 else element)
        if at < 0 or not self._plain.take(whole):
            self._parser.Parse(whole + self._plain.closing)


def _filled(element: bytes) -> bytes:
    """Return a row without its empty cells, unless a cell counts on them for its place."""
    if b"/>" in element and element.count(b"<c") == element.count(b'<c r="'):
        return _EMPTY_CELL.sub(b"", element)
    return element


def _parser(handler: Handler) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, attributes: _begin(parser, handler, name, attributes)
    parser.CharacterDataHandler = handler.text
    return parser


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
