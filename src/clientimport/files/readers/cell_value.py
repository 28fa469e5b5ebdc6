"""A value of a data frame as the text of a cell, as a spreadsheet would show it: 419618535.0 is 419618535."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from uuid import UUID

import numpy as np

from clientimport.errors import FileUnreadable
from clientimport.files.readers.number_format import NumberFormat
from clientimport.model.table import CellFlag

_PLAIN = NumberFormat()
CellText = tuple[str, CellFlag | None]


def cell_text(value: object) -> CellText:
    """Return the text of a value, empty for what is missing, and its flag. Raises FileUnreadable for a list or other.

    >>> cell_text(419618535.0), cell_text(True), cell_text(Decimal("9000.00")), cell_text(float("nan"))
    (('419618535', None), ('TRUE', None), ('9000', None), ('', None))
    >>> cell_text(datetime(2026, 1, 31)), cell_text(b"a")
    Traceback (most recent call last):
    clientimport.errors.FileUnreadable: frame.value (kind='bytes')
    """
    if isinstance(value, str):
        return _require_text(str(value)), None
    if value is None or _is_missing(value):
        return "", None
    if isinstance(value, bool | np.bool_):
        return ("TRUE" if value else "FALSE"), None
    if isinstance(value, int | np.integer | float | np.floating | Decimal):
        return _number_text(value)
    return _other_text(value)


def _number_text(value: float | np.integer | np.floating | Decimal) -> CellText:
    if isinstance(value, int | np.integer):
        return str(int(value)), None
    return (_decimal_text(value), None) if isinstance(value, Decimal) else _float_text(value)


def _is_missing(value: object) -> bool:
    """Return whether a value is NaN, NaT or pandas' NA, none of which is equal to itself."""
    name = type(value).__name__
    if name in ("NAType", "NaTType"):
        return True
    if isinstance(value, np.datetime64 | np.timedelta64):
        return bool(np.isnat(value))
    return isinstance(value, float | np.floating | Decimal) and value != value  # noqa: PLR0124


def _float_text(value: float | np.floating) -> CellText:
    return (str(value), None) if math.isinf(value) else _PLAIN.render(repr(float(value)), since_1904=False)


def _decimal_text(value: Decimal) -> str:
    if not value.is_finite():
        return str(value)
    return str(int(value)) if value == value.to_integral_value() else f"{value:f}"


def _other_text(value: object) -> CellText:
    if isinstance(value, np.datetime64):
        return _other_text(value.astype("datetime64[us]").item())
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=None)  # as it stands on the clock there
        at_midnight = moment.time() == time()
        return (moment.date().isoformat() if at_midnight else moment.isoformat(timespec="seconds")), CellFlag.DATE
    if isinstance(value, date):
        return value.isoformat(), CellFlag.DATE
    if isinstance(value, time):
        return value.isoformat(), None
    if isinstance(value, Enum):
        return cell_text(value.value)
    if isinstance(value, UUID):
        return str(value), None
    raise FileUnreadable("frame.value", kind=type(value).__name__)


def _require_text(text: str) -> str:
    """Return a text that can be written down; half of a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise FileUnreadable("frame.text", value=text.encode(errors="replace").decode()) from error
    return text
