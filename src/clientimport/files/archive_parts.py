"""The parts of a workbook's archive, found as Excel and LibreOffice find them.

Names are compared without case (ECMA-376 part 2, 6.2.2.3) and with either slash, for some programs write backslashes;
where a workbook lacks a relation, its part is looked for at its usual place.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZipFile

from defusedxml import ElementTree

from clientimport.errors import FileUnreadable
from clientimport.files.limits import MEBIBYTE, PART_BYTES

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OUTSIDE = "External"


@dataclass(frozen=True, slots=True)
class Relation:
    """Where one part refers to another, or to something outside the workbook."""

    kind: str
    """The last word of its type: `worksheet`, `styles`."""
    target: str
    """The path of the part; what is outside stays as it is written."""
    external: bool = False


@dataclass(frozen=True, slots=True)
class ArchiveParts:
    """The parts, by their names."""

    archive: ZipFile
    _names: Mapping[str, str]

    @classmethod
    def from_archive(cls, archive: ZipFile) -> ArchiveParts:
        """Return the parts of `archive`."""
        return cls(archive, {_comparable(name): name for name in archive.namelist()})

    def has(self, name: str) -> bool:
        """Return whether there is such a part."""
        return _comparable(name) in self._names

    def first_ending_with(self, end: str) -> str | None:
        """Return the first part whose name ends so, None when there is none."""
        return next((name for name in self._names.values() if _comparable(name).endswith(end)), None)

    def open(self, name: str) -> IO[bytes]:
        """Return a part to read from. Raises KeyError."""
        return self.archive.open(self._names[_comparable(name)])

    def read(self, name: str) -> bytes:
        """Return what is in a small part. Raises KeyError, and FileUnreadable for one that is not small."""
        stored_name = self._names[_comparable(name)]
        if self.archive.getinfo(stored_name).file_size > PART_BYTES:
            raise FileUnreadable("file.too_big", limit=f"{PART_BYTES // MEBIBYTE} MB")
        return self.archive.read(stored_name)

    def xml_tree(self, name: str) -> Element:
        """Return the XML of a small part. Raises ParseError, and what `read` raises."""
        element: Element = ElementTree.fromstring(self.read(name), forbid_dtd=True)
        return element

    def relations(self, part: str) -> dict[str, Relation]:
        """Return by its id what `part` refers to; nothing where it says nothing. The archive itself is the part ``."""
        folder, name = posixpath.split(part)
        relations_part = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(relations_part):
            return {}
        entries = elements_named(self.xml_tree(relations_part), "Relationship")
        return {entry.attrib["Id"]: _relation(folder, entry.attrib) for entry in entries if "Id" in entry.attrib}

    def related_part(self, part: str, kind: str, usual: str = "") -> str | None:
        """Return the part of this kind that `part` refers to, else the one beside it called `usual`; None without."""
        targets = [
            relation.target
            for relation in self.relations(part).values()
            if relation.kind == kind and not relation.external
        ]
        targets.append(posixpath.join(posixpath.dirname(part), usual))
        return next((target for target in targets if self.has(target)), None)


def elements_named(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements inside `element` that have this name and its namespace: another's are something else."""
    space = element.tag.partition("}")[0] + "}" if element.tag.startswith("{") else ""
    return element.iter(f"{space}{name}")


def _relation(folder: str, given: Mapping[str, str]) -> Relation:
    kind, target = posixpath.basename(given.get("Type", "")), given.get("Target", "")
    if given.get("TargetMode") == _OUTSIDE or target.startswith("mailto:"):
        return Relation(kind, target, external=True)
    path = posixpath.join("/", folder.replace("\\", "/"), target.replace("\\", "/").partition("#")[0])
    return Relation(kind, posixpath.normpath(path).lstrip("/"))


def _comparable(name: str) -> str:
    r"""Return a part's name as it is compared.

    >>> _comparable("XL\\WorkSheets\\sheet1.xml"), _comparable("/xl/sheet%201.xml")
    ('xl/worksheets/sheet1.xml', 'xl/sheet 1.xml')
    """
    return unquote(name).replace("\\", "/").lstrip("/").casefold()
