"""The Belgian enterprise number (ondernemingsnummer, numéro d'entreprise): ten digits that name every enterprise.

The first digit is 0 or 1, the last two are 97 minus the remainder of the first eight by 97.
Sources: https://www.prato.be/aanpassing-van-de-structuur-van-het-ondernemingsnummer/ (structure, establishment units),
https://news.economie.fgov.be/228778-ondernemingsnummers-beginnen-nu-ook-met-het-cijfer-1 (the 1).
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.finding import Issue
from clientimport.model.personal_number import LENGTH as NATIONAL_LENGTH
from clientimport.model.personal_number import is_establishment_number, may_be_national_number

LENGTH = 10
_OLD_LENGTH = 9  # before 2005, and wherever a spreadsheet took the number for a quantity
SPELT_WITH_MARKS = r"^(?:BE ?)?[01][0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}$"
SPELT_WITHOUT_ZERO = r"^(?:BE ?)?[1-9][0-9]{2}[ .]?[0-9]{3}[ .]?[0-9]{3}$"
"""How most people write one that is no ten digits."""
_SAMPLE = "0123456789"  # the example of Banqup's help; its check digits are wrong


def are_enterprise_numbers(values: pa.StringArray) -> pa.BooleanArray:
    """Return which values are ten digits with the right check digits; null where the value is null.

    >>> are_enterprise_numbers(pa.array(["0403019261", "0403019262", "403019261", None])).to_pylist()
    [True, False, False, None]
    """
    shaped = pc.match_substring_regex(values, r"^[01][0-9]{9}$")
    safe = pc.if_else(shaped, values, pa.scalar("0")).fill_null("0")
    numbers = pc.cast(safe, pa.int64()).to_numpy()
    fits = 97 - numbers // 100 % 97 == numbers % 100
    return pc.and_(shaped, pa.array(np.asarray(fits), pa.bool_()))


def is_enterprise_number(digits: str) -> bool:
    """Return whether `digits` are an enterprise number.

    >>> is_enterprise_number("0403019261"), is_enterprise_number("1018265814"), is_enterprise_number("0123456789")
    (True, True, False)
    """
    shaped = re.fullmatch("[01][0-9]{9}", digits) is not None
    return shaped and 97 - int(digits[:8]) % 97 == int(digits[8:])


def restore_leading_zero(digits: str) -> str | None:
    """Return the enterprise number whose leading zero got lost, or None when the check digits do not prove it.

    >>> restore_leading_zero("403019261"), restore_leading_zero("403019262")
    ('0403019261', None)
    """
    restored = f"0{digits}"
    return restored if len(digits) == _OLD_LENGTH and is_enterprise_number(restored) else None


def enterprise_number_problem(typed: str, digits: str, subject: str) -> Issue:
    """Return what is wrong with a tidy text whose `digits` (at least one) are no enterprise number, for `subject`.

    >>> enterprise_number_problem("2.123.456.709", "2123456709", "company_number").code
    'company_number.establishment'
    >>> enterprise_number_problem("85073003328", "85073003328", "company_number").code
    'company_number.is_national_number'
    """
    return Issue(f"{subject}.{_what(typed, digits)}", {"digits": str(len(digits))})


def _what(typed: str, digits: str) -> str:
    if digits.zfill(LENGTH) == _SAMPLE:
        return "sample"
    national = may_be_national_number(typed, digits)
    if is_establishment_number(digits[1:] if len(digits) == NATIONAL_LENGTH and digits[0] == "0" else digits):
        return "establishment_or_national" if national else "establishment"
    if national:
        return "is_national_number"
    if len(digits) != LENGTH:
        return "length"
    if digits[0] in "2345678":
        return "establishment"
    return "first_digit" if digits[0] == "9" else "check_digits"
