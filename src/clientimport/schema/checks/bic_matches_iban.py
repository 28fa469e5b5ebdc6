"""The BIC beside a Belgian IBAN, whose first digits name the bank."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pyarrow.compute as pc

from clientimport.model.columns import map_distinct
from clientimport.model.finding import Issue
from clientimport.model.records import Records

_BANK_AND_PLACE = 8
"""A BIC's bank, country and place; what follows names a branch."""
_COUNTRY_AND_BANK = 7
"""Of a Belgian IBAN: the country, two check digits and the bank."""


def bics_of_other_banks(records: Records) -> Iterator[Issue]:
    """Notice each BIC that is not the one of the IBAN's bank, where the National Bank's list knows it."""
    banks = pc.utf8_slice_codeunits(records.column("iban"), 0, _COUNTRY_AND_BANK)
    for position, problem in map_distinct([records.column("bic"), banks], _other_bank).items():
        yield problem.at(position, "bic")


def _other_bank(bic: str | None, bank: str | None) -> Issue | None:
    """Return the problem of a BIC beside a Belgian IBAN that begins so.

    >>> _other_bank("KREDBEBB", "BE71096").suggestion, _other_bank("GKCCBEBB", "BE71096")
    ('GKCCBEBB', None)
    """
    expected = _bic_of(bank) if bic and bank and bank.startswith("BE") else None
    if bic and expected and bic[:_BANK_AND_PLACE] != expected[:_BANK_AND_PLACE]:
        return Issue("bic.other_bank", {"bic": bic, "known": expected}, expected)
    return None


@cache
def _bic_of(beginning: str) -> str | None:
    """Return the BIC of the bank whose Belgian IBANs begin so; python-stdnum carries the list of the National Bank.

    >>> _bic_of("BE71096"), _bic_of("BE00999")
    ('GKCCBEBB', None)
    """
    from stdnum import numdb

    info = numdb.get("be/banks").info(beginning[4:])[0][1]
    bic = info.get("bic")
    return str(bic) if bic else None
