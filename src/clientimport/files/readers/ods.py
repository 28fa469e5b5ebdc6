"""An .ods workbook (LibreOffice, Google): all its sheets in one pass over the XML that holds them together.

OpenDocument 1.3 part 3, chapters 9 and 19. A repeated cell or row is written once with a count. What a person sees in
the cell stands beside the stored value; of a number it is used where it shows the same digits, with the zeros before
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

from clientimport.errors import FileUnreadable
from clientimport.files.archive_parts import ArchiveParts
from clientimport.files.corrupt_file import report_corruption
from clientimport.files.limits import CELL_CHARACTERS, COLUMNS, ROWS
from clientimport.files.readers.mailto import mail_address
from clientimport.files.readers.number_format import NumberFormat
from clientimport.files.readers.sheet import Sheet, SheetInfo
from clientimport.files.readers.sheet_builder import SheetBuilder
from clientimport.files.readers.whole_number import whole_number
from clientimport.files.readers.xlsx.xml_stream import parse_xml
from clientimport.files.readers.xml_names import LocalNames
from clientimport.model.table import CellFlag

_NAMESPACES = tuple(
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "style")
)
"""OpenDocument 1.3 part 3, 1.4: those of what is read."""
_LINKS = "http://www.w3.org/1999/xlink"
_PLAIN, _PERCENT = NumberFormat(), NumberFormat(percent=True)
_BETWEEN_DIGITS = frozenset(" ./-()+")
_HIDDEN = frozenset({"collapse", "filter"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_ASIDE = frozenset({"annotation", "shapes", "frame", "tracked-changes"})
_SPACES = {"s": " ", "tab": "\t", "line-break": "\n"}
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"


@dataclass(frozen=True, slots=True)
class OdsWorkbook:
    """The sheets of a workbook."""

    sheet_infos: tuple[SheetInfo, ...]
    sheets: Mapping[str | None, Sheet]

    def read_sheet(self, info: SheetInfo, limit: int | None = None) -> Sheet:
        """Return a sheet, or its first `limit` rows that are not blank."""
        whole = self.sheets[info.name]
        return whole if limit is None else replace(whole, grid=whole.grid.head(limit))


def open_workbook(data: bytes, encoding: str | None) -> OdsWorkbook:  # noqa: ARG001 -- XML names its own
    """Return the workbook in these bytes. Raises FileUnreadable."""
    handler = OdsHandler()
    with report_corruption(), ZipFile(BytesIO(data)) as archive:
        parts = ArchiveParts.from_archive(archive)
        if parts.has(_MANIFEST) and b"encryption-data" in parts.read(_MANIFEST):
            raise FileUnreadable("file.password_elsewhere")
        with parts.open(_CONTENT) as content:
            parse_xml(content, handler, _NAMESPACES)
    return OdsWorkbook(tuple(handler.tabs), {sheet.name: sheet for sheet in handler.sheets})


class OdsHandler:
    """Collects the sheets. Raises ValueError when damaged, FileUnreadable beyond the bounds."""

    def __init__(self) -> None:
        self.tabs: list[SheetInfo] = []
        self.sheets: list[Sheet] = []
        self._names = LocalNames((*_NAMESPACES, _LINKS))
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._depth = 0
        """How many tables are open: one inside a cell is no sheet."""
        self._aside = 0
        """How many notes and drawings are open: their text is not the cell's."""
        self._sheet = SheetBuilder(None)
        self._row: Mapping[str, str] = {}
        self._number = self._column = self._described = 0
        self._cell: Mapping[str, str] = {}
        self._cells: list[_Cell] = []
        self._paragraphs: list[list[str]] = []
        self._link: str | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle an opening tag."""
        given = {self._names[key]: value for key, value in attributes.items()}
        if name in _ASIDE:
            self._aside += 1
        elif name == "table" and not self._aside:
            self._open_table(given)
        elif name == "style":
            self._style = given.get("name", "")
        elif name == "table-properties" and given.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif self._depth == 1 and not self._aside:
            self._inside(name, given)

    def text(self, part: str) -> None:
        """Handle a piece of text."""
        if self._paragraphs and not self._aside:
            self._paragraphs[-1].append(part)

    def end(self, name: str) -> None:
        """Handle a closing tag."""
        if name in _ASIDE:
            self._aside -= 1
        elif self._aside:
            return
        elif name == "table":
            self._depth -= 1
            if not self._depth:
                self.sheets.append(self._sheet.build())
        elif self._depth == 1 and name in _CELLS:
            self._close_cell()
        elif self._depth == 1 and name == "table-row":
            self._close_row()

    def _open_table(self, given: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            name = given.get("name", "")
            self.tabs.append(SheetInfo(name, given.get("style-name") in self._hidden_styles))
            self._sheet = SheetBuilder(name)
            self._number = self._described = 0

    def _inside(self, name: str, given: Mapping[str, str]) -> None:
        if name in _CELLS:
            self._cell, self._paragraphs, self._link = given, [], None
        elif name == "table-row":
            self._row, self._cells, self._column = given, [], 0
        elif name == "table-column":
            self._take_columns(given)
        elif name == "p":
            self._paragraphs.append([])
        elif name == "a":
            self._link = mail_address(given.get("href", ""))
        elif name in _SPACES:
            self.text(_SPACES[name] * min(whole_number(given.get("c", "")) or 1, CELL_CHARACTERS))

    def _take_columns(self, given: Mapping[str, str]) -> None:
        last = min(self._described + _times(given, "number-columns-repeated"), COLUMNS)
        if given.get("visibility") in _HIDDEN:
            self._sheet.hide_columns(self._described, last - 1)
        self._described = last

    def _close_cell(self) -> None:
        given, left = self._cell, self._column
        self._column = min(left + _times(given, "number-columns-repeated"), COLUMNS)
        lines = ["".join(parts) for parts in self._paragraphs]
        text, odd = _cell_text(given, "\n".join(lines) if lines else None)
        if text:
            self._cells.append(_Cell(range(left, self._column), text, odd, self._link))
        spanned = (given.get(f"number-{lines}-spanned", "") for lines in ("rows", "columns"))
        down, right = (whole_number(many) or 1 for many in spanned)
        if down > 1 or right > 1:
            self._sheet.add_merged_range(self._number + 1, left, self._number + down, left + right - 1)
        self._paragraphs = []

    def _close_row(self) -> None:
        first = self._number + 1
        self._number = min(self._number + _times(self._row, "number-rows-repeated"), ROWS)
        wide = sum(len(cell.columns) for cell in self._cells)
        self._sheet.count_repeated((self._number - first + 1) * wide - len(self._cells))
        for number in range(first, self._number + 1) if self._cells else ():
            for cell in self._cells:
                for column in cell.columns:
                    self._sheet.add_cell(number, column, cell.text, cell.odd, cell.link)
            if self._row.get("visibility") in _HIDDEN:
                self._sheet.hidden_rows.add(number)


@dataclass(frozen=True, slots=True)
class _Cell:
    """What one element says about adjacent cells."""

    columns: range
    text: str
    odd: CellFlag | None
    link: str | None


def _times(given: Mapping[str, str], name: str) -> int:
    """Return how often something stands in a row. Raises ValueError for what is no number of times."""
    times = whole_number(given[name]) if name in given else 1
    if not times:
        raise ValueError("repeated less than once")
    return times


def _cell_text(given: Mapping[str, str], seen: str | None) -> tuple[str, CellFlag | None]:
    """Return what a person sees in a cell, and its flag; a formula without a result has no text at all.

    >>> _cell_text({"value-type": "float", "value": "123456749"}, "0123456749")
    ('0123456749', None)
    >>> _cell_text({"value-type": "float", "value": "85073003328"}, "8,51E+10")
    ('85073003328', None)
    >>> _cell_text({"formula": "of:=[.A1]"}, None)
    ('of:=[.A1]', <CellFlag.UNCACHED: 'uncached'>)
    """
    kind, text = given.get("value-type", ""), seen or ""
    if kind == "error":
        return text, CellFlag.ERROR
    if not kind:
        return (given["formula"], CellFlag.UNCACHED) if seen is None and "formula" in given else (text, None)
    if kind in ("float", "currency", "percentage"):
        return _number_text(given.get("value", ""), text, percent=kind == "percentage")
    if kind == "date":
        return _date_text(given.get("date-value", text)), CellFlag.DATE
    if kind == "boolean":
        return given.get("boolean-value", text).upper(), None
    return text or given.get("string-value", ""), None


def _number_text(value: str, text: str, *, percent: bool) -> tuple[str, CellFlag | None]:
    """Return a number as it is shown where that loses nothing; TRUE and FALSE are stored as numbers too."""
    plain, odd = (_PERCENT if percent else _PLAIN).render(value, since_1904=False)
    digits = "".join(filter(str.isdigit, text))
    same = plain.isdigit() and digits.lstrip("0") == plain.lstrip("0") and set(text) <= set(digits) | _BETWEEN_DIGITS
    return (text if same or text.isalpha() else plain), odd


def _date_text(value: str) -> str:
    """Return a date, or a moment that is no midnight, as ISO text. Raises ValueError.

    >>> _date_text("2025-03-04"), _date_text("2025-03-04T00:00:00"), _date_text("2025-03-04T08:30:00")
    ('2025-03-04', '2025-03-04', '2025-03-04T08:30:00')
    """
    moment = datetime.fromisoformat(value)
    at_midnight = moment.time() == datetime.min.time()
    return (date(moment.year, moment.month, moment.day) if at_midnight else moment).isoformat()
