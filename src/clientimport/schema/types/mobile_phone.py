"""A mobile telephone number, for platforms that send text messages."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Problem
from clientimport.schema.types.phone import are_mobile_numbers, is_belgian_mobile, parse_phone


@dataclass(frozen=True, slots=True)
class MobilePhone:
    """A number in E.164 of any country; a Belgian one is `+324` and eight digits."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the prefix says it
        """Accept mobile numbers of Belgium and its neighbours."""
        return are_mobile_numbers(values)

    def parse(self, text: str, country: str) -> ParsedValue | Problem:
        """Return the number in E.164, unless it is a Belgian fixed line.

        >>> MobilePhone().parse("0475/12.34.56", "BE")
        ParsedValue(value='+32475123456', repair='phone.international', notes=())
        >>> MobilePhone().parse("02 123 45 67", "BE").code
        'mobile.not_mobile'
        """
        result = parse_phone(text, country)
        if isinstance(result, Problem) or result.value is None:
            return result
        fixed = result.value.startswith("+32") and not is_belgian_mobile(result.value)
        return Problem("mobile.not_mobile") if fixed else result
