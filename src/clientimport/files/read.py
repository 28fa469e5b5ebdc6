"""Reading: from any file of the user to one table of text, or one clear reason why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from clientimport.errors import FileUnreadable
from clientimport.files.detect import file_content
from clientimport.files.readers.open import open_workbook
from clientimport.files.readers.sheet import Sheet
from clientimport.files.table_detection.header_row import (
    NO_HEADING,
    HeaderRow,
    IsKnownHeader,
    find_header_row,
    header_row_at,
)
from clientimport.files.table_detection.hidden import without_hidden
from clientimport.files.table_detection.non_data_rows import is_client
from clientimport.files.table_detection.sheet_choice import choose_sheet
from clientimport.files.table_detection.to_table import to_table
from clientimport.files.table_detection.transposed import is_transposed
from clientimport.model.table import Table
from clientimport.schema.row_filter import filter_rows


@dataclass(frozen=True, slots=True)
class ReadRequest:
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


def read_table(
    file: str, options: ReadRequest, is_known_header: Callable[[str], bool], stdin: bytes | None = None
) -> Table:
    """Return the table in `file` (`-`: in the bytes `stdin`).

    `known` tells whether a header text is one that the vocabulary knows. Raises FileUnreadable, whose code says why
    and whose facts hold the `file`, and UsageError for a condition on a column that is not there.
    """
    try:
        return _read(file, options, is_known_header, stdin)
    except FileUnreadable as error:
        raise FileUnreadable(error.code, **{**error.facts, "file": file}) from error


def _read(file: str, options: ReadRequest, is_known_header: IsKnownHeader, stdin: bytes | None) -> Table:
    workbook = open_workbook(file_content(file, stdin), options.encoding, options.password)
    sheet = choose_sheet(workbook, options.sheet, is_known_header, include_hidden=options.include_hidden)
    if not options.include_hidden:
        sheet = _shown(sheet)
    return filter_rows(to_table(file, sheet, _heading(sheet, options.header_row, is_known_header)), options.where)


def _shown(sheet: Sheet) -> Sheet:
    """Return what Excel shows of a sheet. Raises FileUnreadable when that is nothing though something is there."""
    shown = without_hidden(sheet)
    if len(sheet.grid) and not len(shown.grid):
        raise FileUnreadable("file.rows_hidden", sheet=sheet.name, count=len(sheet.grid))
    return shown


def _heading(sheet: Sheet, number: int | None, is_known_header: IsKnownHeader) -> HeaderRow:
    if number == 0 and len(sheet.grid):
        return NO_HEADING
    if number is not None:
        heading = header_row_at(sheet, number, is_known_header)
        if heading is None:
            raise FileUnreadable("file.header_row_empty", row=number)
        return heading
    heading = find_header_row(sheet, is_known_header)
    if heading is None:
        raise FileUnreadable("file.no_table")
    if is_transposed(sheet, heading, is_known_header):
        raise FileUnreadable("file.transposed")
    if is_client(heading):
        raise FileUnreadable("file.no_headers", row=heading.row)
    return heading
