"""The number of a registrant in Luxembourg's Registre de commerce et des sociétés: a letter and up to seven digits.

There are no check digits; whether a number exists only the register knows.
Source: https://developers.yousign.com/changelog/company-registry-verification-now-available-in-italy-luxembourg
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.model.personal_number import (
    is_register_number,
    looks_like_matricule_of_person,
    may_be_national_number,
)
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.excel_damage import scientific_notation
from clientimport.schema.types.free_text import is_free_text
from clientimport.schema.types.missing_value import MISSING, is_missing
from clientimport.schema.types.peppol_id import parse_peppol_id

_SIGN = r"N(?:[°OR]|UM[EÉ]RO)?(?=[\W0-9])"
_REGISTER = r"R\W?\s?C(?:\W?\s?S)?(?:\.?L)?\b|LBR\b|REGISTRE DE COMMERCE|LUXEMB(?:O|U)U?RG|LUX\b|L\b"
_BEFORE = re.compile(rf"^(?:{_REGISTER}|{_SIGN}|SECTION|LU)?\W*")
_BEHIND = re.compile(rf"\W*(?:\b(?:{_REGISTER}))?\W*$")
_NUMBER = re.compile(rf"(N(?=[0-9])|[A-MO-Z])[\s.:/\-]*(?:{_SIGN}[\s.:]*)?([0-9](?:[ .\-'’]?[0-9]){{0,6}})")

_LONGEST = 200
"""Longer than any way of writing a number with its register: each word costs a pass over the rest."""
MATRICULE = re.compile(r"(?:18|19|20)[0-9]{9}(?:[0-9]{2})?")
"""Luxembourg's national number: 13 digits of a person, 11 of a company, the year first."""
_VAT = re.compile(r"(?:(?:TVA|VAT|BTW|MWST|N[°OR]?|ID)\W*)*LU\W*(?:[0-9]\W*){8}")


@dataclass(frozen=True, slots=True)
class RcsNumber:
    """A capital and digits without separators; another form is kept with a warning, another number is an error."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- Luxembourg's everywhere
        """Accept a capital and one to seven digits."""
        return pc.and_(
            pc.match_substring_regex(values, r"^[A-Z][0-9]{1,7}$"), pc.match_substring_regex(values, "[1-9]")
        )

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return letter and digits, or the text with a warning.

        >>> RcsNumber().parse("R.C.S. Luxembourg: b 82.454", "LU")
        ParsedValue(value='B82454', repair='rcs_number.separators', notes=())
        >>> RcsNumber().parse("82454", "LU").notes
        (Issue(code='rcs_number.form', facts={}, suggestion='B82454', position=None, field=None),)
        """
        if is_missing(text):
            return MISSING
        typed = clean(text)
        if is_free_text(typed):
            return Issue("rcs_number.words")
        participant = parse_peppol_id(typed, "LU")
        bare = _without_words(participant.number if participant else typed)
        if number := _compact(bare):
            return finish_parse(text, number, "rcs_number.separators")
        if other := _other_number(participant.number if participant else typed, bare):
            return Issue(f"rcs_number.{other}")
        companies = f"B{bare}" if re.fullmatch(r"[0-9]{4,6}", bare) else None  # section B holds the companies
        return scientific_notation(typed) or finish_parse(
            text, typed, "text.characters", Issue("rcs_number.form", {}, companies)
        )


def _other_number(typed: str, bare: str) -> str | None:
    """Return which other number this is, as far as its form or its check digits show."""
    digits = re.sub(r"[^0-9]", "", bare)
    if looks_like_matricule_of_person(digits):
        return "is_matricule_of_person"
    if MATRICULE.fullmatch(digits):
        return "is_matricule"
    if may_be_national_number(typed, digits):
        return "is_national_number"
    if is_register_number(digits):
        return "is_company_number"
    return "is_vat_number" if _VAT.fullmatch(typed.upper()) or _is_vat(digits) else None


def _is_vat(digits: str) -> bool:
    from stdnum.lu import tva

    return bool(tva.is_valid(digits))


def find_rcs_number(text: str) -> str | None:
    """Return the RCS number in `text` without separators and words, or None.

    >>> find_rcs_number("RCS Luxembourg B82454"), find_rcs_number("B n° 82'454 (Luxembourg)"), find_rcs_number("82454")
    ('B82454', 'B82454', None)
    """
    return _compact(_without_words(text))


def _without_words(text: str) -> str:
    """Return `text` in capitals without the words around the number, as far as it takes to see one."""
    number = text.upper()
    if len(number) > _LONGEST:
        return number
    while not _NUMBER.fullmatch(number) and (shorter := _BEHIND.sub("", _BEFORE.sub("", number))) != number:
        number = shorter
    return number


def _compact(bare: str) -> str | None:
    number = _NUMBER.fullmatch(bare)
    return number[1] + re.sub(r"[^0-9]", "", number[2]) if number and number[2].strip("0 .-'’") else None
