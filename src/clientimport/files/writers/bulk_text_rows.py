"""Rows of text in a workbook that openpyxl has made, written straight into its XML, column by column.

openpyxl takes 20 seconds for 100,000 rows, this takes one; how the cells look is still openpyxl's, from a sample row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.files.annotated.xml_text import all_escaped, in_one, joined, text_cells
from clientimport.files.writers.text_cell import FORMULA
from clientimport.files.writers.workbook_bytes import LEVEL
from clientimport.model.parallel import side_by_side
from clientimport.model.table import letter

SAMPLE = ("x", "=x")
"""What the row below the header must be: a cell of text, and one that is marked as quoted."""
_PART = "xl/worksheets/sheet1.xml"
_SAMPLE_ROW = re.compile(r'<row r="2"[^>]*>.*?</row>', re.DOTALL)
_STYLE = re.compile(r' s="([0-9]+)"')
_SIZE = re.compile(r"<dimension [^>]*/>")
_AT_ONCE = 10_000
"""Rows whose XML is in memory at the same time."""


def with_rows(workbook: bytes, columns: Sequence[pa.StringArray]) -> bytes:
    """Return the workbook with a row for each position of the columns in the place of its sample row."""
    made = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(made, "w", ZIP_DEFLATED, compresslevel=LEVEL) as target:
        for name in source.namelist():
            # By name, so without a time: the same content gives the same bytes.
            with target.open(name, "w", force_zip64=True) as part:
                content = source.read(name)
                for piece in _filled(content, columns) if name == _PART else (content,):
                    part.write(piece)
    return made.getvalue()


def _filled(sheet: bytes, columns: Sequence[pa.StringArray]) -> Iterator[bytes]:
    xml = _SIZE.sub("", sheet.decode())
    sample = _SAMPLE_ROW.search(xml)
    assert sample is not None
    plain, quoted = _STYLE.findall(sample[0])
    yield xml[: sample.start()].encode()

    def rows(first: int) -> bytes:
        return _rows(first + 2, [column.slice(first, _AT_ONCE) for column in columns], plain, quoted)

    # The next ones are made while some are packed.
    yield from side_by_side(rows, range(0, len(columns[0]), _AT_ONCE), size=_AT_ONCE)
    yield xml[sample.end() :].encode()


def _rows(first: int, columns: Sequence[pa.StringArray], plain: str, quoted: str) -> bytes:
    """Return the XML of these rows, the first of which has this number."""
    numbers: Any = pc.cast(pa.array(np.arange(first, first + len(columns[0]))), pa.string())
    cells = [_cells(letter(at), numbers, column, plain, quoted) for at, column in enumerate(columns)]
    return in_one(joined('<row r="', numbers, '">', *cells, "</row>"))


def _cells(name: str, numbers: Any, texts: Any, plain: str, quoted: str) -> Any:
    """Return the XML of one column's cells, nothing where there is no text."""
    style = pc.if_else(pc.match_substring_regex(texts, FORMULA), quoted, plain)
    written = text_cells((name, numbers), style, all_escaped(texts))
    empty: Any = pc.fill_null(pc.equal(texts, pa.scalar("")), pa.scalar(True))
    return pc.if_else(empty, "", written)
