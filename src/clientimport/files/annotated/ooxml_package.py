"""The package of a workbook: its parts, found by their relations, replaced or added, the others as they are."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from clientimport.files.annotated.canonical_xml import canonical_xml
from clientimport.files.annotated.xml_text import attribute
from clientimport.files.writers.workbook_bytes import LEVEL

_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CONTENT_TYPES = "[Content_Types].xml"
"""What each part is; Excel opens nothing without it, other programs may."""
_RELATION = re.compile(r"<Relationship\b[^>]*?/?>")
_NO_RELATIONS = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'


@dataclass
class OoxmlPackage:
    """The parts of one workbook; what is not asked for is copied byte for byte."""

    archive: ZipFile
    _new: dict[str, bytes] = field(default_factory=dict)
    _gone: set[str] = field(default_factory=set)

    @property
    def main(self) -> str:
        """The part with the list of sheets."""
        return dict(reversed(self.relations("", "_rels/.rels").values()))["officeDocument"]

    def text(self, name: str) -> str:
        """Return a part as text, with the prefixes that we know. Raises KeyError, ExpatError, ValueError."""
        return canonical_xml(self._new[name] if name in self._new else self.archive.read(name))

    def has(self, name: str) -> bool:
        """Return whether there is such a part."""
        return name in self._new or (name in self.archive.namelist() and name not in self._gone)

    def write(self, name: str, content: bytes) -> None:
        """Replace or add a part."""
        self._new[name] = content
        self._gone.discard(name)

    def remove(self, name: str) -> None:
        """Remove a part."""
        self._new.pop(name, None)
        self._gone.add(name)

    def relations_part(self, part: str) -> str:
        """Return where the relations of a part are."""
        folder, name = posixpath.split(part)
        return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"

    def relations(self, part: str, rels: str = "") -> dict[str, tuple[str, str]]:
        """Return kind and target of each relation of `part`, by its id."""
        rels = rels or self.relations_part(part)
        relations = {}
        for tag in _RELATION.findall(self.text(rels)) if self.has(rels) else ():
            attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            target = unescape(attributes.get("Target", ""))
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
            relations[attributes.get("Id", "")] = (
                posixpath.basename(attributes.get("Type", "")),
                posixpath.normpath(path),
            )
        return relations

    def add_relation(self, part: str, kind: str, target: str) -> str:
        """Return the id of a new relation from `part` to the part `target`."""
        rels = self.relations_part(part)
        xml = self.text(rels) if self.has(rels) else _NO_RELATIONS
        number = 1
        while f'"rIdC{number}"' in xml:
            number += 1
        relation = f'<Relationship Id="rIdC{number}" Type="{_KINDS}{kind}" Target={attribute("/" + target)}/>'
        xml = re.sub(r"<Relationships([^>]*)/>", r"<Relationships\1></Relationships>", xml)
        self.write(rels, xml.replace("</Relationships>", f"{relation}</Relationships>").encode())
        return f"rIdC{number}"

    def declare_part(self, part: str, content_type: str) -> None:
        """Declare the content type of a part."""
        xml = self.text(CONTENT_TYPES)
        if f'PartName="/{part}"' not in xml:
            override = f'<Override PartName="/{part}" ContentType="{content_type}"/>'
            self.write(CONTENT_TYPES, xml.replace("</Types>", f"{override}</Types>").encode())

    def declare_extension(self, ending: str, content_type: str) -> None:
        """Declare the content type of parts with this extension."""
        xml = self.text(CONTENT_TYPES)
        if f'Extension="{ending}"' not in xml:
            default = f'<Default Extension="{ending}" ContentType="{content_type}"/>'
            self.write(CONTENT_TYPES, re.sub(r"(<Types\b[^>]*>)", rf"\1{default}", xml, count=1).encode())

    def free_name(self, pattern: str) -> str:
        """Return the first name of the pattern (`xl/comments{}.xml`) that no part has."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def to_bytes(self) -> bytes:
        """Return the whole package, its parts in their order, ours behind them.

        Raises ExpatError when something that we changed is no XML any more.
        """
        for name, changed in self._new.items():
            if not name.endswith(".vml"):  # Excel's own drawings are not always XML
                expat.ParserCreate(namespace_separator=" ").Parse(changed, True)
        output = BytesIO()
        with ZipFile(output, "w", ZIP_DEFLATED, compresslevel=LEVEL) as target:
            for entry in self.archive.infolist():
                if entry.filename not in self._gone:
                    content = self._new.pop(entry.filename, None)
                    target.writestr(entry.filename, self.archive.read(entry) if content is None else content)
            for name, content in self._new.items():
                target.writestr(ZipInfo(name), content, ZIP_DEFLATED, LEVEL)
        return output.getvalue()
