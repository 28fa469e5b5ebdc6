"""The Belgian national register number (rijksregisternummer, numéro de registre national) of a person, or BIS number.

YYMMDD, a counter of three digits, and two check digits: 97 minus the remainder of the nine digits by 97, with a 2
before them for those born in 2000 or later. Month and day may be 00; a BIS number adds 20 or 40 to the month.
Source: https://www.ibz.rrn.fgov.be/fileadmin/user_upload/nl/rr/instructies/IT-lijst/IT000_Rijksregisternummer.pdf
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.finding import Problem
from clientimport.types.cleaning import settled, tidy
from clientimport.types.interface import Parsed
from clientimport.types.nothing import NOTHING, means_nothing
from clientimport.types.remark import is_remark
from clientimport.types.spreadsheet_damage import shortened

LENGTH = 11
_SHORTEST = 8  # a spreadsheet eats the zeros of those born in 2000 to 2009: three of 3 January 2000 (00.01.03)
_LAST_YEAR = 50  # nobody born after 2050 yet; not the year of today, so that a file means the same next year
_OF_A_COMPANY = 10
_BIRTH_2000 = 2_000_000_000
_MONTHS = r"(?:0[0-9]|1[0-2]|2[0-9]|3[0-2]|4[0-9]|5[0-2])"
_SHAPE = rf"^[0-9]{{2}}{_MONTHS}[0-9]{{7}}$"


@dataclass(frozen=True, slots=True)
class NationalRegisterNumber:
    """Eleven digits without separators. The number itself is never among the facts of a problem."""

    def plain(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- Belgian everywhere
        """Accept eleven digits with a possible month and the right check digits."""
        shaped = pc.match_substring_regex(values, _SHAPE)
        safe = pc.if_else(shaped, values, pa.scalar("0")).fill_null("0")
        numbers = pc.cast(safe, pa.int64()).to_numpy()
        body, check, year = numbers // 100, numbers % 100, numbers // 10**9
        fits = (97 - body % 97 == check) | ((97 - (body + _BIRTH_2000) % 97 == check) & (year <= _LAST_YEAR))
        return pc.and_(shaped, pa.array(np.asarray(fits), pa.bool_()))

    def parse(self, text: str, country: str) -> Parsed | Problem:  # noqa: ARG002
        """Return the digits, or why they are no national register number.

        >>> NationalRegisterNumber().parse("85.07.30-033.28", "BE")
        Parsed(value='85073003328', repair='national_register_number.separators', notes=())
        """
        if means_nothing(text):
            return NOTHING
        typed = tidy(text)
        if is_remark(typed):
            return Problem("national_register_number.no_digits")
        digits = re.sub(r"[^0-9]", "", typed)
        if _is_of_a_company(digits):
            return Problem("national_register_number.is_company_number")
        if is_national_register_number(digits):
            return settled(text, digits, "national_register_number.separators")
        padded = digits.zfill(LENGTH)
        if len(digits) >= _SHORTEST and is_national_register_number(padded):
            return settled(text, padded, "national_register_number.zero_restored")
        return shortened(typed) or _fault(digits)


def _is_of_a_company(digits: str) -> bool:
    """Tell whether `digits` are a company's number: ten, of which a spreadsheet has not eaten the zero before them.

    Each of them with one more zero would pass for somebody born in 1900.
    """
    from clientimport.types.enterprise_number import is_enterprise_number  # which looks at this module too

    return len(digits) == _OF_A_COMPANY and digits[0] in "01" and is_enterprise_number(digits)


def is_national_register_number(digits: str) -> bool:
    """Tell whether `digits` are a national register or BIS number, born before or after 2000.

    >>> [is_national_register_number(digits) for digits in ("85073003328", "17073003384", "98472899765", "12345678901")]
    [True, True, True, False]
    """
    return re.match(_SHAPE, digits) is not None and _check_digits_fit(digits)


def _check_digits_fit(digits: str) -> bool:
    body, check = int(digits[:9]), int(digits[9:])
    recent = int(digits[:2]) <= _LAST_YEAR and 97 - (body + _BIRTH_2000) % 97 == check
    return recent or 97 - body % 97 == check


def _fault(digits: str) -> Problem:
    if len(digits) != LENGTH:
        return Problem("national_register_number.length", {"digits": str(len(digits))})
    what = "birth_date" if _check_digits_fit(digits) else "check_digits"
    return Problem(f"national_register_number.{what}")
