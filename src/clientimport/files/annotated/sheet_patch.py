"""A sheet's XML with our marks in it; every row that we have nothing to say about stays byte for byte.

The order of a sheet's parts is that of ECMA-376 part 1, 18.3.1.99.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clientimport.files.annotated.cell_marks import CellMark, CellMarks
from clientimport.files.annotated.report_sheet import wrapped_height
from clientimport.files.annotated.styles import Styles
from clientimport.files.annotated.xml_text import text_cell
from clientimport.files.writers.text_cell import looks_like_formula
from clientimport.model.table import column_index, column_letter

_ROW = re.compile(r"<row\b([^>]*)>")
_ROW_END = re.compile(r"</row\s*>")
_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_NUMBER = re.compile(r'\br="(\d+)"')
_REFERENCE = re.compile(r'\br="([A-Z]+)\d+"')
_STYLE = re.compile(r'\bs="(\d+)"')
_SPANS = re.compile(r'\s+spans="[^"]*"')
_HEIGHTS = re.compile(r'\s+(?:ht|customHeight)="[^"]*"')
_HEIGHT = re.compile(r'\sht="([0-9.]+)"')
_COL = re.compile(r"<col\b[^>]*?/>")
_AFTER_FILTER = (
    "sortState|dataConsolidate|customSheetViews|mergeCells|phoneticPr|conditionalFormatting|dataValidations|hyperlinks"
    "|printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|customProperties|cellWatches|ignoredErrors"
    "|smartTags|drawing|legacyDrawing|legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst"
)
_AFTER_NOTES = "legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst"
_WIDTH = 70


@dataclass(frozen=True, slots=True)
class MarkColumn:
    """Where in the sheet our column goes, and what stands in its header."""

    header_row: int
    last_row: int
    column: int
    """The position of our column: right of everything that is filled."""
    header: str
    note_relation: str
    """The relation to the drawing of the notes."""


def patch_sheet(xml: str, marks: CellMarks, place: MarkColumn, styles: Styles) -> str:
    """Return the sheet with coloured cells, our column, a filter where there is none, and its notes."""
    rows = _Rows(marks, place, styles)
    head, tag, rest = xml.partition("<sheetData")
    body, end, tail = rest.partition("</sheetData>")
    if not end:  # a sheet without rows
        return xml
    opening, _, content = body.partition(">")
    return "".join((_with_column(head, place.column), tag, opening, ">", *rows.all(content), end, _tail(tail, place)))


@dataclass
class _Rows:
    marks: CellMarks
    place: MarkColumn
    styles: Styles
    row: int = 0

    def all(self, content: str) -> Iterator[str]:
        """Yield the rows, in pieces: those that stay as they are without a look at their cells."""
        done = 0
        for tag in _ROW.finditer(content):
            number = _NUMBER.search(tag[1])
            self.row = int(number[1]) if number else self.row + 1
            if self._is_touched:
                closing = None if tag[1].endswith("/") else _ROW_END.search(content, tag.end())
                inside = content[tag.end() : closing.start()] if closing else ""
                yield content[done : tag.start()]
                yield self._replaced(tag[1].removesuffix("/"), inside)
                done = (closing or tag).end()
        yield content[done:]

    @property
    def _is_touched(self) -> bool:
        is_marked = self.row in self.marks.cells or self.row in self.marks.to_do
        return is_marked or self.row == self.place.header_row or self.styles.has_our_colours

    def _replaced(self, attributes: str, content: str) -> str:
        """Return one row with what we have to say."""
        to_do = self.marks.to_do.get(self.row)
        attributes = _SPANS.sub("", attributes).rstrip()
        if not _NUMBER.search(attributes):
            attributes += f' r="{self.row}"'
        cells = self._cells(content, self.marks.cells.get(self.row, {}))
        if self.row >= self.place.header_row:
            cells.pop(self.place.column, None)  # ours of an earlier time
        if self.row == self.place.header_row:
            cells[self.place.column] = self._ours(self.place.header, self.styles.header_style())
        elif to_do:
            before = _HEIGHT.search(attributes)
            height = max(float(before[1]) if before else 0, wrapped_height(to_do.split("\n"), _WIDTH))
            attributes = f'{_HEIGHTS.sub("", attributes)} ht="{height:g}" customHeight="1"'
            cells[self.place.column] = self._ours(to_do, self.styles.column_style())
        return f"<row{attributes}>{''.join(cells[column] for column in sorted(cells))}</row>"

    def _ours(self, text: str, style: int) -> str:
        style = self.styles.with_quote_prefix(style) if looks_like_formula(text) else style
        return text_cell(f"{column_letter(self.place.column)}{self.row}", text, style)

    def _cells(self, content: str, marks: Mapping[int, CellMark]) -> dict[int, str]:
        """Return the row's cells by column, those with a mark in its colour; a cell that was not there is added."""
        cells: dict[int, str] = {}
        column = -1
        for match in _CELL.finditer(content):
            reference = _REFERENCE.search(match[1])
            column = column_index(reference[1]) if reference else column + 1
            cells[column] = self._cell(match[0], column, marks.get(column), placed=bool(reference))
        for marked_column, mark in marks.items():
            if marked_column not in cells:
                cells[marked_column] = (
                    f'<c r="{column_letter(marked_column)}{self.row}" s="{self.styles.with_colour(0, mark.severity)}"/>'
                )
        return cells

    def _cell(self, cell: str, column: int, mark: CellMark | None, *, placed: bool) -> str:
        tag, _, rest = cell.partition(">")
        style_match = _STYLE.search(tag)
        before = int(style_match[1]) if style_match else 0
        style = (
            self.styles.without_colour(before)
            if mark is None
            else self.styles.with_colour(self.styles.without_colour(before), mark.severity)
        )
        if not placed:
            tag = tag.replace("<c", f'<c r="{column_letter(column)}{self.row}"', 1)
        if style != before:
            tag = _STYLE.sub(f's="{style}"', tag) if style_match else tag.replace("<c", f'<c s="{style}"', 1)
        return f"{tag}>{rest}"


def _with_column(head: str, column: int) -> str:
    """Return what stands before the rows, with a width for our column; its size is left for Excel to find."""
    head = re.sub(r"<dimension\b[^>]*/>", "", head)
    ours = f'<col min="{column + 1}" max="{column + 1}" width="{_WIDTH}" customWidth="1"/>'
    cols = re.search(r"<cols\b[^>]*>(.*?)</cols>", head, re.DOTALL)
    if not cols:
        return f"{head}<cols>{ours}</cols>"
    other_cols = [part for col in _COL.findall(cols[1]) for part in _around(col, column + 1)]
    all_cols = sorted([*other_cols, ours], key=lambda col: int(re.search(r'min="(\d+)"', col)[1]))  # type: ignore[index]
    return f"{head[: cols.start(1)]}{''.join(all_cols)}{head[cols.end(1) :]}"


def _around(col: str, number: int) -> list[str]:
    """Return a description of columns without column `number`.

    >>> _around('<col min="3" max="9" width="5"/>', 5)
    ['<col min="3" max="4" width="5"/>', '<col min="6" max="9" width="5"/>']
    """
    first, last = (int(re.search(rf'\b{name}="(\d+)"', col)[1]) for name in ("min", "max"))  # type: ignore[index]
    if not first <= number <= last:
        return [col]
    parts = ((first, number - 1), (number + 1, last))
    return [
        re.sub(r'\bmax="\d+"', f'max="{high}"', re.sub(r'\bmin="\d+"', f'min="{low}"', col))
        for low, high in parts
        if low <= high
    ]


def _tail(tail: str, place: MarkColumn) -> str:
    """Return what stands behind the rows, with a filter where there is none, and with the notes."""
    if place.header_row and "<autoFilter" not in tail and "<tableParts" not in tail:
        reference = f"A{place.header_row}:{column_letter(place.column)}{max(place.last_row, place.header_row)}"
        tail = _before(_AFTER_FILTER, tail, f'<autoFilter ref="{reference}"/>')
    if "<legacyDrawing " not in tail:
        tail = _before(_AFTER_NOTES, tail, f'<legacyDrawing r:id="{place.note_relation}"/>')
    return tail


def _before(names: str, tail: str, element: str) -> str:
    next_element = re.search(rf"<(?:{names})\b|</worksheet>", tail)
    position = next_element.start() if next_element else len(tail)
    return tail[:position] + element + tail[position:]
