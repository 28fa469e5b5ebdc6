"""What a number format makes of a number: the zeros, percents and dates that a person sees in the cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from clientimport.model.table import CellFlag

_BUILT_IN = {9: "0%", 10: "0.00%", 48: "##0.0E+0", 49: "@"}
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""ECMA-376 part 1, 18.8.30: the formats without a code in the file."""
_NOT_SHOWN = re.compile(r'\[(?!h+\]|m+\]|s+\])[^\]]*\]|"[^"]*"|\\.|[_*].', re.IGNORECASE)
_TOKEN = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<zero>0)|(?P<plain>[-/ ()+:])|(?P<other>.)')
_NUMBER = re.compile(r"-?[0-9]{1,400}(\.[0-9]{1,400})?(E[-+]?[0-9]{1,3})?", re.IGNORECASE)
_EXACT_DIGITS = 15
"""Excel keeps no more: https://learn.microsoft.com/office/troubleshoot/excel/floating-point-arithmetic-inaccurate-result."""
_EXACT_INTEGER = 2.0**53
_LEAP_BUG = 60
"""Excel believes in 29 February 1900: https://learn.microsoft.com/office/troubleshoot/excel/wrongly-assumes-1900-is-leap-year."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """One format of a workbook."""

    date: bool = False
    percent: bool = False
    digit_pattern: tuple[str | None, ...] = ()
    """Where the format shows a fixed number of digits: its literals, and None for each digit."""

    def render(self, raw: str, *, since_1904: bool) -> tuple[str, CellFlag | None]:
        """Return the text of the stored number `raw`, and its flag.

        >>> NumberFormat().render("8.5073003328E10", since_1904=False)
        ('85073003328', None)
        >>> number_format("0000000000").render("123456749", since_1904=False)
        ('0123456749', None)
        >>> number_format("0%").render("0.21", since_1904=False), NumberFormat().render("0.5", since_1904=False)
        (('21%', None), ('0.5', None))
        """
        if not (self.date or self.percent or self.digit_pattern) and _is_short(raw):
            return raw, None
        if not _NUMBER.fullmatch(raw):
            return raw, None
        number = Decimal(raw)
        if self.date and (moment := _date_text(float(number), since_1904)):
            return moment, CellFlag.DATE
        if self.percent:
            return f"{_plain(number * 100)}%", None
        text = _plain(number)
        if self.digit_pattern and text.isdigit():
            return self._padded(text), None
        rounded = len(text.lstrip("-")) > _EXACT_DIGITS and number == number.to_integral_value()
        return text, CellFlag.NUMBER if rounded else None

    def _padded(self, digits: str) -> str:
        places = self.digit_pattern.count(None)
        digits = digits.zfill(places)
        cut = len(digits) - places + 1
        remaining = iter((digits[:cut], *digits[cut:]))  # the first place takes the digits that are too many
        return "".join(next(remaining) if literal is None else literal for literal in self.digit_pattern)


def number_format(code: str, identifier: int = 164) -> NumberFormat:
    r"""Return what the format `code` does; `identifier` is its number in the workbook.

    >>> number_format('"BE "0000\\.000\\.000').render("123456749", since_1904=False)
    ('BE 0123.456.749', None)
    """
    code = (code or _BUILT_IN.get(identifier, "")).partition(";")[0]
    bare = _NOT_SHOWN.sub("", code)
    if identifier in _BUILT_IN_DATES or (re.search("[dmyhs]", bare, re.IGNORECASE) and "general" not in bare.lower()):
        return NumberFormat(date=True)
    return NumberFormat(percent="%" in bare, digit_pattern=_places(code))


def number_text(value: float) -> str:
    """Return a number as it is stored in the older formats, without the `.0` that no cell shows.

    >>> number_text(123456749.0), number_text(0.21)
    ('123456749', '0.21')
    """
    return str(int(value)) if value.is_integer() and abs(value) < _EXACT_INTEGER else repr(value)


def _places(code: str) -> tuple[str | None, ...]:
    tokens = list(_TOKEN.finditer(re.sub(r"\[[^\]]*\]", "", code)))
    # A single 0 is the format of plain whole numbers: nothing to restore.
    if any(token["other"] for token in tokens) or sum(bool(token["zero"]) for token in tokens) < 2:  # noqa: PLR2004
        return ()
    return tuple(
        None if token["zero"] else token["quoted"] or token["escaped"] or token["plain"] or "" for token in tokens
    )


def _is_short(raw: str) -> bool:
    return raw.isascii() and raw.isdigit() and len(raw) <= _EXACT_DIGITS and (raw[0] != "0" or raw == "0")


def _plain(number: Decimal) -> str:
    if number == number.to_integral_value() and abs(number) < Decimal(10) ** 40:
        return str(int(number))
    return f"{Decimal(repr(float(number))):f}" if abs(float(number)) < 1e40 else str(number)  # noqa: PLR2004


def _date_text(serial: float, since_1904: bool) -> str | None:
    if serial < 0:
        return None
    epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 + (serial < _LEAP_BUG))  # noqa: DTZ001 -- a cell has no time zone
    try:
        moment = epoch + timedelta(seconds=round(serial * 86400))
    except OverflowError:
        return None
    if serial < 1:
        return moment.time().isoformat()
    return (moment.date() if moment.time() == datetime.min.time() else moment).isoformat()
