"""The number of a house and of a box in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.schema.types.cleaning import clean_text, finish_parse
from clientimport.schema.types.excel_damage import text_before_date
from clientimport.schema.types.missing_value import MISSING, is_missing, may_be_missing

_PLAIN = r"^[1-9][0-9]{0,4}(?:[A-Za-z]|[-/][0-9]{1,3})?$"
_WITHOUT = frozenset(
    {
        *("zn", "znr", "zondernummer", "zondernr", "zonderhuisnummer", "geennummer", "geennr"),
        *("sn", "sno", "sansnumero", "sansno", "pasdenumero"),
        *("on", "onr", "ohnenummer", "ohnenr", "ohnehausnummer", "nonumber"),
    }
)
"""What people write for a house without a number (`z/n`, `s/n`, `o. Nr.`), normalised and without spaces."""
_BOX_WORD = re.compile(
    r"^(?:(?:bus|bte|bo[iî]te|box)(?:\b\.?:?\s*(?:n[°ºro]?\.?\s*(?=\d))?|(?=\d))|b\.\s?(?=\d))(?=\w)", re.IGNORECASE
)
"""`B12` may be what the box is called, so it stays; a point shows that the word is cut short."""


@dataclass(frozen=True, slots=True)
class HouseNumber:
    """A house number: `12`, `12A`, `12-14`, `12/3`; what else stands there is kept as typed."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the same everywhere
        """Accept a number with at most one letter or a second number."""
        return pc.match_substring_regex(values, _PLAIN)

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the number as typed; a date is what a spreadsheet makes of `12-14`.

        >>> HouseNumber().parse("2026-12-14", "BE")
        Issue(code='house_number.date', facts={}, suggestion='14-12', position=None, field=None)
        >>> HouseNumber().parse("z/n", "BE")
        ParsedValue(value=None, repair='value.nothing', notes=())
        """
        value = clean_text(text)
        return MISSING if normalize(value).replace(" ", "") in _WITHOUT else _number(text, value)


@dataclass(frozen=True, slots=True)
class Box:
    """The box of a house number: `3`, `B`, `0301`."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002
        """Accept a number, or up to three capitals."""
        number = pc.match_substring_regex(values, r"^(?:[0-9]{2,5}|[1-9]|[A-Z]{1,3})$")
        return pc.and_not(number, may_be_missing(values))

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the box without the word for it.

        >>> Box().parse("bus 3", "BE")
        ParsedValue(value='3', repair='box.word', notes=())
        """
        value = clean_text(text)
        while (shorter := _BOX_WORD.sub("", value)) != value:
            value = shorter
        return _number(text, value)


def _number(typed: str, value: str) -> ParsedValue | Issue:
    if is_missing(value):
        return MISSING
    original = text_before_date(value)
    if original is not None:
        return Issue("house_number.date", {}, original)
    return finish_parse(typed, value, "box.word")
