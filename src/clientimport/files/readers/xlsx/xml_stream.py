"""Large XML in one pass: only what a handler keeps stays in memory, and no entity is ever expanded.

Elements that repeat and are written as nearly all of them are may be read whole, without the parser:
a `BulkParser` then reads them, many at once and on all cores. What is written otherwise goes
to the parser, element by element.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import IO, Generic, Protocol, TypeVar
from xml.parsers import expat

from clientimport.files.readers.xlsx.xml_chunks import CHUNK, XmlChunk, xml_chunks
from clientimport.files.readers.xml_names import SEPARATOR, LocalNames, namespace_of
from clientimport.model.parallel import map_parallel

T = TypeVar("T")

_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}" s="\d+" ?/>')
"""A formatted cell without content. Sheets formatted to their last row hold millions, not worth a call each."""
_PATIENCE = 2
"""Pieces of which nothing could be taken at once, after which it is not tried any more."""
_FEW = 2**14
"""Bytes that are not halved any more to be taken at once."""


class XmlHandler(Protocol):
    """What happens at each element.

    Names of the root's namespace come without it, those of others with it in front; so do those of attributes.
    """

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""
        ...

    def end(self, name: str) -> None:
        """Take a closing tag."""
        ...

    def text(self, part: str) -> None:
        """Take a piece of text."""
        ...


class BulkParser(Protocol[T]):
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


def parse_xml(source: IO[bytes], handler: XmlHandler, namespaces: Collection[str] = ()) -> None:
    """Feed all of `source` to `handler`; names in `namespaces` come without it, too.

    Raises ExpatError, and ValueError for a DTD.
    """
    parser = _Parser(handler, namespaces)
    for chunk in iter(lambda: source.read(CHUNK), b""):
        parser.feed(chunk)
    parser.finish()


def parse_xml_in_bulk(
    source: IO[bytes], handler: XmlHandler, plain: BulkParser[T], enough: Callable[[], bool] = lambda: False
) -> None:
    """Do the same until `enough()`, but for what `plain` takes. Raises what it raises, too."""
    parser = _Parser(handler)
    taking = ChunkDispatcher(plain, parser)
    parts = xml_chunks(source, plain.opening, plain.closing)
    for piece, ready in map_parallel(taking.prepared, parts, size=CHUNK):
        taking.take(piece, ready)
        if enough():
            return
    parser.finish()


class ChunkDispatcher(Generic[T]):
    """Takes what is plain, and gives the parser the rest."""

    def __init__(self, plain: BulkParser[T], parser: _Parser) -> None:
        self._plain = plain
        self._parser = parser
        self._in_vain = 0

    def prepared(self, piece: XmlChunk) -> tuple[XmlChunk, T | None]:
        """Return a piece with what its elements hold, if that can be told of all of them at once."""
        return piece, self._plain.ready(piece.elements) if piece.elements and self._is_hopeful() else None

    def take(self, piece: XmlChunk, ready: T | None) -> None:
        """Take a piece, its elements as they are `ready`."""
        self._parser.feed(piece.text)
        if piece.elements:
            self._in_vain = 0 if self._take(piece.elements, ready) else self._in_vain + 1

    def _is_hopeful(self) -> bool:
        return self._in_vain < _PATIENCE

    def _take(self, elements: bytes, ready: T | None) -> bool:
        """Take all at once, or each half of them so, that one which is not plain keeps few others back.

        Returns whether some were taken at once.
        """
        if not self._parser.means_the_root:
            self._parser.feed(elements)
            return False
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
            self._parser.feed(element[:at])
        whole = _filled(element[at:] if at > 0 else element)
        if at < 0 or not self._parser.means_the_root or not self._plain.take(whole):
            self._parser.feed(whole + self._plain.closing)


def _filled(element: bytes) -> bytes:
    """Return a row without its empty cells, unless a cell counts on them for its place."""
    if b"/>" in element and element.count(b"<c") == element.count(b'<c r="'):
        return _EMPTY_CELL.sub(b"", element)
    return element


class _Parser:
    """Expat, with names as handlers want them."""

    def __init__(self, handler: XmlHandler, namespaces: Collection[str] = ()) -> None:
        self._handler = handler
        self._namespaces = namespaces
        self._root = ""
        self._unprefixed = [""]
        """The namespaces of names without a prefix, the last one in force."""
        self._expat = expat.ParserCreate(namespace_separator=SEPARATOR)
        self._expat.buffer_text = True
        self._expat.StartDoctypeDeclHandler = _refuse
        self._expat.StartElementHandler = self._begin
        self._expat.CharacterDataHandler = handler.text
        self._expat.StartNamespaceDeclHandler = self._declare
        self._expat.EndNamespaceDeclHandler = self._withdraw

    @property
    def means_the_root(self) -> bool:
        """Whether a name without a prefix is one of the root's namespace here."""
        return self._unprefixed[-1] == self._root

    def feed(self, data: bytes) -> None:
        """Parse some more. Raises ExpatError, and what the handler raises."""
        self._expat.Parse(data)

    def finish(self) -> None:
        """Parse the end. Raises ExpatError when there is more to come."""
        self._expat.Parse(b"", True)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        """Connect the handler at the root, whose namespace is what its names mean."""
        self._root = namespace_of(name)
        names, handler = LocalNames({self._root, *self._namespaces}), self._handler
        self._expat.StartElementHandler = lambda name, given: handler.start(names[name], given)
        self._expat.EndElementHandler = lambda name: handler.end(names[name])
        handler.start(names[name], attributes)

    def _declare(self, prefix: str | None, namespace: str | None) -> None:
        if prefix is None:
            self._unprefixed.append(namespace or "")

    def _withdraw(self, prefix: str | None) -> None:
        if prefix is None:
            self._unprefixed.pop()


def _refuse(*_: object) -> None:
    raise ValueError("a document type inside a workbook")
