"""A VAT number typed under a header that names both numbers ("BTW-nr / Ondernemingsnr").

Only what was typed with the letters of a country is a VAT number: it is never made of a company number.
"""

from __future__ import annotations

import re

from clientimport.model.field_type import ParsedValue
from clientimport.schema.derivations.derivation import Derived
from clientimport.schema.types.cleaning import clean
from clientimport.schema.types.peppol_id import parse_peppol_id
from clientimport.schema.types.vat_number import PREFIXES, VatNumber

_LETTERED = r"(?<![A-Z])(?:BTW|TVA|VAT|MWST|UST)?(?:{letters})[^A-Z0-9]*[A-Z0-9]?[A-Z0-9]?[^A-Z0-9]*[0-9]"
_ANY_LETTERS = re.compile(_LETTERED.format(letters="|".join(sorted(PREFIXES))))
_SHORTEST = 8
"""Digits of a company number: a Dutch one has no more."""
_DOUBTFUL = re.compile(r"[A-Z]{2}(?:U|(?<=FR)[A-Z0-9]{2}|(?<=ES)[A-Z])?[0-9]{6,12}[A-Z0-9]{0,3}")
"""What a number looks like whose check digits do not fit: `HRB 12345` is a company in a German register."""
_SWISS = re.compile(r"CHE[0-9]{9}(?:MWST|TVA|IVA)")
"""Without the word behind it, it is the company's number there."""


def split_vat_number(cell: str | None) -> Derived | None:
    """Return company number and VAT number of a cell that holds a VAT number, else None.

    >>> split_vat_number("BE 0403.019.261").values
    ('0403019261', 'BE0403019261')
    >>> split_vat_number("NL001234567B01").values
    (None, 'NL001234567B01')
    >>> split_vat_number("0403.019.261")
    """
    typed = clean(cell or "").upper()
    read = VatNumber().parse(typed, "")  # of no country, so that nothing is added to it
    if not isinstance(read, ParsedValue) or read.value is None or not _has_its_letters(typed, read.value[:2]):
        return None
    if read.value.startswith("BE"):
        return Derived((read.value[2:], read.value))
    form = _SWISS if read.value.startswith("CH") else _DOUBTFUL
    return Derived((None, read.value)) if form.fullmatch(read.value) else None


def only_company_number(cell: str | None) -> Derived | None:
    """Return the cell as a company number without a VAT number when no letters of a country stand in it, else None.

    >>> only_company_number("0403.019.261").values, only_company_number("BE 0403.019.261")
    (('0403.019.261', None), None)
    """
    typed = clean(cell or "").upper()
    number = sum(map(str.isdigit, typed)) >= _SHORTEST and not _ANY_LETTERS.search(typed)
    return Derived((cell, None)) if number and not _is_vat_participant(typed) else None


def _is_vat_participant(typed: str) -> bool:
    participant = parse_peppol_id(typed, "BE")
    return participant is not None and participant.kind == "vat_number"


def _has_its_letters(typed: str, prefix: str) -> bool:
    letters = "EL|GR" if prefix == "EL" else re.escape(prefix)
    return prefix in PREFIXES and re.search(_LETTERED.format(letters=letters), typed) is not None
