"""A data frame as a sheet: pandas', or anything that hands over Arrow data (polars, pyarrow, duckdb)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard

import numpy as np
import pyarrow as pa

from clientimport.errors import FileUnreadable
from clientimport.files.limits import COLUMNS, ROWS, require_amount, require_length
from clientimport.files.readers.cell_grid_builder import CellGridBuilder
from clientimport.files.readers.cell_value import cell_text
from clientimport.files.readers.sheet import Sheet
from clientimport.model.table import CellFlag, column_letter

if TYPE_CHECKING:
    import pandas as pd

NAME = "DataFrame"
"""What a frame is called where a file would have a name."""
ROW = "row"
"""The name of an index that holds row numbers."""
_FIRST = 2
"""The number of a frame's first row: as if its columns were named in the first row of a sheet."""

_SHORT_FLOATS = {
    **dict.fromkeys(("float32", "Float32", "float", "float[pyarrow]"), 2.0**24),
    **dict.fromkeys(("float16", "halffloat", "halffloat[pyarrow]"), 2.0**11),
}
"""Types of pandas and Arrow -> up to where they hold every whole number (IEEE 754)."""

Ints = np.ndarray[tuple[int], np.dtype[np.int64]]


class ArrowStream(Protocol):
    """What hands over Arrow data: https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return a capsule with the stream."""
        ...


@dataclass(frozen=True, slots=True)
class FrameSheet:
    """A frame as a sheet, with the numbers that its rows have."""

    sheet: Sheet
    headers: Mapping[int, str]
    """By column; empty where the columns have no names."""
    rows: Ints | None
    """The row number at each position, where the frame has an index of that name."""

    def row_number(self, number: int) -> int:
        """Return the number of a row of the sheet as the frame has it."""
        return number if self.rows is None else int(self.rows[number - _FIRST])


@dataclass(frozen=True, slots=True)
class _FrameColumn:
    """The texts of a column: the distinct ones, and the index of each row's, below 0 where there is none."""

    texts: list[str]
    flags: list[CellFlag | None]
    codes: Ints

    @property
    def filled(self) -> int:
        """How many rows have a text."""
        return int((self.codes >= 0).sum())

    @property
    def characters(self) -> int:
        """How long the texts of all rows are together."""
        lengths = np.array([*map(len, self.texts), 0])
        return int(lengths[self.codes].sum())


def is_pandas(frame: object) -> TypeGuard[pd.DataFrame]:
    """Return whether this is a DataFrame of pandas, without loading pandas to see it."""
    return any(kind.__module__.partition(".")[0] == "pandas" and kind.__name__ == NAME for kind in type(frame).__mro__)


def frame_sheet(frame: pd.DataFrame | ArrowStream) -> FrameSheet:
    """Return a frame as a sheet whose first row names the columns. Raises FileUnreadable for what is no list."""
    labels, columns, rows = _pandas_parts(frame) if is_pandas(frame) else _arrow_parts(frame)
    count = len(columns[0].codes) if columns else 0
    if not count:
        raise FileUnreadable("frame.empty")
    if count >= ROWS or len(columns) > COLUMNS:
        raise FileUnreadable("frame.too_big", rows=ROWS - 1, columns=COLUMNS)
    headers = _headers(labels)
    require_amount(sum(column.filled for column in columns), sum(column.characters for column in columns))
    return FrameSheet(_sheet(headers, columns, count), headers, rows)


def _headers(labels: Sequence[object]) -> dict[int, str]:
    headers = {}
    for index, label in enumerate(labels):
        if isinstance(label, tuple):
            raise FileUnreadable("frame.multi_index", columns=", ".join(map(str, labels[:3])))
        text = cell_text(label)[0].strip()
        if text:
            headers[index] = text
    return headers


def _sheet(headers: Mapping[int, str], columns: Sequence[_FrameColumn], count: int) -> Sheet:
    """Return the sheet with the header in row 1."""
    grid = CellGridBuilder()
    if headers:
        grid.add_row(1, headers, len(columns))
    cells = np.full((count, len(columns)), -1, np.int64)
    flags: dict[tuple[int, int], CellFlag] = {}
    for index, column in enumerate(columns):
        first = grid.add_texts(pa.array(column.texts, pa.string()))
        cells[:, index] = np.where(column.codes >= 0, column.codes + first, -1)
        for code, flag in enumerate(column.flags):
            if flag is not None:
                flags.update(
                    {(position + _FIRST, index): flag for position in np.flatnonzero(column.codes == code).tolist()}
                )
    filled = cells >= 0
    grid.add_rows(
        np.arange(_FIRST, count + _FIRST),
        filled.sum(axis=1),
        np.nonzero(filled)[1],
        cells[filled],
        np.full(count, len(columns)),
    )
    return Sheet(None, grid.build(), flags)


def _pandas_parts(frame: pd.DataFrame) -> tuple[list[object], list[_FrameColumn], Ints | None]:
    """Return the labels and columns of a frame, its index first where that is more than a position."""
    rows = _row_index(frame.index) if list(frame.index.names) == [ROW] else None
    levels = [] if rows is not None else _levels(frame.index)
    columns: list[Any] = [*(level for _, level in levels), *(frame.iloc[:, at] for at in range(frame.shape[1]))]
    own: list[object] = list(frame.columns)
    labels = [*(name for name, _ in levels), *(own if own != list(range(len(own))) else [None] * len(own))]
    return labels, [_pandas_column(column, at) for at, column in enumerate(columns)], rows


def _levels(index: pd.Index) -> list[tuple[object, pd.Index]]:
    """Return what an index holds beside positions, with its names: it has a name, several levels, or texts or dates.

    Whole numbers without a name are what is left of positions when rows are chosen or put in another order.
    """
    if index.nlevels == 1 and index.names[0] is None and index.inferred_type in ("integer", "empty"):
        return []
    return [(name, index.get_level_values(level)) for level, name in enumerate(index.names)]


def _pandas_column(column: pd.Series[Any] | pd.Index, at: int) -> _FrameColumn:
    return _column(column.tolist(), at, _SHORT_FLOATS.get(str(column.dtype)))


def _row_index(index: pd.Index) -> Ints:
    """Return the row numbers in an index. Raises FileUnreadable for what is no number, or stands there twice."""
    values = index.tolist()
    if not all(isinstance(value, int | np.integer) and value > 0 for value in values):
        raise FileUnreadable("frame.row_index", value=next((v for v in values if not isinstance(v, int) or v <= 0), ""))
    if not index.is_unique:
        raise FileUnreadable("frame.row_twice", row=index[index.duplicated()][0])
    return np.array(values, np.int64)


def _arrow_parts(frame: ArrowStream) -> tuple[list[object], list[_FrameColumn], Ints | None]:
    try:
        table = pa.table(frame)
    except (TypeError, ValueError, pa.ArrowException) as error:
        raise FileUnreadable("frame.not_a_table", kind=type(frame).__name__) from error
    return list(table.column_names), [_arrow_column(column, at) for at, column in enumerate(table.columns)], None


def _arrow_column(column: pa.ChunkedArray[Any], at: int) -> _FrameColumn:
    """Return the texts of a column, each distinct value looked at once where Arrow can tell them apart."""
    exact = _SHORT_FLOATS.get(str(column.type))
    try:
        encoded: Any = pa.concat_arrays(column.dictionary_encode().unify_dictionaries().chunks)
        distinct = encoded.dictionary.to_pylist()
    except pa.ArrowException:
        return _column(column.to_pylist(), at, exact)
    codes = encoded.indices.cast(pa.int64()).fill_null(-1).to_numpy()
    if None in distinct:
        return _column(column.to_pylist(), at, exact)
    return _texts_of(distinct, codes, at, exact)


def _column(values: Iterable[object], at: int, exact: float | None) -> _FrameColumn:
    """Return the texts of a column of any values; what is equal is the same only when it is of one type."""
    known: dict[object, int] = {}
    distinct: list[object] = []
    codes = []
    for value in values:
        key: object = value if type(value) is str else (type(value), value if _is_hashable(value) else id(value))
        code = known.get(key)
        if code is None:
            code = known[key] = len(distinct)
            distinct.append(value)
        codes.append(code)
    return _texts_of(distinct, np.array(codes, np.int64), at, exact)


def _is_hashable(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _texts_of(distinct: Sequence[Any], codes: Ints, at: int, exact: float | None) -> _FrameColumn:
    """Return the column of these values; a value without a text is none.

    `exact` is up to where its numbers are whole for sure; beyond, the frame has rounded them.
    """
    texts: list[str] = []
    flags: list[CellFlag | None] = []
    for code, value in enumerate(distinct):
        try:
            text, flag = cell_text(value)
        except FileUnreadable as error:
            row = int(np.flatnonzero(codes == code)[0]) + _FIRST
            raise FileUnreadable(f"{error.code}_in_column", column=column_letter(at), row=row, **error.facts) from error
        if exact is not None and isinstance(value, float) and abs(value) > exact:
            flag = CellFlag.NUMBER
        require_length(text, column_letter(at))
        texts.append(text)
        flags.append(flag)
    empty = np.array([not text or text.isspace() for text in texts], np.bool_)
    codes = np.where((codes >= 0) & ~empty[codes], codes, -1) if len(empty) else codes
    return _FrameColumn(texts, flags, codes)
