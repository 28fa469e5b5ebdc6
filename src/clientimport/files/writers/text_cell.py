"""A cell of text, or of a day: the one way in which we write into a spreadsheet, so that no value runs as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

TEXT_FORMAT = "@"
"""Excel's number format for text: leading zeros and long numbers stay as typed."""

FORMULA = "^[ \xa0]*[=+\\-@＝＋－＠\t\r\n]"
"""What a spreadsheet takes for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection."""
_FORMULA = re.compile(FORMULA)
_LINE_END = re.compile(r"\r\n?")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def without_control_characters(text: str) -> str:
    r"""Return `text` as a file can hold it.

    >>> without_control_characters("a\x00b\r\nc")
    'a\ufffdb\nc'
    """
    return _NOT_IN_XML.sub("\ufffd", _LINE_END.sub("\n", text))


def looks_like_formula(text: str) -> bool:
    """Return whether a spreadsheet would take `text` for a formula.

    >>> looks_like_formula("+32475"), looks_like_formula("A=1")
    (True, False)
    """
    return _FORMULA.match(text) is not None


def text_cell(sheet: Worksheet, text: str) -> Cell:
    """Return a cell for `sheet.append` that holds exactly `text`, as text.

    What a spreadsheet would take for a formula (https://owasp.org/www-community/attacks/CSV_Injection) also gets
    Excel's own mark for quoted text: without it, opening and leaving the cell would make it run after all.
    Characters that XML cannot hold become U+FFFD, line ends become Excel's (LF).
    """
    from openpyxl.cell import WriteOnlyCell

    cell: Cell = WriteOnlyCell(sheet, without_control_characters(text))
    cell.data_type = "s"  # openpyxl takes "=..." for a formula and "#N/A" for an error
    cell.number_format = TEXT_FORMAT
    if looks_like_formula(text):
        cell.quotePrefix = True
    return cell


def day_cell(sheet: Worksheet, day: date, number_format: str) -> Cell:
    """Return a cell for `sheet.append` that holds a day, shown in an Excel number format such as `dd/mm/yyyy`."""
    from openpyxl.cell import WriteOnlyCell

    cell: Cell = WriteOnlyCell(sheet, day)  # type: ignore[arg-type]
    cell.number_format = number_format
    return cell


def text_row(sheet: Worksheet, texts: Iterable[str | None]) -> list[Cell | None]:
    """Return a row for `sheet.append`; nothing stays an empty cell."""
    return [text_cell(sheet, text) if text else None for text in texts]
