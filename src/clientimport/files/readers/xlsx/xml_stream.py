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
_EMPTY_ROW = re.compile(rb'<row r="\d+"(?:(?! hidden=)[^<>])*/>\s*(?=<row r=")')
"""A row without cells before another one: whole sheets are formatted so, too. The next says its number itself."""
_PATIENCE = 2
"""Chunks of which nothing could be read in bulk, after which it is not tried any more: chosen, not measured."""
_FEW = 2**14
"""Bytes that are not halved any more to be read in bulk: chosen, not measured."""


class XmlHandler(Protocol):
    """What happens at each element.

    Names of the root's namespace come without it, those of others with it in front; so do those of attributes.
    """

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle an opening tag."""
        ...

    def end(self, name: str) -> None:
        """Handle a closing tag."""
        ...

    def text(self, part: str) -> None:
        """Handle a piece of text."""
        ...


class BulkParser(Protocol[T]):
    """Reads whole elements that are written plainly, without the XML parser. They are not nested in each other."""

    opening: bytes
    """How each begins: `<row `."""
    closing: bytes
    """How each ends: `</row>`."""

    def parse(self, elements: bytes) -> T | None:
        """Return what these elements hold, None when the XML parser must read one; other threads may call this."""
        ...

    def add(self, parsed: T) -> None:
        """Add what `parse` has returned to what was read."""
        ...

    def add_one(self, element: bytes) -> bool:
        """Add one element, given without its closing tag, and return True; False leaves it to the XML parser."""
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
    source: IO[bytes], handler: XmlHandler, bulk: BulkParser[T], enough: Callable[[], bool] = lambda: False
) -> None:
    """Feed to `handler` what `bulk` does not read, until `enough()`. Raises what `bulk` raises, too."""
    parser = _Parser(handler)
    dispatcher = ChunkDispatcher(bulk, parser)
    chunks = xml_chunks(source, bulk.opening, bulk.closing)
    for chunk, parsed in map_parallel(dispatcher.prepare, chunks, size=CHUNK):
        dispatcher.dispatch(chunk, parsed)
        if enough():
            return
    parser.finish()


class ChunkDispatcher(Generic[T]):
    """Gives the elements of each chunk to the bulk parser, and what that leaves to the XML parser."""

    def __init__(self, bulk: BulkParser[T], parser: _Parser) -> None:
        self._bulk = bulk
        self._parser = parser
        self._failures = 0
        """Chunks in a row of which nothing was read in bulk."""

    def prepare(self, chunk: XmlChunk) -> tuple[XmlChunk, T | None]:
        """Return a chunk with what its elements hold, None when one of them must be looked at."""
        parsed = self._bulk.parse(chunk.elements) if chunk.elements and self._is_hopeful() else None
        if parsed is None and _EMPTY_ROW.search(chunk.elements):
            chunk = XmlChunk(chunk.text, _EMPTY_ROW.sub(b"", chunk.elements))
            parsed = self._bulk.parse(chunk.elements)
        return XmlChunk(_EMPTY_ROW.sub(b"", chunk.text), chunk.elements), parsed

    def dispatch(self, chunk: XmlChunk, parsed: T | None) -> None:
        """Add a chunk whose elements were `parsed` before."""
        self._parser.feed(chunk.text)
        if chunk.elements:
            self._failures = 0 if self._add(chunk.elements, parsed) else self._failures + 1

    def _is_hopeful(self) -> bool:
        return self._failures < _PATIENCE

    def _add(self, elements: bytes, parsed: T | None) -> bool:
        """Add all elements at once, or else each half of them, so that one which is not plain holds few others back.

        Returns whether some were read in bulk.
        """
        if not self._parser.means_the_root:
            self._parser.feed(elements)
            return False
        if parsed is not None:
            self._bulk.add(parsed)
            return True
        middle = elements.find(self._bulk.closing, len(elements) // 2) + len(self._bulk.closing)
        if self._is_hopeful() and len(elements) > _FEW and middle < len(elements):
            halves = elements[:middle], elements[middle:]
            added = [self._add(half, self._bulk.parse(half)) for half in halves]
            return any(added)
        for element in elements.split(self._bulk.closing)[:-1]:
            self._add_one(element)
        return False

    def _add_one(self, element: bytes) -> None:
        begin = element.find(self._bulk.opening)
        if begin > 0:
            self._parser.feed(element[:begin])
        whole = _without_empty_cells(element[begin:] if begin > 0 else element)
        if begin < 0 or not self._parser.means_the_root or not self._bulk.add_one(whole):
            self._parser.feed(whole + self._bulk.closing)


def _without_empty_cells(element: bytes) -> bytes:
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
