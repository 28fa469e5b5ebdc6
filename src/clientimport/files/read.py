"""Reading: from any file of the user to one table of text, or one clear reason why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from clientimport.errors import FileUnreadable
from clientimport.files.opening import opened
from clientimport.files.sheet import Sheet
from clientimport.files.source import content
from clientimport.files.structure.header_row import NO_HEADING, Heading, Known, find_heading, heading_at
from clientimport.files.structure.hidden import without_hidden
from clientimport.files.structure.layout import laid_out
from clientimport.files.structure.lines import is_client
from clientimport.files.structure.sheet_choice import chosen_sheet
from clientimport.files.structure.transposed import is_transposed
from clientimport.row_filter import filter_rows
from clientimport.table import Table


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the user says about a file."""

    sheet: str | None = None
    header_row: int | None = None
    """The spreadsheet's own number, from 1; 0 where no row names the columns."""
    encoding: str | None = None
    include_hidden: bool = False
    """Whether hidden sheets, rows and columns are read too."""
    password: str | None = field(default=None, repr=False)
    where: tuple[str, ...] = ()
    """Conditions that a row must meet to be read: `Header=value,value` or `Header!=value`."""


def read_table(file: str, options: ReadingOptions, known: Callable[[str], bool], stdin: bytes | None = None) -> Table:
    """Return the table in `file` (`-`: in the bytes `stdin`).

    `known` tells whether a header text is one that the vocabulary knows. Raises FileUnreadable, whose code says why
    and whose facts hold the `file`, and UsageError for a condition on a column that is not there.
    """
    try:
        return _read(file, options, known, stdin)
    except FileUnreadable as error:
        raise FileUnreadable(error.code, **{**error.facts, "file": file}) from error


def _read(file: str, options: ReadingOptions, known: Known, stdin: bytes | None) -> Table:
    book = opened(content(file, stdin), options.encoding, options.password)
    sheet = chosen_sheet(book, options.sheet, known, include_hidden=options.include_hidden)
    if not options.include_hidden:
        sheet = _shown(sheet)
    return filter_rows(laid_out(file, sheet, _heading(sheet, options.header_row, known)), options.where)


def _shown(sheet: Sheet) -> Sheet:
    """Return what Excel shows of a sheet. Raises FileUnreadable when that is nothing though something is there."""
    shown = without_hidden(sheet)
    if len(sheet.grid) and not len(shown.grid):
        raise FileUnreadable("file.rows_hidden", sheet=sheet.name, count=len(sheet.grid))
    return shown


def _heading(sheet: Sheet, number: int | None, known: Known) -> Heading:
    if number == 0 and len(sheet.grid):
        return NO_HEADING
    if number is not None:
        heading = heading_at(sheet, number, known)
        if heading is None:
            raise FileUnreadable("file.header_row_empty", row=number)
        return heading
    heading = find_heading(sheet, known)
    if heading is None:
        raise FileUnreadable("file.no_table")
    if is_transposed(sheet, heading, known):
        raise FileUnreadable("file.transposed")
    if is_client(heading):
        raise FileUnreadable("file.no_headers", row=heading.row)
    return heading
