"""Frames that go out: pandas', of text columns, with the rows that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd
    from pandas.core.arrays import ArrowStringArray

TEXT: Literal["string[pyarrow]"] = "string[pyarrow]"
"""The type of every text column: Arrow's, so that nothing becomes a number or NaN by itself."""

Record = Mapping[str, object]


def text_frame(columns: Mapping[str, Sequence[str | None]], rows: Iterable[int], index: str) -> pd.DataFrame:
    """Return a frame of text columns whose index, called `index`, holds the numbers of the rows."""
    import pandas as pd

    numbers = pd.Index(list(rows), dtype="int64", name=index)
    return pd.DataFrame({name: _texts(values) for name, values in columns.items()}, index=numbers)


def record_frame(
    records: Iterable[Record], columns: Sequence[str], whole: Sequence[str] = (), plain: Sequence[str] = ()
) -> pd.DataFrame:
    """Return a frame with these columns: texts, but for `whole` numbers that may be missing and `plain` values."""
    import pandas as pd

    listed = list(records)
    data: dict[str, object] = {}
    for name in columns:
        values = [record.get(name) for record in listed]
        if name in plain:
            data[name] = values
        elif name in whole:
            data[name] = pd.array([value if isinstance(value, int) else None for value in values], dtype="Int64")
        else:
            data[name] = _texts([None if value is None else str(value) for value in values])
    return pd.DataFrame(data, columns=list(columns))


def _texts(values: Sequence[str | None]) -> ArrowStringArray:
    import pandas as pd

    return pd.array([pd.NA if value is None else value for value in values], dtype=TEXT)
