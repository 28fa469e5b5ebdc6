"""From a sheet to its table: columns of text below the header, with the spreadsheet's own numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.catalogue import catalogue
from clientimport.files.sheet import Row, Sheet
from clientimport.files.structure.header_row import Heading
from clientimport.files.structure.lines import data_rows
from clientimport.files.structure.notice import notice
from clientimport.finding import Finding
from clientimport.table import Column, Oddity, Table
from clientimport.types.mojibake import decoded_once_more

T = TypeVar("T")

_SIGNS = ("#", "rr:", "RR:")
"""One of these stands in every error."""

_ERROR = (
    r"(?i)^\s*(?:#(?:N/A|N/B|N/D|NB|NV|REF!|VERW!|BEZUG!|VALUE!|WAARDE!|VALEUR ?!|WERT!|NAME\?|NAAM\?|NOM ?\?|DIV/0 ?!"
    r"|DEEL/0!|NUM!|GETAL!|NOMBRE ?!|ZAHL!|NULL!|LEEG!|NUL ?!|SPILL!|OVERLOOP!|CALC!|BEREKENEN!)"
    r"|#{3,}|Err:[0-9]{3})\s*$"
)
"""The errors of Excel in our four languages and of LibreOffice, and the hashes of a column that is too narrow."""


def laid_out(file: str, sheet: Sheet, heading: Heading) -> Table:
    """Return the table below `heading`."""
    rows, findings = data_rows(sheet.rows, heading)
    indexes, too_long = _columns(sheet, heading, rows)
    return Table(
        file,
        sheet.name,
        heading.row,
        tuple(_column(index, heading, rows, sheet) for index in indexes),
        np.array([row.number for row in rows], dtype=np.int64),
        (*sheet.findings, *_restored(sheet, heading), *findings, *too_long),
    )


def _restored(sheet: Sheet, heading: Heading) -> list[Finding]:
    """Return a finding that names the headers whose letters were set right."""
    typed = next(row.cells for row in sheet.rows if row.number == heading.row)
    right = [heading.texts[index] for index, text in typed.items() if decoded_once_more(text) != text]
    return [notice("header.mojibake", headers=", ".join(right))] if right else []


def _column(index: int, heading: Heading, rows: Sequence[Row], sheet: Sheet) -> Column:
    values = pa.array([row.cells.get(index) for row in rows], pa.string())
    oddities = dict.fromkeys(_errors(values), Oddity.ERROR) | _placed(sheet.oddities, index, rows)
    return Column(index, heading.texts.get(index, ""), values, oddities, _placed(sheet.mail_links, index, rows))


def _placed(cells: Mapping[tuple[int, int], T], index: int, rows: Sequence[Row]) -> dict[int, T]:
    """Return what is known of the cells of one column, by position in its values."""
    if not cells:
        return {}
    found = ((at, cells.get((row.number, index))) for at, row in enumerate(rows))
    return {at: known for at, known in found if known is not None}


def _errors(values: pa.StringArray) -> list[int]:
    """Return where an error has become text, as in every text file and wherever values were pasted."""
    # The expression costs 20 ms for 100,000 values, looking for what each of them has one.
    if not any(pc.any(pc.match_substring(values, sign)).as_py() for sign in _SIGNS):
        return []
    return list(map(int, pc.indices_nonzero(pc.match_substring_regex(values, _ERROR)).to_numpy()))


def _columns(sheet: Sheet, heading: Heading, rows: Sequence[Row]) -> tuple[list[int], list[Finding]]:
    """Return the columns with a header or a value, and in a text file the rows that run past the header."""
    used = sorted(heading.texts.keys() | {index for row in rows for index in row.cells})
    if sheet.name is not None:
        return used, []
    width = next(row.width for row in sheet.rows if row.number == heading.row)
    beyond = [(row, index) for row in rows if (index := max(row.cells)) >= width]
    if len(beyond) * 2 > len(rows):
        return used, []  # the header lacks a name, the rows are right
    severity = catalogue()["row.too_long"].severity
    findings = [
        Finding("row.too_long", severity, row=row.number, value=row.cells[index], facts=_widths(row, width))
        for row, index in beyond
    ]
    return [index for index in used if index < width], findings


def _widths(row: Row, width: int) -> dict[str, str]:
    return {"fields": str(row.width), "headers": str(width)}
