"""A sheet of ours in the user's workbook: rows of text with a link each, a filter, and heights that fit."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from clientimport.files.annotated.styles import Styles
from clientimport.files.annotated.xml_text import attribute, text_cell
from clientimport.files.writers.sheet_style import AIR, LEADING, TEXT_SIZE
from clientimport.files.writers.text_cell import looks_like_formula
from clientimport.model.finding import Finding, Severity
from clientimport.model.table import column_letter

LINKS = 60_000
"""Excel takes 65,530 links on a sheet: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3."""
MAX_ROW_HEIGHT = 409
"""Points that Excel lets a row have, by the same page."""
LETTERS = 1.1
"""Letters of a sentence for each character of a column's width, which counts digits: measured in LibreOffice 1.2."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PAGE = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
_PAPER = '<pageSetup orientation="landscape" paperSize="9" fitToHeight="0"/>'


class RowLook(Enum):
    """How a row looks."""

    PLAIN = auto()
    """A sentence that runs over the cells beside it."""
    TITLE = auto()
    HEADER = auto()
    ENTRY = auto()
    """Cells that break into lines."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its cells, how it looks, and where its link leads."""

    cells: tuple[str | int, ...] = ()
    look: RowLook = RowLook.PLAIN
    severity: Severity | None = None
    """Colours the first cell."""
    link: str | None = None
    """A place in the workbook."""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """The columns of a sheet, and which of its rows heads the list."""

    widths: tuple[int, ...]
    link_column: int
    list_header: int
    """The number of the row with the filter, from 1; what is above it stays in sight where it is frozen."""
    is_frozen: bool = False
    is_opened: bool = False
    """Whether the workbook opens here."""


def report_sheet(rows: Sequence[SheetRow], layout: SheetLayout, styles: Styles) -> str:
    """Return the XML of the sheet."""
    cols = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(layout.widths, 1)
    )
    head = layout.list_header
    pane = f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
    selected = ' tabSelected="1"' if layout.is_opened else ""
    view = f'<sheetView workbookViewId="0"{selected}>{pane if layout.is_frozen else ""}</sheetView>'
    written = "".join(_row(number, row, layout, styles) for number, row in enumerate(rows, 1))
    reach = f"A{head}:{column_letter(len(layout.widths) - 1)}{max(head + 1, len(rows))}"
    links = "".join(_links(rows, column_letter(layout.link_column)))
    return (
        f'<worksheet xmlns="{_MAIN}">{_PAGE}<sheetViews>{view}</sheetViews><cols>{cols}</cols>'
        f'<sheetData>{written}</sheetData><autoFilter ref="{reach}"/>'
        f"{f'<hyperlinks>{links}</hyperlinks>' if links else ''}{_PAPER}</worksheet>"
    )


def link_to(finding: Finding, sheet: str) -> str | None:
    """Return the place of a finding for a link: on the user's sheet, of several on the one that it is on."""
    row = finding.sheet_row or finding.row
    target = finding.cell or (f"A{row}" if row else None)
    return target and f"{quoted(finding.sheet or sheet)}!{target}"


def cell_name(finding: Finding) -> str:
    """Return the cell of a finding as it is shown: its address, of several sheets after the sheet's name."""
    address = finding.cell or finding.column or ""
    return f"{finding.sheet} {address}" if finding.sheet and address else address


def quoted(sheet: str) -> str:
    """Return a sheet's name as a place in a workbook begins.

    >>> quoted("Klanten '26")
    "'Klanten ''26'"
    """
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


def wrapped_height(paragraphs: Sequence[str], width: int) -> float:
    """Return the height, in points, of a row whose cell breaks `paragraphs` into lines over `width` characters.

    >>> wrapped_height(["Vul Land in."], 60), wrapped_height(["Vul Land in. " * 8], 60)
    (21.95, 37.9)
    """
    lines = sum(max(1, len(textwrap.wrap(text, max(1, int(width * LETTERS))))) for text in paragraphs)
    return min(lines * TEXT_SIZE * LEADING + AIR, MAX_ROW_HEIGHT)


def _row(number: int, row: SheetRow, layout: SheetLayout, styles: Styles) -> str:
    style = {
        RowLook.PLAIN: 0,
        RowLook.TITLE: styles.title_style(),
        RowLook.HEADER: styles.header_style(),
        RowLook.ENTRY: styles.column_style(),
    }[row.look]
    first = styles.with_colour(style, row.severity) if row.severity else style
    cells = (
        _cell(f"{column_letter(at)}{number}", content, style if at else first, styles)
        for at, content in enumerate(row.cells)
        if content != ""
    )
    return f'<row r="{number}"{_height(row, layout)}>{"".join(cells)}</row>'


def _height(row: SheetRow, layout: SheetLayout) -> str:
    """Return how high a row of wrapped texts is: LibreOffice shows one line where it is not said."""
    if row.look is not RowLook.ENTRY:
        return ""
    texts = zip(map(str, row.cells), layout.widths, strict=False)
    height = max(wrapped_height(text.split("\n"), width) for text, width in texts)
    return f' ht="{height:g}" customHeight="1"'


def _cell(reference: str, content: str | int, style: int, styles: Styles) -> str:
    if isinstance(content, int):
        return f'<c r="{reference}" s="{style}"><v>{content}</v></c>'
    return text_cell(reference, content, styles.with_quote_prefix(style) if looks_like_formula(content) else style)


def _links(rows: Sequence[SheetRow], column: str) -> Iterator[str]:
    linked = ((number, row) for number, row in enumerate(rows, 1) if row.link)
    for number, row in list(linked)[:LINKS]:
        place = f"{column if row.look is RowLook.ENTRY else 'A'}{number}"
        shown = (row.link or "").rpartition("!")[2]
        yield f'<hyperlink ref="{place}" location={attribute(row.link or "")} display={attribute(shown)}/>'
