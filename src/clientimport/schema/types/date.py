"""A date, as ISO 8601 writes it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.schema.reference.month_names import month_numbers
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.missing_value import MISSING, is_missing

_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s?[-/. ]\s?([0-9]{1,2})\s?[-/. ]\s?([0-9]{4}|[0-9]{2})")
_TOGETHER = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])")
_WEEKDAY = r"(?:[^\W\d_]{2,10}\.?,?\s+)?"
_DAY_AND_WORD = re.compile(
    rf"{_WEEKDAY}([0-9]{{1,2}})(?:\.|er|e|ste|de|st|nd|rd|th)?[\s\-/.]*(?:of\s+)?([^\W\d_]{{3,10}})\.?,?[\s\-/.]*([0-9]{{4}}|[0-9]{{2}})",
    re.IGNORECASE,
)
_WORD_AND_DAY = re.compile(
    rf"{_WEEKDAY}([^\W\d_]{{3,10}})\.?\s*([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+([0-9]{{4}})", re.IGNORECASE
)
_SERIAL = re.compile(r"[2-5][0-9]{4}|60000")
_EPOCH = dt.date(1899, 12, 30)  # Excel's day 0, with its leap year 1900 that never was
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Date:
    """A day, year first."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- day first in all of them
        """Accept ISO dates up to the 28th, which every month has."""
        return pc.match_substring_regex(values, r"^(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])$")

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the day; written with the day first as here, or as a spreadsheet's count of days.

        >>> Date().parse("30/06/2025", "BE")
        ParsedValue(value='2025-06-30', repair='date.day_first', notes=())
        >>> Date().parse("45838", "BE")
        ParsedValue(value='2025-06-30', repair='date.serial', notes=())
        """
        if is_missing(text):
            return MISSING
        typed = clean(text)
        if _SERIAL.fullmatch(typed):
            return finish_parse(text, (_EPOCH + dt.timedelta(int(typed))).isoformat(), "date.serial")
        if iso := _ISO.fullmatch(typed):
            return _day(text, iso[1], iso[2], iso[3], "date.spelling")
        if match := _DAY_FIRST.fullmatch(typed):
            return _day(text, match[3], match[2], match[1], "date.day_first")
        if together := _TOGETHER.fullmatch(typed):
            return _day(text, together[1], together[2], together[3], "date.spelling")
        return _in_words(text, typed)


def _in_words(text: str, typed: str) -> ParsedValue | Issue:
    """Return the day of `15 juli 2027`, `1er mars 2027`, `15. Juli 2027` or `July 15, 2027`."""
    if match := _DAY_AND_WORD.fullmatch(typed):
        day, word, year = match.groups()
    elif match := _WORD_AND_DAY.fullmatch(typed):
        word, day, year = match.groups()
    else:
        return Issue("date.unreadable")
    month = month_numbers().get(normalize(word))
    return _day(text, year, str(month), day, "date.spelling") if month else Issue("date.unreadable")


def _day(text: str, year: str, month: str, day: str, repair: str) -> ParsedValue | Issue:
    full = int(year) if len(year) > len("25") else _CENTURY + int(year)
    try:
        return finish_parse(text, dt.date(full, int(month), int(day)).isoformat(), repair)
    except ValueError:
        return Issue("date.impossible")
