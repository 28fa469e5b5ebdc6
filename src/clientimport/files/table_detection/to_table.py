"""From a sheet to its table: columns of text below the header, with the spreadsheet's own numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.files.readers.cell_grid import CellGrid
from clientimport.files.readers.sheet import Sheet
from clientimport.files.table_detection.header_row import HeaderRow
from clientimport.files.table_detection.non_data_rows import data_rows
from clientimport.files.table_detection.shifted_rows import row_widths, width_findings
from clientimport.messages.added_headers import is_added_header
from clientimport.model.finding import Finding, Severity
from clientimport.model.parallel import map_parallel
from clientimport.model.table import CellFlag, Column, Table
from clientimport.schema.finding_catalog import new_finding
from clientimport.schema.types.control_characters import decode_as_windows_1252
from clientimport.schema.types.mojibake import repair_mojibake

T = TypeVar("T")

_SIGNS = ("#", "rr:", "RR:")
"""One of these stands in every error."""

_ERROR = (
    r"(?i)^\s*(?:#(?:N/A|N/B|N/D|NB|NV|REF!|VERW!|BEZUG!|VALUE!|WAARDE!|VALEUR ?!|WERT!|NAME\?|NAAM\?|NOM ?\?|DIV/0 ?!"
    r"|DEEL/0!|NUM!|GETAL!|NOMBRE ?!|ZAHL!|NULL!|LEEG!|NUL ?!|SPILL!|OVERLOOP!|CALC!|BEREKENEN!)"
    r"|#{3,}|Err:[0-9]{3})\s*$"
)
"""The errors of Excel in our four languages and of LibreOffice, and the hashes of a column that is too narrow."""


def to_table(file: str, sheet: Sheet, heading: HeaderRow) -> Table:
    """Return the table below `heading`; what this program wrote into columns of its own is not read."""
    added = [index for index, text in heading.texts.items() if is_added_header(text)]
    grid, findings = data_rows(sheet.grid.without_columns(added) if added else sheet.grid, heading)
    indexes, too_long = _columns(sheet, heading, grid)
    oddities, links = _by_column(sheet.cell_flags, grid), _by_column(sheet.mail_links, grid)
    errors = grid.contains_any("#:")
    columns = map_parallel(
        lambda index: _column(index, heading, grid, oddities.get(index, {}), links.get(index, {}), errors=errors),
        indexes,
        size=len(grid),
    )
    return Table(
        file,
        sheet.name,
        heading.row,
        tuple(columns),
        grid.row_numbers.astype(np.int64),
        (*sheet.findings, *_restored(sheet, heading), *findings, *too_long),
    )


def _restored(sheet: Sheet, heading: HeaderRow) -> list[Finding]:
    """Return a finding that names the headers whose letters were set right."""
    position = sheet.grid.position_of(heading.row)
    typed = sheet.grid.row(position).cells if position is not None else {}
    right = [
        heading.texts[index] for index, text in typed.items() if decode_as_windows_1252(repair_mojibake(text)) != text
    ]
    return [new_finding("header.mojibake", headers=", ".join(right))] if right else []


def _column(
    index: int,
    heading: HeaderRow,
    grid: CellGrid,
    oddities: Mapping[int, CellFlag],
    links: Mapping[int, str],
    *,
    errors: bool,
) -> Column:
    values = grid.column(index)
    odd = {**dict.fromkeys(_errors(values) if errors else (), CellFlag.ERROR), **oddities}
    return Column(index, heading.texts.get(index, ""), values, odd, links)


def _by_column(cells: Mapping[tuple[int, int], T], grid: CellGrid) -> dict[int, dict[int, T]]:
    """Return what is known of cells by column, and by position in its values; in the order of rows."""
    by_column: dict[int, dict[int, T]] = {}
    for (row, index), value in sorted(cells.items(), key=lambda cell: cell[0]):
        position = grid.position_of(row)
        if position is not None:
            by_column.setdefault(index, {})[position] = value
    return by_column


def _errors(values: pa.StringArray) -> list[int]:
    """Return where an error has become text, as in every text file and wherever values were pasted."""
    # The expression costs 20 ms for 100,000 values, looking for what each of them has one.
    if not any(pc.any(pc.match_substring(values, sign)).as_py() for sign in _SIGNS):
        return []
    return list(map(int, pc.indices_nonzero(pc.match_substring_regex(values, _ERROR)).to_numpy()))


def _columns(sheet: Sheet, heading: HeaderRow, grid: CellGrid) -> tuple[list[int], list[Finding]]:
    """Return the columns with a header or a value, and in a text file the rows of another width."""
    used = sorted(heading.texts.keys() | set(grid.used_columns))
    position = sheet.grid.position_of(heading.row)
    if sheet.name is not None or position is None:
        return used, []
    widths = row_widths(grid, sheet.grid.row(position))
    refused = {finding.row for finding in sheet.findings if finding.severity is Severity.ERROR}
    findings = [finding for finding in width_findings(grid, widths) if finding.row not in refused]
    return [index for index in used if index < widths.limit], findings
