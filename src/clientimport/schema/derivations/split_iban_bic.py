"""An account with the BIC of its bank in one cell."""

from __future__ import annotations

from clientimport.model.finding import Issue
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
    parsed = parse_iban_cell(clean(cell or ""))
    if parsed.several or len(parsed.accounts) != 1 or len(parsed.bics) != 1:
        return None
    return Derived((parsed.accounts[0], parsed.bics[0]))


def other_bic(typed: str, bic: str) -> Issue | None:
    """Return the problem of a BIC in its own cell beside another one, `bic`, in the cell of the account.

    >>> other_bic("KREDBEBB", "GKCCBEBB").code, other_bic("gkcc be bb", "GKCCBEBB")
    ('bic.two', None)
    """
    compact = "".join(filter(str.isalnum, typed.upper()))
    return None if compact[:_BANK_AND_PLACE] == bic[:_BANK_AND_PLACE] else Issue("bic.two", {"other": bic})
