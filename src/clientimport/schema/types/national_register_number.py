"""The Belgian national register number (rijksregisternummer, numéro de registre national) of a person, or BIS number.

YYMMDD, a counter from 001 to 998, and two check digits: 97 minus the remainder of the nine digits by 97, with a 2
before them for those born in 2000 or later. Month and day may be 00; a BIS number adds 20 or 40 to the month.
Source: https://www.ibz.rrn.fgov.be/fileadmin/user_upload/nl/rr/instructies/IT-lijst/IT000_Rijksregisternummer.pdf
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.clock import Clock
from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.model.personal_number import (
    LENGTH,
    birth_centuries,
    is_establishment_number,
    is_national_register_number,
    is_register_number,
    restore_zeros,
)
from clientimport.schema.types.cleaning import clean
from clientimport.schema.types.common_spelling import CommonSpelling, without
from clientimport.schema.types.excel_damage import scientific_notation
from clientimport.schema.types.free_text import is_free_text
from clientimport.schema.types.missing_value import MISSING, is_missing

_SHORTEST = 8  # a spreadsheet eats the zeros of those born in 2000 to 2009: three of 3 January 2000 (00.01.03)
_COMPANY_NUMBER_LENGTH = 10
_BIRTH_2000 = 2_000_000_000
_ANY_YEAR = r"^[0-9]{2}"
_MONTH = r"(?:0[1-9]|1[0-2]|2[1-9]|3[0-2]|4[1-9]|5[0-2])"
_WITH_31 = r"(?:0[13578]|1[02]|2[13578]|3[02]|4[13578]|5[02])"
_NOT_FEBRUARY = r"(?:0[13-9]|1[0-2]|2[13-9]|3[0-2]|4[13-9]|5[0-2])"
_SHAPE = (
    rf"{_ANY_YEAR}(?:{_MONTH}(?:0[1-9]|1[0-9]|2[0-8])|{_NOT_FEBRUARY}(?:29|30)|{_WITH_31}31)"
    r"(?:00[1-9]|0[1-9][0-9]|[1-8][0-9]{2}|9[0-8][0-9]|99[0-8])[0-9]{2}$"
)
_SPELT = r"^ *[0-9]{2}[ ./-]?[0-9]{2}[ ./-]?[0-9]{2}[ ./-]{0,3}[0-9]{3}[ ./-]?[0-9]{2} *$"
"""A date that exists in every year; what is rarer (29 February, an unknown day) goes to the authority."""


@dataclass(frozen=True, slots=True)
class NationalRegisterNumber:
    """Eleven digits without separators. The number itself is never among the facts of a problem."""

    clock: Clock = field(default_factory=Clock)
    """For the birth date, which is not in the future."""

    common_spellings: ClassVar = (CommonSpelling(_SPELT, without("[^0-9]"), "national_register_number.separators"),)

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- Belgian everywhere
        """Accept eleven digits with a date of birth, a possible counter and the right check digits."""
        shaped = pc.match_substring_regex(values, _SHAPE)
        safe = pc.if_else(shaped, values, pa.scalar("0")).fill_null("0")
        numbers = pc.cast(safe, pa.int64()).to_numpy()
        body, check, year = numbers // 100, numbers % 100, numbers // 10**9
        in_the_past = year < self._today().year % 100
        fits = (97 - body % 97 == check) | ((97 - (body + _BIRTH_2000) % 97 == check) & in_the_past)
        return pc.and_(shaped, pa.array(np.asarray(fits), pa.bool_()))

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the digits, or why they are no national register number.

        >>> NationalRegisterNumber().parse("85.07.30-033.28", "BE")
        ParsedValue(value='85073003328', repair='national_register_number.separators', notes=())
        """
        if is_missing(text):
            return MISSING
        typed = clean(text)
        if is_free_text(typed):
            return Issue("national_register_number.no_digits")
        digits = re.sub(r"[^0-9]", "", typed)
        if is_national_register_number(digits, self._today()):
            return _parsed(text, digits, "separators")
        if len(digits) == _COMPANY_NUMBER_LENGTH and is_register_number(digits):
            return Issue(f"national_register_number.{_kind_of_company(digits)}")
        whole = restore_zeros(digits, self._today()) if len(digits) >= _SHORTEST else None
        if whole:
            return _parsed(text, whole, "zero_restored")
        return scientific_notation(typed) or _problem(digits)

    def _today(self) -> date:
        return self.clock.now().date()


def _parsed(text: str, digits: str, repair: str) -> ParsedValue:
    """Return the number, and by which repair; what was typed and what is read look alike once they are masked."""
    return ParsedValue(digits, None if digits == text else f"national_register_number.{repair}")


def _kind_of_company(digits: str) -> str:
    return "is_establishment" if is_establishment_number(digits) else "is_company_number"


def _problem(digits: str) -> Issue:
    if len(digits) != LENGTH:
        return Issue("national_register_number.length", {"digits": str(len(digits))})
    if not birth_centuries(digits):
        return Issue("national_register_number.check_digits")
    what = "counter" if digits[6:9] in {"000", "999"} else "birth_date"
    return Issue(f"national_register_number.{what}")
