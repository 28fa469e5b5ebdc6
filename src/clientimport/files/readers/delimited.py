"""A delimited text file: CSV, tab-separated and the like, in the encodings and quoting that programs use."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.errors import FileUnreadable
from clientimport.files import limits
from clientimport.files.encoding import decode_text, repair_mojibake_lines
from clientimport.files.limits import CELLS, COLUMNS, FILE_BYTES, ROWS, require_amount, require_length
from clientimport.files.readers.cell_grid import CellGrid, Ints
from clientimport.files.readers.cell_grid_builder import CellGridBuilder
from clientimport.files.readers.csv_quoting import to_standard_quoting
from clientimport.files.readers.sheet import Sheet, SheetInfo
from clientimport.model.finding import Finding
from clientimport.model.table import column_letter
from clientimport.schema.finding_catalog import new_finding

_DELIMITERS = (";", ",", "\t", "|")
_NO_DELIMITER = "\x1f"
_SAMPLE = 200
"""Lines by which the delimiter is chosen: chosen, not measured."""
_HEAD = 2**16
"""Characters in which as many lines are looked for at first: chosen, not measured."""
_WINDOW = 25
"""Records that titles above the table may take: chosen, not measured."""
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)
_TEXT_MARKS = ("=", "'")
_TEXT_MARK = re.compile(r'=\s*"(?P<formula>[^"]*)"|\'(?P<apostrophe>[0-9+].*)', re.DOTALL)
"""Excel's two ways to keep a zero: `="0123"` and `'0123`. Neither is part of the text."""
_BATCH = 8192
"""Rows that become columns at once: larger ones are no faster (measured with 100,000 rows of 17)."""
_LINES = 4 * ROWS
"""A row may have several lines between quotation marks; four on average are chosen, not measured."""
_UNEVEN = (-_WINDOW, 0)
csv.field_size_limit(2 * FILE_BYTES)
"""The csv module's own bound is lifted, for a whole row is one field where another delimiter is tried."""


@dataclass(frozen=True, slots=True)
class DelimitedWorkbook:
    """A text file as a workbook of one sheet without a name."""

    text: str
    sheet_infos: tuple[SheetInfo, ...] = (SheetInfo(None),)

    def read_sheet(self, info: SheetInfo, limit: int | None = None) -> Sheet:
        """Return the sheet, or its first `limit` rows that are not blank. Raises FileUnreadable."""
        text, findings = repair_mojibake_lines(self.text)
        text, delimiter = _split_separator_line(text)
        text, unclear_quotes = to_standard_quoting(text, delimiter)
        reported = {finding.row for finding in unclear_quotes}
        grid, broken_rows = _read_rows(text, delimiter, limit)
        findings += [*unclear_quotes, *(finding for finding in broken_rows if finding.row not in reported)]
        return Sheet(info.name, grid, findings=tuple(findings))


def open_workbook(data: bytes, encoding: str | None) -> DelimitedWorkbook:
    """Return the workbook in these bytes. Raises FileUnreadable."""
    return DelimitedWorkbook(decode_text(data, encoding))


def _read_rows(text: str, delimiter: str, limit: int | None) -> tuple[CellGrid, list[Finding]]:
    """Return the cells, and an error for each row whose quotation marks could be meant otherwise."""
    builder, findings = CellGridBuilder(), list[Finding]()
    records = _records(text, delimiter)
    first, filled, characters = 1, 0, 0
    while batch := list(islice(records, _BATCH)):
        findings += (
            _broken_quotes_finding(number, fields) for number, (fields, broken) in enumerate(batch, first) if broken
        )
        lengths = _add_rows(builder, first, [fields for fields, _ in batch])
        first += len(batch)
        filled, characters = filled + int((lengths > 0).sum()), characters + int(lengths.sum())
        require_amount(filled, characters)
        if limit is not None and builder.row_count >= limit:
            return builder.build().head(limit), findings
    return builder.build(), findings


def _add_rows(builder: CellGridBuilder, first: int, rows: Sequence[list[str]]) -> Ints:
    """Add rows whose numbers rise from `first`, and return how many characters stand in each of their fields."""
    widths = np.fromiter(map(len, rows), np.int64, len(rows))
    if first + len(rows) - 1 > ROWS or widths.max() > COLUMNS:
        raise FileUnreadable("file.too_many_cells", limit=CELLS)
    row_positions = np.repeat(np.arange(len(rows)), widths)
    columns = np.arange(len(row_positions)) - np.repeat(np.cumsum(widths) - widths, widths)
    texts = _as_typed(pa.array(list(chain.from_iterable(rows)), pa.string()))
    lengths: Ints = pc.utf8_length(texts).to_numpy()
    for position in np.flatnonzero(lengths > limits.CELL_CHARACTERS)[:1].tolist():
        cell = f"{column_letter(columns[position])}{first + row_positions[position]}"
        require_length(texts[position].as_py(), cell)
    filled = lengths > 0
    counts = np.bincount(row_positions[filled], minlength=len(rows))
    text_indexes = builder.add_texts(texts) + np.flatnonzero(filled)
    builder.add_rows(np.arange(first, first + len(rows)), counts, columns[filled], text_indexes, widths)
    return lengths


def _as_typed(texts: pa.StringArray) -> pa.StringArray:
    """Return the texts without Excel's two marks for text, and empty where there is only white space."""
    marked: Any = pc.or_(*(pc.starts_with(texts, mark) for mark in _TEXT_MARKS))
    if pc.any(marked).as_py():
        typed = pa.array([typed_text(str(text)) for text in texts.filter(marked).to_pylist()], pa.string())
        texts = cast("pa.StringArray", pc.replace_with_mask(texts, marked, typed))
    blank: Any = pc.utf8_is_space(texts)
    return cast("pa.StringArray", pc.if_else(blank, "", texts)) if pc.any(blank).as_py() else texts


def typed_text(text: str) -> str:
    """Return what a person typed, without the mark by which Excel keeps the zero in front.

    >>> typed_text('="0123"'), typed_text("'0123"), typed_text("'s Gravenwezel")
    ('0123', '0123', "'s Gravenwezel")
    """
    mark = _TEXT_MARK.fullmatch(text)
    return (mark["formula"] or mark["apostrophe"] or "") if mark else text


def _split_separator_line(text: str) -> tuple[str, str]:
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


def _records(text: str, delimiter: str) -> Iterator[tuple[list[str], bool]]:
    """Yield the fields of each row, and whether its quotation marks could be meant otherwise.

    A quoted line break does not start a row, as in Excel. Raises FileUnreadable when a mark may swallow rows.
    """
    lines = list(io.StringIO(text, newline=""))
    row = line = 0
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for fields in reader:
            yield fields, False
            row, line = row + 1, reader.line_num
    except csv.Error:  # from here on each row is read on its own: only some of them break the rules
        yield from _checked_records(lines[line:], delimiter, row)


def _checked_records(lines: list[str], delimiter: str, row: int) -> Iterator[tuple[list[str], bool]]:
    """Yield the same for the rows behind `row`, each of which is read once by the rules and once without."""
    line = 0
    reader = csv.reader(lines, delimiter=delimiter)
    for number, fields in enumerate(reader, start=row + 1):
        source, line = lines[line : reader.line_num], reader.line_num
        yield fields, '"' in "".join(source) and _has_broken_quotes(source, delimiter, number)


def _has_broken_quotes(lines: list[str], delimiter: str, number: int) -> bool:
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


def _broken_quotes_finding(number: int, fields: list[str]) -> Finding:
    text = next((text for text in fields if '"' in text), "")
    return new_finding("row.quotes", row=number, value=text)
