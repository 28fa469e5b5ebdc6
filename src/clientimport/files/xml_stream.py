"""Large XML in one pass: only what a handler keeps stays in memory, and no entity is ever expanded.

Elements that repeat and are written as nearly all of them are may be taken whole, without the parser: a `Plain` then
reads them with one regular expression. Whatever is written otherwise goes to the parser, element by element.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Protocol
from xml.parsers import expat

from clientimport.files.ahead import ahead

_CHUNK = 2**20
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}" s="\d+" ?/>')
"""A formatted cell without content. Sheets formatted to their last row hold millions, not worth a call each."""

_DECLARATION = re.compile(
    rb"""(?:\xef\xbb\xbf)?<\?xml version=["']1\.[01]["'](?: encoding=["'][Uu][Tt][Ff]-8["'])?"""
    rb"""(?: standalone=["'](?:yes|no)["'])? ?\?>"""
)
_PATIENCE = 2
"""Pieces of which nothing could be taken at once, after which it is not tried any more."""
_FEW = 2**14
"""Bytes that are not halved any more to be taken at once."""
_LONGEST = 2**22
"""Bytes after which an element that does not end goes to the parser in parts."""


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


class Plain(Protocol):
    """Takes whole elements that are written plainly. They are not nested in each other."""

    opening: bytes
    """How each begins: `<row `."""
    closing: bytes
    """How each ends: `</row>`."""

    def take(self, element: bytes) -> bool:
        """Take one element, without its closing tag, and return True; False leaves it to the parser."""
        ...

    def take_all(self, elements: bytes) -> bool:
        """Take many elements at once and return True, or take none and return False."""
        ...


def stream(
    source: IO[bytes], handler: Handler, enough: Callable[[], bool] = lambda: False, plain: Plain | None = None
) -> None:
    """Feed `source` to `handler` until its end, or until `enough()`. Raises ExpatError, and ValueError for a DTD."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, attributes: _begin(parser, handler, name, attributes)
    parser.CharacterDataHandler = handler.text
    rest, in_vain = b"", 0
    for chunk in _chunks(source):
        data = rest + chunk
        if plain is not None and not _is_bare(data):
            plain = None  # inside a comment an element is none
        if plain is not None:
            rest, some = _taken(data, plain, parser, at_once=in_vain < _PATIENCE)
            in_vain = 0 if some else in_vain + 1
        else:
            rest = b""
        if plain is None:
            parser.Parse(data)
        if enough():
            return
    parser.Parse(rest, True)


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    """Yield what is in `source`; of what is large, the next piece is unpacked while one is read."""
    yield source.read(_CHUNK)
    if second := source.read(_CHUNK):
        yield second
        yield from ahead(iter(lambda: source.read(_CHUNK), b""))


def _is_bare(data: bytes) -> bool:
    """Return whether there are only elements and text in it, in UTF-8."""
    if b"\x00" in data or (b"!" in data and b"<!" in data):  # one letter is found in a tenth of the time that two take
        return False
    declared = _DECLARATION.match(data)
    return b"?" not in data or b"<?" not in data[declared.end() if declared else 0 :]


def _taken(data: bytes, plain: Plain, parser: expat.XMLParserType, *, at_once: bool) -> tuple[bytes, bool]:
    """Take every whole element in `data` and give the parser what is not plain.

    Returns what is not whole yet, and whether some were taken at once.
    """
    begin, end = data.find(plain.opening), data.rfind(plain.closing) + len(plain.closing)
    some = False
    if 0 <= begin < end - len(plain.closing):
        parser.Parse(data[:begin])
        some = _take(data[begin:end], plain, parser, at_once=at_once)
        data = data[end:]
    if len(data) <= _LONGEST:
        return data, some
    parser.Parse(data)
    return b"", some


def _take(elements: bytes, plain: Plain, parser: expat.XMLParserType, *, at_once: bool) -> bool:
    """Take all at once, or each half of them so, that one which is not plain keeps few others back."""
    if at_once and plain.take_all(elements):
        return True
    middle = elements.find(plain.closing, len(elements) // 2) + len(plain.closing)
    if at_once and len(elements) > _FEW and middle < len(elements):
        first = _take(elements[:middle], plain, parser, at_once=True)
        return _take(elements[middle:], plain, parser, at_once=True) or first
    for element in elements.split(plain.closing)[:-1]:
        at = element.find(plain.opening)
        if at > 0:
            parser.Parse(element[:at])
        whole = _filled(element[at:] if at > 0 else element)
        if at < 0 or not plain.take(whole):
            parser.Parse(whole + plain.closing)
    return False


def _filled(element: bytes) -> bytes:
    """Return a row without its empty cells, unless a cell counts on them for its place."""
    if b"/>" in element and element.count(b"<c") == element.count(b'<c r="'):
        return _EMPTY_CELL.sub(b"", element)
    return element


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
