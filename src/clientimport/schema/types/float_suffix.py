"""Float suffixes: the decimals that a program writes behind a number it takes for an amount (`9000.0`).

A column of whole numbers with one empty cell becomes such a column in pandas, R and most other programs for data:
https://pandas.pydata.org/docs/user_guide/integer_na.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.columns import keep_matching, map_distinct
from clientimport.model.field_type import FieldType
from clientimport.schema.types.boolean import Boolean
from clientimport.schema.types.client_code import ClientCode
from clientimport.schema.types.company_number import CompanyNumber
from clientimport.schema.types.date import Date
from clientimport.schema.types.house_number import Box, HouseNumber
from clientimport.schema.types.iban import Iban
from clientimport.schema.types.national_register_number import NationalRegisterNumber
from clientimport.schema.types.phone import MobilePhone, Phone
from clientimport.schema.types.postal_code import PostalCode
from clientimport.schema.types.rcs_number import RcsNumber
from clientimport.schema.types.vat_number import VatNumber

_WHOLE = (
    CompanyNumber,
    VatNumber,
    RcsNumber,
    NationalRegisterNumber,
    Iban,
    Phone,
    MobilePhone,
    PostalCode,
    HouseNumber,
)
_NEVER_DECIMAL = (*_WHOLE, Date, Boolean)
_SOMETIMES = (ClientCode, Box)
"""A file `1.0` and a box `1.0` exist: only where the whole column shows it is the tail damage."""
_MAYBE = r"^\s*\+?[0-9][0-9.,]*[.,]0+\s*$|^\s*[0-9][.,][0-9]+[Ee]\+?[0-9]{1,2}\s*$"
_TAIL = re.compile(r"(\+?\d+)[.,](?:0{1,2}|0{4,})|(\+?\d{4,})[.,]0+")
"""Three zeros may be thousands: `9.000`."""
_GROUPED = re.compile(r"(\d{1,3}(?:\.\d{3})+),0{1,2}|(\d{1,3}(?:,\d{3})+)\.0{1,2}")
_EXPONENT = re.compile(r"(\d)[.,](\d+)[Ee]\+?(\d{1,2})")
_NUMBER = r"^\s*[0-9]+(?:[.,][0-9]+)?\s*$"


@dataclass(frozen=True, slots=True)
class FloatSuffixes:
    """The numbers of a column without the tail, by position."""

    damage: Mapping[int, str]
    unsure: Mapping[int, str]
    """Where the tail may belong to it."""


def float_suffixes(type_: FieldType, values: pa.StringArray) -> FloatSuffixes:
    """Return which values of a column read as `type_` bear a tail."""
    if isinstance(type_, _NEVER_DECIMAL):
        return FloatSuffixes(map_distinct([keep_matching(values, _MAYBE)], without_float_suffix), {})
    if not isinstance(type_, _SOMETIMES):
        return FloatSuffixes({}, {})
    whole = map_distinct([keep_matching(values, _MAYBE)], without_float_suffix)
    if not whole:
        return FloatSuffixes({}, {})
    numbers = [str(number) for number in pc.drop_null(pc.unique(keep_matching(values, _NUMBER))).to_pylist()]
    others = [number for number in numbers if without_float_suffix(number) is None]
    if not others and len(set(whole.values())) > 1:
        return FloatSuffixes(whole, {})
    decimals = any(not number.strip().isdecimal() for number in others)  # 1.1 beside 1.0: they are decimals
    return FloatSuffixes({}, {} if decimals else whole)


def without_float_suffix(text: str | None) -> str | None:
    """Return a number without its tail, None when there is none; one whose digits are all there in `5.9E+1`, too.

    >>> without_float_suffix("9000.0")
    '9000'
    >>> without_float_suffix("403.019.261,00")
    '403019261'
    >>> without_float_suffix("5.93270113E+08")
    '593270113'
    >>> without_float_suffix("12.5")
    >>> without_float_suffix("9.000"), without_float_suffix("4.03E+08"), without_float_suffix("02.12.34.00")
    (None, None, None)
    """
    typed = (text or "").strip()
    if match := _TAIL.fullmatch(typed):
        return match[1] or match[2]
    if match := _GROUPED.fullmatch(typed):
        return re.sub(r"[.,]", "", match[1] or match[2])
    exponent = _EXPONENT.fullmatch(typed)
    whole = exponent is not None and len(exponent[2].rstrip("0")) <= int(exponent[3]) <= len(exponent[2])
    return f"{exponent[1]}{exponent[2]}"[: int(exponent[3]) + 1] if exponent and whole else None


def strip_float_suffixes(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts of a column without their tails, if each number among them has one."""
    numbers = [text for text in texts if re.match(_NUMBER, text)]
    tailed = {text: whole for text in numbers if (whole := without_float_suffix(text))}
    return tuple(tailed.get(text, text) for text in texts) if len(tailed) == len(numbers) else texts
