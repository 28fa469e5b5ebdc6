"""A text file of fields: CSV, tab-separated and the like, whatever the program that wrote it preferred."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np
import pyarrow.compute as pc

from clientimport.errors import FileUnreadable
from clientimport.files import limits
from clientimport.files.encoding import restored
from clientimport.files.limits import CELLS, COLUMNS, FILE_BYTES, ROWS, require_amount, require_length
from clientimport.files.readers.cell_grid import CellGrid
from clientimport.files.readers.cell_grid_builder import CellGridBuilder
from clientimport.files.readers.csv_quoting import to_standard_quoting
from clientimport.files.readers.delimited_bulk import field_block, typed
from clientimport.files.readers.sheet import Sheet, SheetInfo
from clientimport.model.finding import Finding
from clientimport.model.parallel import map_parallel
from clientimport.model.table import column_letter
from clientimport.schema.finding_catalog import finding_kinds

_DELIMITERS = (";", ",", "\t", "|")
_NO_DELIMITER = "\x1f"
_ODD_DELIMITERS = ('"', "\r")
"""What a line `sep=` may name, and what means something else as well."""
_SAMPLE = 200
_HEAD = 2**16
"""Characters that as many lines are looked for in at first."""
_WINDOW = 25
"""Titles above the table take fewer records than this."""
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)
_LINES = 4 * ROWS
"""A row may have several lines between quotation marks."""
_UNEVEN = (-_WINDOW, 0)
csv.field_size_limit(2 * FILE_BYTES)
"""Of the csv module, for which a whole row is one field where another delimiter is tried; ours are the bounds."""


@dataclass(frozen=True, slots=True)
class DelimitedWorkbook:
    """A text file as a book of one sheet without a name."""

    text: str
    sheet_infos: tuple[SheetInfo, ...] = (SheetInfo(None),)
    piece: int = 2**20
    """Bytes of which the lines are read at once."""

    def read_sheet(self, info: SheetInfo, limit: int | None = None) -> Sheet:
        """Return the sheet, or its first `limit` rows that are not blank. Raises FileUnreadable."""
        text, findings = restored(self.text)
        text, delimiter = _delimited(text)
        text, unlike = to_standard_quoting(text, delimiter)
        findings += unlike
        whole = _at_once(text, delimiter, self.piece) if limit is None else None
        if whole is not None:
            return Sheet(info.name, whole, findings=tuple(findings))
        grid, refused = CellGridBuilder(), {finding.row for finding in unlike}
        filled = length = 0
        for record in _records(text, delimiter):
            cells = _cells(record)
            if record.broken and record.number not in refused:
                findings.append(_broken(record))
            if cells:
                grid.add_row(record.number, cells, len(record.fields))
                filled += len(cells)
                length += sum(map(len, cells.values()))
            require_amount(filled, length)
            _require_bounds(record)
            if limit is not None and grid.row_count >= limit:
                break
        return Sheet(info.name, grid.build(), findings=tuple(findings))


@dataclass(frozen=True, slots=True)
class _Record:
    number: int
    """As Excel counts: a quoted line break does not start a row."""
    fields: list[str]
    broken: bool
    """Whether its quotation marks could be meant otherwise."""


def _delimited(text: str) -> tuple[str, str]:
    """Return the text below a line that names the delimiter, which Excel does not show either, and the delimiter."""
    if text.count("\n") + text.count("\r") > _LINES:
        raise FileUnreadable("file.too_many_cells", limit=CELLS)
    lines = _first_lines(text)
    separator = _SEPARATOR_LINE.fullmatch(lines[0])
    return (text[len(lines[0]) :], separator[1]) if separator else (text, _delimiter(lines))


def _first_lines(text: str) -> list[str]:
    """Return those that the delimiter is looked for in; not all of a long text is cut into lines for them."""
    for size in (_HEAD, 16 * _HEAD, len(text)):
        lines = list(islice(io.StringIO(text[:size], newline=""), _SAMPLE + 2))
        if len(lines) == _SAMPLE + 2:  # the last of them may not be whole
            break
    return lines[: _SAMPLE + 1]


def _at_once(text: str, delimiter: str, piece: int) -> CellGrid | None:
    """Return the whole grid when every line can be read in a block, and within the bounds."""
    data = text.encode()
    if b"\0" in data or delimiter in _ODD_DELIMITERS or not delimiter.isascii():
        return None
    grid, line, filled, length = CellGridBuilder(), 0, 0, 0
    for found in map_parallel(partial(field_block, delimiter=delimiter), _pieces(data, piece), size=piece):
        if found is None or found.widths.max() > COLUMNS:
            return None
        lengths = pc.utf8_length(found.texts).to_numpy()
        line += len(found.widths)
        if lengths.max() > limits.CELL_CHARACTERS or line > ROWS:
            return None
        cells = lengths > 0
        filled, length = filled + int(cells.sum()), length + int(lengths.sum())
        require_amount(filled, length)
        rows = np.bincount(found.rows[cells], minlength=len(found.widths))
        numbers = np.arange(line - len(found.widths), line) + 1
        places = grid.add_texts(found.texts) + np.flatnonzero(cells)
        grid.add_rows(numbers, rows, found.indexes[cells], places, found.widths)
    return grid.build()


def _pieces(data: bytes, size: int) -> Iterator[bytes]:
    """Yield whole lines, so many bytes at a time or a little more."""
    begin = 0
    while begin < len(data):
        end = data.find(b"\n", begin + size) + 1 or len(data)
        piece = data[begin:end]
        yield piece if piece.endswith(b"\n") else piece + b"\n"
        begin = end


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=delimiter)
    before, quoted = 0, '"' in text
    for number, fields in enumerate(reader, start=1):
        source = lines[before : reader.line_num] if quoted else []
        before = reader.line_num
        yield _Record(number, fields, any('"' in line for line in source) and _broken_quotes(source, delimiter, number))


def _broken_quotes(lines: list[str], delimiter: str, number: int) -> bool:
    """Return whether the marks are used against the rules. Raises FileUnreadable when one may swallow rows."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        if len(lines) > 1 or "unexpected end" in str(error):
            raise FileUnreadable("file.quote_open", row=number) from error
        return True
    return False


def _delimiter(lines: list[str]) -> str:
    """Return the delimiter that splits most evenly; a file of one column has none."""
    judged = {delimiter: _evenness(lines, delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda delimiter: judged[delimiter])
    return best if judged[best] > _UNEVEN else _NO_DELIMITER


def _evenness(lines: list[str], delimiter: str) -> tuple[int, int]:
    """Return how early records of one width begin, below zero, and how many of their delimiters agree.

    Early comes first, for the comma that each address holds begins below the header. Such records are most of those
    that follow, and outweigh the titles above.
    """
    text, _ = to_standard_quoting("".join(lines[:_SAMPLE]), delimiter)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    widths = [len(fields) for fields in records if any(fields)]
    best = _UNEVEN
    for width, count in Counter(widths).items():
        first, agreed = widths.index(width), count * (width - 1)
        if width > 1 and first < min(_WINDOW, agreed + 1) and count * 2 > len(widths) - first:
            best = max(best, (-first, agreed))
    return best


def _cells(record: _Record) -> dict[int, str]:
    return {
        index: text
        for index, field in enumerate(record.fields)
        if field and (text := typed(field) if field[0] in "='" else field) and not text.isspace()
    }


def _require_bounds(record: _Record) -> None:
    if record.number > ROWS or len(record.fields) > COLUMNS:
        raise FileUnreadable("file.too_many_cells", limit=CELLS)
    longest = max(range(len(record.fields)), key=lambda index: len(record.fields[index]), default=0)
    require_length(record.fields[longest] if record.fields else "", f"{column_letter(longest)}{record.number}")


def _broken(record: _Record) -> Finding:
    text = next((text for text in record.fields if '"' in text), "")
    return Finding("row.quotes", finding_kinds()["row.quotes"].severity, row=record.number, value=text)
