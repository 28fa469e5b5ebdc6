"""XML in the one form that we patch: by namespace, whichever prefixes and quotation marks its program chose.

What is written so already, as nearly all programs do, stays letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MICROSOFT = "urn:schemas-microsoft-com"
_DRAWING = {f"{_MICROSOFT}:vml": "v", f"{_MICROSOFT}:office:office": "o", f"{_MICROSOFT}:office:excel": "x"}
PREFIXES: Mapping[str, str] = {
    MAIN: "",
    f"{_PACKAGE}/relationships": "",
    f"{_PACKAGE}/content-types": "",
    OFFICE: "r",
    **_DRAWING,
}
"""The prefix that each namespace has with us; none is the default."""
_AT_ROOT: Mapping[str, Mapping[str, str]] = {MAIN: {"r": OFFICE}, "": {prefix: uri for uri, prefix in _DRAWING.items()}}
"""What we may write below a root of this namespace, and therefore declare at it; a drawing's `<xml>` has none."""

_DECLARATION = re.compile(r"""\sxmlns(?::([^\s=]+))?\s*=\s*["']([^"']*)["']""")
_LOOSE = re.compile(r"""<[^<>]*[\w:.-](?:\s*=\s*'|\s+=\s*"|=\s+")""")
_CLOSED_APART = re.compile(r"[^/]></(?:sheet|col|dimension|Relationship)>")
_ENCODING = re.compile(r"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)""")
_ROOT = re.compile(r"<(?:worksheet|workbook)\b[^>]*>")


def canonical_xml(part: bytes) -> str:
    """Return a part so that its elements can be found by their names. Raises ExpatError, LookupError and ValueError.

    >>> canonical_xml(f'<x:sst xmlns:x="{MAIN}" xmlns:z="z"><x:si z:a="1"></x:si></x:sst>'.encode()).partition("<si")[2]
    ' z:a="1"/></sst>'
    """
    try:
        text = part.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _XmlRewriter().rewrite(part)
    return text if _is_canonical(text) else _XmlRewriter().rewrite(part)


def declare_relations_prefix(xml: str) -> str:
    """Return a sheet or list of sheets whose root declares the prefix of relations."""
    root = _ROOT.search(xml)
    if root is None or "xmlns:r=" in root[0]:
        return xml
    name = root[0].partition(" ")[0].rstrip(">")
    return f'{xml[: root.start()]}{name} xmlns:r="{OFFICE}"{xml[root.start() + len(name) :]}'


def _is_canonical(text: str) -> bool:
    encoding = _ENCODING.match(text)
    if encoding and encoding[1].casefold() not in {"utf-8", "us-ascii"}:
        return False
    if "<!" in text or _CLOSED_APART.search(text):
        return False
    if any(sign in text for sign in ("='", " =", "= ")) and _LOOSE.search(text):
        return False
    return all(_is_ours(prefix, uri) for prefix, uri in _DECLARATION.findall(text))


def _is_ours(prefix: str, uri: str) -> bool:
    """Return whether this program would declare it so, or may leave it as it is."""
    return PREFIXES[uri] == prefix if uri in PREFIXES else not prefix or prefix not in PREFIXES.values()


class _XmlRewriter:
    """Writes a part again, with our prefixes for the namespaces that we know and its own for all others."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._scopes: list[Mapping[str, str]] = [{"": "", "xml": "xml"}]
        self._defaults = [""]
        self._names: list[str] = []
        self._open = False
        """Whether the last tag may still close itself."""

    def rewrite(self, part: bytes) -> str:
        """Return the part, written again."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(part, True)
        return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + "".join(self._written)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        declared = {key.partition(":")[2]: uri for key, uri in attributes.items() if key.partition(":")[0] == "xmlns"}
        scope = {**self._scopes[-1], **declared} if declared else self._scopes[-1]
        prefix, local = _split(name)
        uri = scope[prefix]
        kept = {
            declared_prefix: value
            for declared_prefix, value in declared.items()
            if declared_prefix and value not in PREFIXES
        }
        if any(declared_prefix in PREFIXES.values() for declared_prefix in kept):
            raise ValueError("a prefix of ours that means something else")
        if not self._names:
            kept |= _AT_ROOT.get(uri, {})
        given = [f" xmlns:{declared_prefix}={quoteattr(value)}" for declared_prefix, value in kept.items()]
        prefix = PREFIXES.get(uri, prefix)
        if not prefix and uri != self._defaults[-1]:
            given.insert(0, f" xmlns={quoteattr(uri)}")
        given += [
            f" {self._attribute(key, scope)}={quoteattr(value)}"
            for key, value in attributes.items()
            if key.partition(":")[0] != "xmlns"
        ]
        written = f"{prefix}:{local}" if prefix else local
        self._close()
        self._written.append(f"<{written}{''.join(given)}")
        self._open = True
        self._scopes.append(scope)
        self._defaults.append(self._defaults[-1] if prefix else uri)
        self._names.append(written)

    def _attribute(self, name: str, scope: Mapping[str, str]) -> str:
        prefix, local = _split(name)
        prefix = PREFIXES.get(scope[prefix], prefix) if prefix else ""
        return f"{prefix}:{local}" if prefix else local

    def _end(self, _name: str) -> None:
        name = self._names.pop()
        self._scopes.pop()
        self._defaults.pop()
        self._written.append("/>" if self._open else f"</{name}>")
        self._open = False

    def _text(self, text: str) -> None:
        self._close()
        self._written.append(escape(text, {"\r": "&#13;"}))

    def _close(self) -> None:
        if self._open:
            self._written.append(">")
            self._open = False


def _split(name: str) -> tuple[str, str]:
    prefix, _, local = name.rpartition(":")
    return prefix, local


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a document type inside a workbook")
