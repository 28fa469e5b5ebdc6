"""Telephone numbers in the international form E.164: https://www.itu.int/rec/T-REC-E.164."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.common_spelling import CommonSpelling, without
from clientimport.schema.types.excel_damage import scientific_notation
from clientimport.schema.types.missing_value import MISSING, is_missing

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

# Narrower than the numbering plans, and held against phonenumbers by a test.
_PLAIN_MOBILE = r"^\+(?:324[5-9][0-9]{7}|3526[269]1[0-9]{6}|336[0-2][0-9]{7}|316[1-5][0-9]{7})$"
_PLAIN_FIXED = r"^\+32(?:[23][2-8]|5[0-9]|6[05789]|71|8[1-7]|9[2-4])[0-9]{6}$"
_BETWEEN_TWO = re.compile(r"\s*[;|,]\s*|\s+(?:of|ou|or|oder|en|et|and|und|-|/)\s+|\s*/\s*(?=[+0])", re.IGNORECASE)
_REMARK = re.compile(r"\s*\([^0-9()+]*\)")
_SPELT_HERE = r"^0[1-9](?:[ ./-]?[0-9]){7,8}$"
_SPELT_ABROAD = r"(?:352|(?:32|33|31)(?: ?\(0\))?)(?:[ ./-]?[0-9]){7,9}$"
_WITH_PLUS, _WITH_ZEROS = rf"^\+ ?{_SPELT_ABROAD}", rf"^00 ?{_SPELT_ABROAD}"
_DIALLING_ZEROS = ("BE", "LU", "NL", "FR", "DE")
"""Countries in which 00 stands before the country's prefix; there are more."""
_COMMON = (
    CommonSpelling(_SPELT_HERE, without("^0|[^0-9]", "+32"), "phone.international", ("BE",)),
    CommonSpelling(_WITH_PLUS, without(r"\(0\)|[^0-9]", "+"), "phone.international"),
    CommonSpelling(_WITH_ZEROS, without(r"\(0\)|^00|[^0-9]", "+"), "phone.international", _DIALLING_ZEROS),
)
_BELGIAN_MOBILE = re.compile(r"\+324[0-9]{8}")


@dataclass(frozen=True, slots=True)
class Phone:
    """Any telephone number; one without a country's prefix belongs to the country of its row."""

    common_spellings: ClassVar = _COMMON

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the prefix says it
        """Accept Belgian numbers, and mobile ones of the neighbours."""
        mobile = pc.match_substring_regex(values, _PLAIN_MOBILE)
        return pc.or_(mobile, pc.match_substring_regex(values, _PLAIN_FIXED))

    def parse(self, text: str, country: str) -> ParsedValue | Issue:
        """Return the number in E.164.

        >>> Phone().parse("02/512.34.56", "BE")
        ParsedValue(value='+3225123456', repair='phone.international', notes=())
        >>> Phone().parse("02/512.34.56 - 0475/11.22.33", "BE").code
        'phone.several'
        """
        return parse_phone(text, country)


def parse_phone(text: str, country: str) -> ParsedValue | Issue:
    """Return the number in E.164; one that exists nowhere, but might, has a note."""
    if is_missing(text):
        return MISSING
    typed = _REMARK.sub("", clean(text))
    problem = scientific_notation(typed) or _several(typed, country)
    if problem:
        return problem
    number = _possible(typed, country)
    if number is None:
        return Issue("phone.unreadable")
    from phonenumbers import PhoneNumberFormat, format_number, is_valid_number

    value = format_number(number, PhoneNumberFormat.E164)
    notes = () if is_valid_number(number) else (Issue("phone.not_in_use"),)
    return finish_parse(text, value, "phone.international", *notes)


def is_belgian_mobile(value: str) -> bool:
    """Return whether a number in E.164 has the form of a Belgian mobile one: +324 and eight digits."""
    return _BELGIAN_MOBILE.fullmatch(value) is not None


def are_mobile_numbers(values: pa.StringArray) -> pa.BooleanArray:
    """Return which values are mobile numbers of Belgium or a neighbour in E.164."""
    return pc.match_substring_regex(values, _PLAIN_MOBILE)


def _possible(typed: str, country: str) -> PhoneNumber | None:
    from phonenumbers import NumberParseException, is_possible_number, parse

    try:
        number = parse(re.sub(r"^\+?\+|^\(\+", "+", typed), country or None)
    except NumberParseException:
        return None
    return number if is_possible_number(number) else None


def _several(typed: str, country: str) -> Issue | None:
    parts = [part for part in _BETWEEN_TWO.split(typed) if part]
    if len(parts) > 1 and all(_possible(part, country) for part in parts):
        return Issue("phone.several", {"first": parts[0], "second": parts[1]})
    return None


@dataclass(frozen=True, slots=True)
class MobilePhone:
    """A number in E.164 of any country; a Belgian one is `+324` and eight digits."""

    common_spellings: ClassVar = _COMMON

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the prefix says it
        """Accept mobile numbers of Belgium and its neighbours."""
        return are_mobile_numbers(values)

    def parse(self, text: str, country: str) -> ParsedValue | Issue:
        """Return the number in E.164, unless it is a Belgian fixed line.

        >>> MobilePhone().parse("0475/12.34.56", "BE")
        ParsedValue(value='+32475123456', repair='phone.international', notes=())
        >>> MobilePhone().parse("02 123 45 67", "BE").code
        'mobile.not_mobile'
        """
        result = parse_phone(text, country)
        if isinstance(result, Issue) or result.value is None:
            return result
        fixed = result.value.startswith("+32") and not is_belgian_mobile(result.value)
        return Issue("mobile.not_mobile") if fixed else result
