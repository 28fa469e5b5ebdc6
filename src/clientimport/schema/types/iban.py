"""The international bank account number, and the Belgian account numbers from before it.

Sources: https://www.swift.com/standards/data-standards/iban (structure per country, as python-stdnum holds it),
https://www.nbb.be (old account numbers: ten digits and their remainder by 97, where 0 is written 97).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.common_spelling import CommonSpelling, without
from clientimport.schema.types.excel_damage import scientific_notation
from clientimport.schema.types.free_text import is_free_text
from clientimport.schema.types.iban_cell import expected_length, iban_of_old_account, parse_iban_cell
from clientimport.schema.types.missing_value import MISSING, is_missing

_NEIGHBOURS = (
    r"^(?:BE[0-9]{14}|LU[0-9]{5}[0-9A-Z]{13}|NL[0-9]{2}[A-Z]{4}[0-9]{10}|FR[0-9]{12}[0-9A-Z]{11}[0-9]{2}|DE[0-9]{20})$"
)
_WORD = re.compile(r"^(?:IBAN|REK(?:ENING)?|COMPTE|KONTO)(?:NR|NUMMER)?")
_OLD_LENGTH = 12
_COUNTRY_CODE = 2
_VALUES = np.zeros(2**8, np.int64)
"""What a character counts: digits as they are, letters as 10 to 35."""
_VALUES[ord("0") : ord("9") + 1] = np.arange(10)
_VALUES[ord("A") : ord("Z") + 1] = np.arange(10, 36)
_FACTORS = np.full(2**8, 10, np.int64)
"""How far it moves those before it: a letter is two digits, and behind the end there is nothing."""
_FACTORS[ord("A") : ord("Z") + 1] = 100
_FACTORS[0] = 1
_AT_ONCE = 8
"""As many letters behind a remainder are still within 64 bits."""


@dataclass(frozen=True, slots=True)
class Iban:
    """Capitals and digits without spaces; whether a bank has such an account is not checked."""

    common_spellings: ClassVar = (
        CommonSpelling(r"^[A-Z]{2}[0-9]{2}(?:[ .-][0-9A-Z]{1,4})+$", without("[ .-]"), "iban.spaces"),
    )

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the prefix says it
        """Accept numbers of Belgium and its neighbours with the right check digits."""
        shaped = pc.match_substring_regex(values, _NEIGHBOURS)
        candidates = pc.if_else(shaped, values, pa.scalar("")).fill_null("")
        return pc.and_(shaped, pa.array(_remainders(candidates) == 1, pa.bool_()))

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the number without spaces; an old Belgian account number becomes its IBAN.

        >>> Iban().parse("be68 5390 0754 7034", "BE")
        ParsedValue(value='BE68539007547034', repair='iban.spaces', notes=())
        >>> Iban().parse("539-0075470-34", "BE")
        ParsedValue(value='BE68539007547034', repair='iban.from_old_account', notes=())
        """
        if is_missing(text):
            return MISSING
        typed = clean(text)
        compact = _WORD.sub("", re.sub(r"[^0-9A-Z]", "", typed.upper()))
        converted = iban_of_old_account(compact)
        if converted:
            return finish_parse(text, converted, "iban.from_old_account")
        fault = _problem(compact)
        return _account_beside_others(text, fault) if fault else finish_parse(text, compact, "iban.spaces")


def _account_beside_others(text: str, fault: Issue) -> ParsedValue | Issue:
    """Return the account of a cell that holds more than that; two are never chosen from."""
    typed = clean(text)
    cell = parse_iban_cell(typed)
    if cell.several:
        return Issue("iban.several")
    if cell.accounts:
        return ParsedValue(cell.accounts[0], "iban.beside_words")
    if cell.bics and not cell.rest:
        return Issue("iban.is_bic")
    if len(typed) > _COUNTRY_CODE and is_free_text(typed):
        return Issue("iban.words")
    return scientific_notation(typed) or fault


def _remainders(values: pa.StringArray) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the remainder by 97 of each value, its first four characters moved to the end, letters as 10 to 35."""
    width = max(4, pc.max(pc.binary_length(values)).as_py() or 0)
    padded = memoryview(pc.ascii_rpad(values, width, padding="\0").buffers()[2] or b"")
    places = np.frombuffer(padded, np.uint8, len(values) * width).reshape(len(values), width).T
    remainder = np.zeros(len(values), dtype=np.int64)
    for step, place in enumerate((*range(4, width), *range(4)), start=1):
        characters = np.ascontiguousarray(places[place])
        remainder = remainder * _FACTORS.take(characters) + _VALUES.take(characters)
        if step % _AT_ONCE == 0:
            remainder %= 97
    return remainder % 97


def _problem(compact: str) -> Issue | None:
    """Return what is wrong, or None when the authority accepts the number."""
    from stdnum import iban

    if iban.is_valid(compact, check_country=False):  # its country check knows only banks of today
        return None
    if len(compact) == _OLD_LENGTH and compact.isdigit():
        return Issue("iban.old_account")
    if not re.match(r"[A-Z]{2}[0-9]{2}", compact):
        return Issue("iban.form")
    expected = expected_length(compact)
    if expected is None:
        return Issue("iban.country", {"country": compact[:2]})
    if len(compact) != expected:
        return Issue("iban.length", {"characters": str(len(compact)), "expected": str(expected)})
    return Issue("iban.check_digits")
