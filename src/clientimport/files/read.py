"""Reading: from any file of the user to one table of text, or one clear reason why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from clientimport.errors import FileUnreadable
from clientimport.files.detect import file_content
from clientimport.files.readers.open import open_workbook
from clientimport.files.readers.sheet import Sheet, Workbook
from clientimport.files.table_detection.combined_sheets import combine_tables, same_columns
from clientimport.files.table_detection.header_row import (
    NO_HEADING,
    HeaderRow,
    IsKnownHeader,
    find_header_row,
    header_row_at,
)
from clientimport.files.table_detection.hidden import without_hidden
from clientimport.files.table_detection.non_data_rows import is_client
from clientimport.files.table_detection.sheet_choice import ALL, choose_sheet, sheets_with_same_headers
from clientimport.files.table_detection.to_table import to_table
from clientimport.files.table_detection.transposed import is_transposed
from clientimport.model.table import Table
from clientimport.schema.row_filter import filter_rows
from clientimport.storage.input_folder import spreadsheets_in


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """What the user says about a file."""

    sheet: str | None = None
    """Its name, or `all` for every sheet with the same headings as one list."""
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

    `is_known_header` returns whether a header text is one of the vocabulary. Raises FileUnreadable, whose code says why
    and whose facts hold the `file`, and UsageError for a condition on a column that is not there.
    """
    try:
        return _read(file, options, is_known_header, stdin)
    except FileUnreadable as error:
        raise FileUnreadable(error.code, **{**error.facts, "file": file}) from error


def _read(file: str, options: ReadRequest, is_known_header: IsKnownHeader, stdin: bytes | None) -> Table:
    if stdin is None and Path(file).is_dir():
        named = _tables_of_folder(file, options, is_known_header)
    else:
        named = [(table.sheet or "", table) for table in _tables(file, options, is_known_header, stdin)]
    tables = [table for _, table in named]
    table = combine_tables(tables, [name for name, _ in named]) if len(tables) > 1 else tables[0]
    return filter_rows(table, options.where)


def _tables_of_folder(folder: str, options: ReadRequest, known: IsKnownHeader) -> list[tuple[str, Table]]:
    """Return the spreadsheets in a folder with what each is called.

    Raises FileUnreadable when their headings are not the same, so that they are not one list.
    """
    files = spreadsheets_in(Path(folder))
    named: list[tuple[str, Table]] = []
    for file in files:
        tables = _tables(str(file), options, known, None)
        for table in tables:
            name = file.name if len(tables) == 1 else f"{file.name}, {table.sheet}"
            named.append((name, replace(table, file=folder)))
            if not same_columns(table, named[0][1]):
                raise FileUnreadable("folder.other_headers", other=file.name, first=files[0].name)
    return named


def _tables(file: str, options: ReadRequest, known: IsKnownHeader, stdin: bytes | None) -> list[Table]:
    """Return the table of the sheet that is meant, or of every sheet with the same headings."""
    book = open_workbook(file_content(file, stdin), options.encoding, options.password)
    names = _several(book, options, known)
    if names:
        return [_read_sheet(file, book, replace(options, sheet=name), known) for name in names]
    name = None if _wants_all(book, options) else options.sheet
    return [_read_sheet(file, book, replace(options, sheet=name), known)]


def _wants_all(book: Workbook, options: ReadRequest) -> bool:
    """Tell whether every sheet with the same headings is meant, and not one that is called so."""
    return options.sheet == ALL and ALL not in {info.name for info in book.sheet_infos}


def _several(book: Workbook, options: ReadRequest, known: IsKnownHeader) -> tuple[str, ...]:
    """Return the sheets that are one list; none where one sheet is read."""
    if not _wants_all(book, options):
        return ()
    names = sheets_with_same_headers(book, known, include_hidden=options.include_hidden)
    return names if len(names) > 1 else ()


def _read_sheet(file: str, book: Workbook, options: ReadRequest, known: IsKnownHeader) -> Table:
    sheet = choose_sheet(book, options.sheet, known, include_hidden=options.include_hidden)
    if not options.include_hidden:
        sheet = _shown(sheet)
    return to_table(file, sheet, _heading(sheet, options.header_row, known))


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
