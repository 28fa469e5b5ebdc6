"""The BIC beside a Belgian IBAN: the account number says which bank it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from clientimport.finding import Problem
from clientimport.record import Records
from clientimport.schema import Noticed

_BANK_AND_PLACE = 8
"""A BIC's bank, country and place; what follows names a branch."""


def bics_of_other_banks(records: Records) -> Iterator[Noticed]:
    """Notice each BIC that is not the one of the IBAN's bank, where the National Bank's list knows it."""
    pairs = zip(records.values("bic"), records.values("iban"), strict=True)
    for position, (bic, iban) in enumerate(pairs):
        known = _bic_of(iban[:7]) if bic and iban and iban.startswith("BE") else None
        if bic and known and bic[:_BANK_AND_PLACE] != known[:_BANK_AND_PLACE]:
            yield Noticed(position, "bic", Problem("bic.other_bank", {"bic": bic, "known": known}, known))


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
