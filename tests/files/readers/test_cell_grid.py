"""A grid says what its rows say, however they were put in and whatever is left of them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientimport.files.readers.cell_grid import CellGrid, GridRow
from clientimport.files.readers.cell_grid_builder import CellGridBuilder

TEXTS = ("Peeters", "é", "#N/A", "x:y", "12")
Cells = dict[int, str]


@st.composite
def sheets(draw: st.DrawFn) -> list[GridRow]:
    """Rows with rising numbers, each with some filled cells."""
    numbers = sorted(draw(st.sets(st.integers(min_value=1, max_value=1_048_576), max_size=6)))
    cells = st.dictionaries(st.integers(0, 16_383), st.sampled_from(TEXTS), min_size=1, max_size=4)
    rows = []
    for number in numbers:
        filled = dict(sorted(draw(cells).items()))
        rows.append(GridRow(number, filled, max(filled) + 1))
    return rows


def grown(rows: list[GridRow], by_place: list[bool]) -> CellGrid:
    """Return the grid of these rows, some put in as texts and some as places of texts that are shared."""
    growing = CellGridBuilder(pa.array(TEXTS))
    for row, shared in zip(rows, by_place, strict=False):
        if shared:
            places = np.array([TEXTS.index(text) for text in row.cells.values()])
            growing.add_rows(np.array([row.number]), np.array([len(places)]), np.array(list(row.cells)), places)
        else:
            growing.add_row(row.number, row.cells)
    assert growing.row_count == len(rows)
    return growing.build()


MIXED = st.lists(st.booleans(), min_size=6, max_size=6)


@settings(max_examples=100)
@given(sheets(), MIXED)
def test_the_rows_come_out_as_they_went_in(rows: list[GridRow], shared: list[bool]) -> None:
    grid = grown(rows, shared)
    assert list(grid) == rows
    assert len(grid) == len(rows)
    assert grid.rows(1, 3) == rows[1:3]
    assert list(grid.head(2)) == rows[:2]
    assert [grid.position_of(row.number) for row in rows] == list(range(len(rows)))
    assert grid.position_of(1_048_577) is None


@settings(max_examples=100)
@given(sheets(), MIXED)
def test_a_column_holds_the_text_of_each_row(rows: list[GridRow], shared: list[bool]) -> None:
    grid = grown(rows, shared)
    assert grid.used_columns == tuple(sorted({index for row in rows for index in row.cells}))
    for index in (*grid.used_columns, 5):
        assert grid.column(index).to_pylist() == [row.cells.get(index) for row in rows]


@settings(max_examples=100)
@given(sheets(), MIXED, st.lists(st.booleans(), min_size=6, max_size=6))
def test_rows_and_columns_can_be_left_out(rows: list[GridRow], shared: list[bool], kept: list[bool]) -> None:
    grid = grown(rows, shared)
    mask = np.array(kept[: len(rows)], np.bool_)
    assert list(grid.where(mask)) == [row for row, keep in zip(rows, kept, strict=False) if keep]
    gone = set(grid.used_columns[::2])
    left = [({index: text for index, text in row.cells.items() if index not in gone}, row) for row in rows]
    assert list(grid.without_columns(gone)) == [GridRow(row.number, cells, row.width) for cells, row in left if cells]


def test_the_first_byte_of_each_text_is_told() -> None:
    grid = grown([GridRow(3, {0: "Peeters", 2: "é", 4: "12"}, 5)], [False])
    assert bytes(grid.first_bytes.tolist()) == b"P\xc31"
    assert CellGridBuilder().build().first_bytes.tolist() == []


@pytest.mark.parametrize(("letters", "found"), [("#", True), ("#:", True), ("!", False)])
def test_letters_are_looked_for_in_all_texts(letters: str, found: bool) -> None:
    assert grown([GridRow(1, {0: "#N/A"}, 1)], [False]).contains_any(letters) is found


def test_many_rows_are_packed_on_the_way() -> None:
    rows = [GridRow(number, {0: str(number), number % 7 + 1: "x"}, number % 7 + 2) for number in range(1, 10_001)]
    grid = grown(rows, [False] * len(rows))
    assert [grid.row(at) for at in (0, 4095, 4096, -1)] == [rows[at] for at in (0, 4095, 4096, -1)]
    assert grid.column(0).to_pylist() == [str(number) for number in range(1, 10_001)]
