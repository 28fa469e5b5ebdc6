"""Whatever a person types comes back as typed, row by row, from both formats."""

from __future__ import annotations

import csv
import dataclasses
import io

import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clientimport.files.read import ReadRequest
from clientimport.model.table import Column, Table
from clientimport.schema.types.mojibake import repair_mojibake
from spreadsheets import read, xlsx

TEXT = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(' \n;,|\t"'), max_size=8).filter(
    lambda text: not text.startswith(("'", "=")) and "_x" not in text
)
ROWS = st.lists(st.tuples(TEXT, TEXT, TEXT, st.just("0403019261")), min_size=1, max_size=6)
HEADER = ("Foo", "Bar", "Baz", "Qux")
OPTIONS = ReadRequest(header_row=1)


def same(table: Table, rows: list[tuple[str, str, str, str]]) -> None:
    assert table.rows.tolist() == list(range(2, len(rows) + 2))
    for column, typed in zip(table.columns, zip(*rows, strict=True), strict=True):
        assert column.values.to_pylist() == [text if text.strip() else None for text in typed]


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_a_workbook_gives_back_what_was_typed(rows: list[tuple[str, str, str, str]]) -> None:
    same(read(xlsx([HEADER, *rows]), OPTIONS), rows)


@settings(max_examples=200, deadline=None)
@example(rows=[("", "", "Â¡", "0403019261")])
@given(ROWS)
def test_a_csv_file_gives_back_what_was_typed(rows: list[tuple[str, str, str, str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows([HEADER, *rows])
    table = read(stream.getvalue().encode(), OPTIONS)
    if any(finding.code == "text.mojibake_file" for finding in table.findings):  # set right, and told
        table = dataclasses.replace(table, columns=tuple(map(once_more, table.columns)))
        rows = [tuple(map(repair_mojibake, row)) for row in rows]  # type: ignore[misc]
    same(table, rows)


def once_more(column: Column) -> Column:
    """Return a column with its values set right, those too whose line was not damaged as a whole."""
    values = [text and repair_mojibake(text) for text in column.values.to_pylist()]
    return dataclasses.replace(column, values=pa.array(values, pa.string()))
