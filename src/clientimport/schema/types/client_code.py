"""A code that an office gives its clients: kept as typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.types.cleaning import clean_text, finish_parse
from clientimport.schema.types.excel_damage import scientific_notation, text_before_date
from clientimport.schema.types.missing_value import MISSING, is_missing_in_words, may_be_missing

_APOSTROPHE = re.compile(r"^'(?=\d)")


@dataclass(frozen=True, slots=True)
class ClientCode:
    """An external reference or client code."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- a code is one anywhere
        """Accept letters and digits, with marks between them that no date or shortened number has."""
        return pc.and_not(
            pc.match_substring_regex(values, r"^[0-9A-Za-z]+(?:[._/][0-9A-Za-z]+)*$"), may_be_missing(values)
        )

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the code as typed, without outer white space.

        >>> ClientCode().parse(" K-0012", "BE")
        ParsedValue(value='K-0012', repair='text.spaces', notes=())
        """
        if is_missing_in_words(text):
            return MISSING
        value = _APOSTROPHE.sub("", clean_text(text))
        original = text_before_date(value)
        notes = () if original is None else (Issue("code.date", {}, original),)
        return scientific_notation(value) or finish_parse(text, value, "text.characters", *notes)
