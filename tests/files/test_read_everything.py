"""Whatever a person types comes back as typed, row by row, from both formats."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from clientimport.files.read import ReadingOptions
from clientimport.table import Table
from clientimport.types.mojibake import is_suspect
from spreadsheets import read, xlsx

TEXT = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(' \n;,|\t"'), max_size=8).filter(
    # Letters that a wrong code page leaves are set right, and told: tests/files/test_read_csv.py.
    lambda text: not text.startswith(("'", "=")) and "_x" not in text and not is_suspect(text)
)
ROWS = st.lists(st.tuples(TEXT, TEXT, TEXT, st.just("0403019261")), min_size=1, max_size=6)
HEADER = ("Foo", "Bar", "Baz", "Qux")
OPTIONS = ReadingOptions(header_row=1)


def same(table: Table, rows: list[tuple[str, str, str, str]]) -> None:
    assert table.rows.tolist() == list(range(2, len(rows) + 2))
    for column, typed in zip(table.columns, zip(*rows, strict=True), strict=True):
        assert column.values.to_pylist() == [text if text.strip() else None for text in typed]


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_a_workbook_gives_back_what_was_typed(rows: list[tuple[str, str, str, str]]) -> None:
    same(read(xlsx([HEADER, *rows]), OPTIONS), rows)


@settings(max_examples=200, deadline=None)
@given(ROWS)
def test_a_csv_file_gives_back_what_was_typed(rows: list[tuple[str, str, str, str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows([HEADER, *rows])
    same(read(stream.getvalue().encode(), OPTIONS), rows)
