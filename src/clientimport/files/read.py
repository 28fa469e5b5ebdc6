"""Reading: from any file of the user to one table of text, or one clear reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from clientimport.errors import FileUnreadable
from clientimport.files.detect import STDIN, file_content
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
from clientimport.model.shell_command import shell_command
from clientimport.model.table import Table
from clientimport.schema.finding_catalog import new_finding
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


@dataclass(frozen=True, slots=True)
class _TablePart:
    """The table of one sheet, and what that is called among others."""

    file: str
    name: str
    table: Table


def read_table(
    file: str | Sequence[str], options: ReadRequest, is_known_header: IsKnownHeader, stdin: bytes | None = None
) -> Table:
    """Return the table in `file` (`-`: in the bytes `stdin`), or that of several files with the same headings.

    `is_known_header` returns whether a header text is one of the vocabulary. Raises FileUnreadable, whose code says why
    and whose facts hold the `file`, and UsageError for a condition on a column that is not there.
    """
    files = (file,) if isinstance(file, str) else tuple(file)
    parts = [part for each in files for part in _parts_of_file(each, options, is_known_header, stdin, len(files) > 1)]
    if len(files) > 1:
        _require_same_columns(parts, "files.other_headers", files[0])
    tables = [part.table for part in parts]
    table = combine_tables(tables, [part.name for part in parts]) if len(tables) > 1 else tables[0]
    empty = () if len(table.rows) else (new_finding("rows.none"),)
    return filter_rows(replace(table, file=", ".join(files), findings=(*table.findings, *empty)), options.where)


def _parts_of_file(
    file: str, options: ReadRequest, known: IsKnownHeader, stdin: bytes | None, among_others: bool
) -> list[_TablePart]:
    """Return the tables of a file or folder. Raises FileUnreadable, whose facts hold the `file`."""
    try:
        if file != STDIN and Path(file).is_dir():
            return _parts_of_folder(file, options, known)
        tables = _tables(file, options, known, stdin)
    except FileUnreadable as error:
        raise FileUnreadable(error.code, **{**error.facts, "file": file}) from error
    names = [_part_name(file, table, tables) if among_others else table.sheet or "" for table in tables]
    return [_TablePart(file, name, table) for name, table in zip(names, tables, strict=True)]


def _parts_of_folder(folder: str, options: ReadRequest, known: IsKnownHeader) -> list[_TablePart]:
    """Return the tables of the spreadsheets in a folder. Raises FileUnreadable when their headings are not the same."""
    files = list(map(str, spreadsheets_in(Path(folder))))
    tables_of_files = [_tables(file, options, known, None) for file in files]
    parts = [
        _TablePart(file, _part_name(file, table, tables), table)
        for file, tables in zip(files, tables_of_files, strict=True)
        for table in tables
    ]
    _require_same_columns(parts, "folder.other_headers", folder)
    return parts


def _part_name(file: str, table: Table, tables: Sequence[Table]) -> str:
    return Path(file).name if len(tables) == 1 else f"{Path(file).name}, {table.sheet}"


def _require_same_columns(parts: Sequence[_TablePart], code: str, file: str) -> None:
    """Raise FileUnreadable when the headings of one part are not those of the first."""
    first = parts[0]
    for part in parts:
        if not same_columns(part.table, first.table):
            lists = dict.fromkeys((first.file, part.file))
            merging = shell_command(["clientimport", "merge", *lists, "-p", "PLATFORM", "-o", "merged.xlsx"])
            names = {"other": Path(part.file).name, "first": Path(first.file).name}
            raise FileUnreadable(code, file=file, command=merging, **names)


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
