"""Notes: the comments of a sheet, and the drawing that says where each is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from clientimport.files.annotated.cell_marks import CellMark
from clientimport.files.annotated.xml_text import escaped
from clientimport.model.table import column_letter

AUTHOR = "clientimport"
Cells = Mapping[int, Mapping[int, CellMark]]

_FIRST_SHAPE = 20_000
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MICROSOFT = "urn:schemas-microsoft-com"
EMPTY_COMMENTS = f'<comments xmlns="{_MAIN}"><authors></authors><commentList></commentList></comments>'
EMPTY_DRAWING = (
    f'<xml xmlns:v="{_MICROSOFT}:vml" xmlns:o="{_MICROSOFT}:office:office" xmlns:x="{_MICROSOFT}:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_COMMENT = re.compile(r"<comment\b([^>]*)>.*?</comment>", re.DOTALL)
_SHAPE = re.compile(r"<v:shape\b.*?</v:shape>", re.DOTALL)
_AUTHOR = re.compile(r"<author>(.*?)</author>|<author/>", re.DOTALL)
_GIVEN = re.compile(r'(\w+)="([^"]*)"')


def comment_cells(xml: str, *, by_us: bool) -> frozenset[str]:
    """Return the cells that have a note of ours, or of somebody else."""
    authors = _AUTHOR.findall(xml)
    ours = str(authors.index(AUTHOR)) if AUTHOR in authors else ""
    attributes = (dict(_GIVEN.findall(tag[1])) for tag in _COMMENT.finditer(xml))
    return frozenset(comment["ref"] for comment in attributes if (comment.get("authorId") == ours) is by_us)


def with_comments(xml: str, cells: Cells) -> str:
    """Return the comments with ours; where somebody else's stands already, that one stays alone."""
    theirs, authors = comment_cells(xml, by_us=False), _AUTHOR.findall(xml)
    xml = _COMMENT.sub(lambda match: match[0] if dict(_GIVEN.findall(match[1]))["ref"] in theirs else "", xml)
    xml = xml.replace("<commentList/>", "<commentList></commentList>").replace("<authors/>", "<authors></authors>")
    if AUTHOR not in authors:
        xml = xml.replace("</authors>", f"<author>{AUTHOR}</author></authors>", 1)
        authors.append(AUTHOR)
    by = authors.index(AUTHOR)
    written = (_comment(reference, by, text) for reference, _, _, text in _ours(cells, theirs))
    return xml.replace("</commentList>", f"{''.join(written)}</commentList>")


def _comment(reference: str, by: int, text: str) -> str:
    content = f'<text><r><t xml:space="preserve">{escaped(text)}</t></r></text>'
    return f'<comment ref="{reference}" authorId="{by}">{content}</comment>'


def with_comment_shapes(xml: str, cells: Cells, theirs: frozenset[str], before: frozenset[str]) -> str:
    """Return the drawing with a shape for each note of ours; those of the cells `before` were ours and go."""
    xml = _SHAPE.sub(lambda match: "" if _cell_of(match[0]) in before else match[0], xml)
    shapes = (
        _shape(number, row - 1, column, text)
        for number, (_, row, column, text) in enumerate(_ours(cells, theirs), _FIRST_SHAPE)
    )
    return xml.replace("</xml>", f"{''.join(shapes)}</xml>")


def _ours(cells: Cells, theirs: frozenset[str]) -> Iterator[tuple[str, int, int, str]]:
    for row in sorted(cells):
        for column, mark in sorted(cells[row].items()):
            reference = f"{column_letter(column)}{row}"
            if mark.text and reference not in theirs:
                yield reference, row, column, mark.text


def _cell_of(shape: str) -> str:
    row, column = (re.search(rf"<x:{name}>(\d+)</x:{name}>", shape) for name in ("Row", "Column"))
    return f"{column_letter(int(column[1]))}{int(row[1]) + 1}" if row and column else ""


def _shape(number: int, row: int, column: int, text: str) -> str:
    lines = 2 + sum(1 + len(line) // 40 for line in text.split("\n"))
    anchor = f"{column + 1}, 15, {row}, 2, {column + 5}, 15, {row + lines}, 4"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden"'
        ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"/>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
