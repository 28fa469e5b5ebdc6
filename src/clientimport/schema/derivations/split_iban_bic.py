"""An account with the BIC of its bank in one cell."""

from __future__ import annotations

from clientimport.model.finding import Problem
from clientimport.schema.derivations.derivation import Derived
from clientimport.schema.types.cleaning import clean
from clientimport.schema.types.iban_cell import parse_iban_cell

_BANK_AND_PLACE = 8
"""A BIC's bank, country and place; what follows names a branch."""


def split_iban_bic(cell: str | None) -> Derived | None:
    """Return IBAN and BIC of a cell that holds one of each, else None.

    >>> split_iban_bic("GKCCBEBB / BE71 0961 2345 6769").values, split_iban_bic("BE71 0961 2345 6769")
    (('BE71096123456769', 'GKCCBEBB'), None)
    """
    found = parse_iban_cell(clean(cell or ""))
    if found.several or len(found.accounts) != 1 or len(found.bics) != 1:
        return None
    return Derived((found.accounts[0], found.bics[0]))


def other_bic(typed: str, bic: str) -> Problem | None:
    """Return the problem of a BIC in its own cell beside another one, `bic`, in the cell of the account.

    >>> other_bic("KREDBEBB", "GKCCBEBB").code, other_bic("gkcc be bb", "GKCCBEBB")
    ('bic.two', None)
    """
    own = "".join(filter(str.isalnum, typed.upper()))
    return None if own[:_BANK_AND_PLACE] == bic[:_BANK_AND_PLACE] else Problem("bic.two", {"other": bic})
