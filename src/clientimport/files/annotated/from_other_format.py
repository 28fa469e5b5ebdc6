"""A plain workbook of the sheets of any other format, each row at its own number, every cell as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.files.annotated.styles import EMPTY_STYLES
from clientimport.files.annotated.xml_text import attribute, concatenate, escape_all, text_cells, to_bytes
from clientimport.files.readers.cell_grid import CellGrid
from clientimport.files.readers.sheet import Sheet, Workbook
from clientimport.files.writers.sheets import sheet_name
from clientimport.files.writers.text_cell import FORMULA
from clientimport.files.writers.workbook_bytes import LEVEL
from clientimport.model.report import Report
from clientimport.model.table import column_letter

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET}.styles+xml"/>'
)
_AT_ONCE = 20_000
"""Rows whose XML is made at the same time."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def reported_sheets(workbook: Workbook, report: Report, unnamed: str) -> tuple[Mapping[str, Sheet], Report]:
    """Return the sheets that a report is about by names that Excel takes, and the report with these names.

    The sheet of a text file, which has no name, is called `unnamed`.
    """
    infos = {info.name: info for info in workbook.sheet_infos}
    sheets, names = dict[str, Sheet](), dict[str | None, str]()
    for wanted in (*(part.sheet for part in report.parts),) or (report.sheet,):
        taken = {name.casefold() for name in sheets}
        names[wanted] = sheet_name(wanted or unnamed, taken)
        sheets[names[wanted]] = workbook.read_sheet(infos.get(wanted, workbook.sheet_infos[0]))
    parts = tuple(replace(part, sheet=names[part.sheet]) for part in report.parts)
    if not parts:
        return sheets, replace(report, sheet=names[report.sheet])
    findings = (replace(finding, sheet=names.get(finding.sheet)) for finding in report.findings)
    return sheets, replace(report, sheet=", ".join(sheets), parts=parts, findings=tuple(findings))


def to_xlsx(sheets: Mapping[str, Sheet]) -> bytes:
    """Return an .xlsx workbook with these sheets."""
    numbers = range(1, len(sheets) + 1)
    types = _TYPES + "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_SHEET}.worksheet+xml"/>'
        for number in numbers
    )
    related = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": _book(tuple(sheets)),
        "xl/_rels/workbook.xml.rels": _relations(*related, ("styles", "styles.xml")),
        "xl/styles.xml": EMPTY_STYLES,
    }
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for part, content in parts.items():
            archive.writestr(part, _HEAD + content)
        for number, sheet in zip(numbers, sheets.values(), strict=True):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as rows:
                for piece in _sheet(sheet.grid):
                    rows.write(piece)
    return output.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    relations = (
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(relations)}</Relationships>'


def _book(names: Sequence[str]) -> str:
    sheets = (
        f'<sheet name={attribute(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{"".join(sheets)}</sheets></workbook>'


def _sheet(grid: CellGrid) -> Iterator[bytes]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheetData>'.encode()
    names = pa.array(map(column_letter, range(max(grid.used_columns, default=-1) + 1)), pa.string())
    texts = escape_all(grid.texts)
    for first in range(0, len(grid), _AT_ONCE):
        yield to_bytes(_rows(grid, texts, names, slice(first, first + _AT_ONCE)))
    yield b"</sheetData></worksheet>"


def _rows(grid: CellGrid, texts: pa.StringArray, names: pa.StringArray, rows: slice) -> pa.StringArray:
    """Return the XML of each of these rows."""
    lengths, first = grid.cell_counts[rows], grid.row_starts[rows.start]
    numbers: Any = pc.cast(pa.array(grid.row_numbers[rows]), pa.string())
    ends = np.concatenate([[0], np.cumsum(lengths)])
    cells_of_rows = slice(first, first + ends[-1])
    own_row = numbers.take(pa.array(np.repeat(np.arange(len(lengths)), lengths)))
    names, texts = names.take(grid.columns[cells_of_rows]), texts.take(grid.text_indexes[cells_of_rows])
    style: Any = pc.if_else(pc.match_substring_regex(texts, FORMULA), "1", "0")
    cells = text_cells((names, own_row), style, texts)
    inside = pc.binary_join(pa.ListArray.from_arrays(pa.array(ends, pa.int32()), cells), "")
    return cast("pa.StringArray", concatenate('<row r="', numbers, '">', inside, "</row>"))
