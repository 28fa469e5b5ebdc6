"""The look of the sheets we write: one palette, headers, and pages that print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientimport.files.writers.text_cell import text_cell
from clientimport.model.table import column_letter

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

BLACK, DARK, LIGHT, WHITE = "000000", "1F3864", "D9E2F3", "FFFFFF"
LINE, QUIET, LINK, WRONG = "8EA9DB", "595959", "0563C1", "FCE4D6"
NARROW, WIDE = 12, 40
HEADER_HEIGHT, TEXT_SIZE = 36, 11
LEADING, AIR = 1.45, 6
"""A line's height for its letters' size, and what a row has above that."""
A4, MARGIN = 9, 0.5
"""Excel's number for the paper, and inches."""


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """The head of one column."""

    text: str
    width: int
    """In characters."""
    strong: bool = False
    """Dark instead of light: a column that must be filled in."""


def add_header_row(sheet: Worksheet, headings: Iterable[HeaderCell]) -> list[Cell]:
    """Add the first row, which stays in sight while scrolling and on every printed page, and return its cells."""
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = HEADER_HEIGHT
    sheet.print_title_rows = "1:1"
    fit_to_page(sheet)
    cells = []
    for index, heading in enumerate(headings):
        sheet.column_dimensions[column_letter(index)].width = heading.width
        cells.append(styled_header_cell(sheet, heading.text, strong=heading.strong))
    sheet.append(cells)
    return cells


def styled_header_cell(sheet: Worksheet, text: str, *, strong: bool = False) -> Cell:
    """Return a cell that looks like a header."""
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    cell = text_cell(sheet, text)
    cell.fill = PatternFill("solid", fgColor=DARK if strong else LIGHT)
    cell.font = text_font(WHITE if strong else DARK, bold=True)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.border = Border(right=Side("thin", color=LINE), bottom=Side("medium", color=LINE))
    return cell


def text_font(color: str = BLACK, *, bold: bool = False, size: int = TEXT_SIZE, font: str = "Calibri") -> Font:
    """Return a font; its family is always named, for without a name each program picks another one."""
    from openpyxl.styles import Font

    return Font(name=font, size=size, color=color, bold=bold)


def width_for(longest: int) -> int:
    """Return a column's width for its longest text, in characters; long texts do not make endless columns.

    >>> width_for(2), width_for(20), width_for(300)
    (12, 23, 40)
    """
    return max(NARROW, min(WIDE, longest + 3))


def height_for(paragraphs: Iterable[str], width: int, size: int = TEXT_SIZE) -> float:
    """Return the height, in points, of a row whose cell holds `paragraphs` over `width` characters.

    It has to be said: LibreOffice shows one line of a wrapped cell when the file does not.
    """
    return sum(-(-len(text) // width) for text in paragraphs) * size * LEADING + AIR


def fit_to_page(sheet: Worksheet) -> None:
    """Set up the pages of `sheet` so that its whole width is printed on one landscape A4 page."""
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(left=MARGIN, right=MARGIN, top=MARGIN, bottom=MARGIN)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
