"""A frame is a sheet: what pandas and Arrow make of numbers, dates and empty cells is read as a cell of Excel is."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from clientimport.errors import FileUnreadable
from clientimport.files.frame_table import frame_table
from clientimport.model.table import CellFlag, Table


class Colour(enum.Enum):
    RED = "red"


def column(table: Table, index: int = 0) -> list[str | None]:
    return list(table.columns[index].values.to_pylist())


def read(values: Any, dtype: Any = object) -> list[str | None]:
    """Return the texts of one column beside one that is always filled."""
    frame = pd.DataFrame({"value": pd.Series(values, dtype=dtype), "name": [f"Name {at}" for at in range(len(values))]})
    return column(frame_table(frame))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (419618535.0, "419618535"),
        (np.float64(419618535.0), "419618535"),
        (419618535, "419618535"),
        (np.int64(5), "5"),
        (0.21, "0.21"),
        (-3.5, "-3.5"),
        (float("inf"), "inf"),
        (Decimal(403019261), "403019261"),
        (Decimal("9000.50"), "9000.50"),
        (True, "TRUE"),
        (np.bool_(False), "FALSE"),
        (pd.Timestamp("2026-01-31"), "2026-01-31"),
        (pd.Timestamp("2026-01-31 10:30"), "2026-01-31T10:30:00"),
        (pd.Timestamp("2026-01-31", tz="Europe/Brussels"), "2026-01-31"),
        (np.datetime64("2026-01-31"), "2026-01-31"),
        (dt.date(2026, 1, 31), "2026-01-31"),
        (dt.time(9, 5), "09:05:00"),
        (Colour.RED, "red"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ("0123", "0123"),
        (" x ", " x "),
    ],
)
def test_a_value_is_the_text_that_a_cell_would_show(value: object, text: str) -> None:
    assert read([value]) == [text]


@pytest.mark.parametrize(
    "missing", [None, float("nan"), np.nan, pd.NaT, pd.NA, Decimal("NaN"), np.datetime64("NaT"), "", "  "]
)
def test_what_is_missing_is_an_empty_cell(missing: object) -> None:
    assert read([missing, "x"]) == [None, "x"]


def test_values_that_are_equal_and_not_the_same_stay_apart() -> None:
    assert read([True, 1, 1.0, "1", None]) == ["TRUE", "1", "1", "1", None]


@pytest.mark.parametrize("dtype", ["float64", "Int64", "object", "string[pyarrow]", "category"])
def test_every_type_of_column_is_read_the_same(dtype: str) -> None:
    values = ["419618535", None] if dtype in ("string[pyarrow]", "category") else [419618535, None]
    assert read(values, dtype) == ["419618535", None]


def test_a_number_that_a_float_cannot_hold_is_marked() -> None:
    frame = pd.DataFrame({"iban": [1234567890123456789.0, 5.0], "short": np.array([419618528, 7], np.float32)})
    table = frame_table(frame.assign(name="Name"))
    assert table.columns[0].cell_flags == {0: CellFlag.NUMBER}
    assert table.columns[1].cell_flags == {0: CellFlag.NUMBER}


def test_a_date_is_marked_and_an_error_that_has_become_text_too() -> None:
    table = frame_table(pd.DataFrame({"when": [pd.Timestamp("2026-01-31")], "name": ["#N/A"], "other": ["x"]}))
    assert [dict(column.cell_flags) for column in table.columns] == [{0: CellFlag.DATE}, {0: CellFlag.ERROR}, {}]


def test_rows_are_numbered_as_below_one_row_of_headings() -> None:
    frame = pd.DataFrame({"name": ["a", None, "c"], "city": ["x", None, "z"]}, index=[9, 4, 4])
    table = frame_table(frame)
    assert table.rows.tolist() == [2, 4]  # a row in which nothing stands is none
    assert (table.header_row, table.sheet) == (1, None)


def test_an_index_that_is_called_row_holds_the_numbers() -> None:
    frame = pd.DataFrame(
        {"name": ["a", "b", "Totaal"], "city": ["x", "y", None]}, index=pd.Index([7, 3, 12], name="row")
    )
    table = frame_table(frame)
    assert table.rows.tolist()[:2] == [7, 3]


def test_another_index_with_a_name_is_a_column_and_no_data_are_lost() -> None:
    frame = pd.DataFrame({"BTW": ["BE0419618535"], "Naam": ["Peeters"]}).set_index("BTW")
    assert [column.header for column in frame_table(frame).columns] == ["BTW", "Naam"]


@pytest.mark.parametrize(
    ("index", "headers"),
    [
        (pd.Index(["x", "y"], name="Naam"), ["Naam", "Naam"]),
        (pd.Index(["x", "y"]), ["", "Naam"]),
        (pd.CategoricalIndex(["x", "y"]), ["", "Naam"]),
        (pd.to_datetime(["2026-01-01", "2026-01-02"]), ["", "Naam"]),
        (pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["Kantoor", None]), ["Kantoor", "", "Naam"]),
        (pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["Nr", "Nr"]), ["Nr", "Nr", "Naam"]),
        (pd.Index([7, 3]), ["Naam"]),
        (pd.RangeIndex(2), ["Naam"]),
    ],
)
def test_what_an_index_holds_beside_positions_is_read_under_its_own_name_or_none(
    index: pd.Index, headers: list[str]
) -> None:
    table = frame_table(pd.DataFrame({"Naam": ["a", "b"]}, index=index))
    assert [column.header for column in table.columns] == headers
    assert [text for column in table.columns for text in column.values.to_pylist() if not text] == []
    assert table.columns[-1].values.to_pylist() == ["a", "b"]


def test_columns_without_names_stay_so_beside_an_index_that_has_one() -> None:
    table = frame_table(pd.DataFrame([["x"], ["y"]], index=pd.Index(["a", "b"], name="Naam")))
    assert [(column.header, column.values.to_pylist()) for column in table.columns] == [
        ("Naam", ["a", "b"]),
        ("", ["x", "y"]),
    ]


@pytest.mark.parametrize(
    ("index", "code"),
    [
        ([0, 1], "frame.row_index"),
        (["a", "b"], "frame.row_index"),
        ([True, False], "frame.row_index"),
        ([4, 4], "frame.row_twice"),
    ],
)
def test_row_numbers_that_are_none_are_refused(index: list[object], code: str) -> None:
    frame = pd.DataFrame({"name": ["a", "b"]}, index=pd.Index(index, name="row"))
    with pytest.raises(FileUnreadable) as refused:
        frame_table(frame)
    assert refused.value.code == code


@pytest.mark.parametrize("value", [["a", "b"], {"a": 1}, b"bytes", 1 + 2j, pd.Timedelta(days=1), pd.Period("2026-01")])
def test_a_value_that_is_no_cell_is_refused_with_its_place(value: object) -> None:
    frame = pd.DataFrame({"name": ["a", "b"], "odd": pd.Series(["x", value], dtype=object)})
    with pytest.raises(FileUnreadable) as refused:
        frame_table(frame)
    assert (refused.value.code, refused.value.facts["column"], refused.value.facts["row"]) == (
        "frame.value_in_column",
        "B",
        "3",
    )


def test_half_of_a_letter_is_refused_with_its_place() -> None:
    frame = pd.DataFrame({"name": pd.Series(["\ud800"], dtype=object)})
    with pytest.raises(FileUnreadable) as refused:
        frame_table(frame)
    assert refused.value.code == "frame.text_in_column"


@pytest.mark.parametrize(
    "frame", [pd.DataFrame(), pd.DataFrame({"name": []}), pd.DataFrame(index=[1, 2]), pa.table({})]
)
def test_a_frame_without_rows_or_columns_is_refused(frame: Any) -> None:
    with pytest.raises(FileUnreadable) as refused:
        frame_table(frame)
    assert refused.value.code == "frame.empty"


def test_columns_with_several_levels_are_refused_and_those_of_one_name_are_kept_apart() -> None:
    deep = pd.DataFrame([["a", "b"]], columns=pd.MultiIndex.from_tuples([("x", "y"), ("x", "z")]))
    with pytest.raises(FileUnreadable, match="multi_index"):
        frame_table(deep)
    twice = frame_table(pd.DataFrame([["a", "b"]], columns=["Naam", "Naam"]))
    assert [(column.letter, column.header, column.values.to_pylist()) for column in twice.columns] == [
        ("A", "Naam", ["a"]),
        ("B", "Naam", ["b"]),
    ]


def test_columns_without_names_have_letters_alone() -> None:
    table = frame_table(pd.DataFrame([["a", "b"], ["c", "d"]]))
    assert [(column.letter, column.header) for column in table.columns] == [("A", ""), ("B", "")]
    assert table.rows.tolist() == [2, 3]


ROWS: dict[str, Any] = {
    "name": ["Peeters", None, "Claes"],
    "number": [419618535.0, None, float("nan")],
    "flag": [True, None, False],
}


@pytest.mark.parametrize(
    "frame",
    [
        pa.table({key: pa.array(values, from_pandas=True) for key, values in ROWS.items()}),
        pl.DataFrame(ROWS, strict=False),
        pl.DataFrame(ROWS, strict=False).with_columns(pl.col("name").cast(pl.Categorical)),
        pa.table({key: pa.array(values, from_pandas=True) for key, values in ROWS.items()}).to_reader(),
        pd.DataFrame(ROWS),
        pd.DataFrame(ROWS).convert_dtypes(dtype_backend="pyarrow"),
    ],
    ids=["pyarrow", "polars", "polars categories", "reader", "pandas", "pandas on Arrow"],
)
def test_whatever_hands_over_arrow_data_is_read_as_pandas_is(frame: Any) -> None:
    table = frame_table(frame)
    assert [column.values.to_pylist() for column in table.columns] == [
        ["Peeters", "Claes"],
        ["419618535", None],
        ["TRUE", "FALSE"],
    ]
    assert table.rows.tolist() == [2, 4]


def test_decimals_dates_and_nested_values_of_arrow_are_read_or_refused() -> None:
    good = pa.table({"name": ["a"], "amount": [Decimal("12.50")], "day": [dt.date(2026, 1, 31)]})
    assert [column.values.to_pylist() for column in frame_table(good).columns] == [["a"], ["12.50"], ["2026-01-31"]]
    with pytest.raises(FileUnreadable, match="value_in_column"):
        frame_table(pa.table({"name": ["a"], "odd": [["x", "y"]]}))


def test_conditions_on_rows_hold_for_frames_too() -> None:
    frame = pd.DataFrame({"name": ["a", "b"], "status": ["active", "stopped"]})
    assert frame_table(frame, ["status=active"]).rows.tolist() == [2]
