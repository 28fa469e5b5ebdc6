"""A cell under an account's header as people fill it: an account, its bank's BIC or name beside it, or two accounts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from clientimport.schema.types.bic import is_bic

_WORD = re.compile(
    r"(?<![A-Z0-9])(?:IBAN|REK(?:ENING)?(?:NUMMER|NR)?|COMPTE|KONTO(?:NUMMER|NR)?|(?:BIC|SWIFT)(?![A-Z0-9]))[.:\s/\-]*"
)
_START = re.compile(r"(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?=[ .\-]?[A-Z0-9])")
_OLD_ACCOUNT = re.compile(r"(?<![A-Z0-9])[0-9]{3}[ .\-/]?[0-9]{7}[ .\-/]?[0-9]{2}(?![A-Z0-9])")
_DATE = re.compile(r"\b[0-9]{1,2} [0-9]{1,2} [0-9]{2,4}\b")
_ANOTHER = 8
"""So many digits beside an account are another one, right or mistyped; a branch has fewer."""
_NEIGHBOURS = frozenset({"BE", "LU", "NL", "FR", "DE"})
"""Where the letters of a BIC's country are no chance: `ZAKELIJK` has those of Liechtenstein."""


@dataclass(frozen=True, slots=True)
class IbanCell:
    """What stands in the cell, each thing once."""

    accounts: tuple[str, ...]
    """IBANs with the right check digits, those of old Belgian accounts among them."""
    bics: tuple[str, ...]
    rest: str
    """What is neither."""

    @property
    def several(self) -> bool:
        """Whether there is more than one account, or beside one something that looks like another."""
        others = sum(character.isdigit() for character in _DATE.sub("", self.rest)) >= _ANOTHER
        return len(self.accounts) > 1 or (len(self.accounts) == 1 and others)


def parse_iban_cell(typed: str) -> IbanCell:
    """Return what stands in a tidy cell.

    >>> parse_iban_cell("BIC GKCCBEBB IBAN BE71 0961 2345 6769 (Belfius)")
    IbanCell(accounts=('BE71096123456769',), bics=('GKCCBEBB',), rest='BELFIUS')
    """
    text, accounts = _WORD.sub(" ", typed.upper()), dict[str, None]()
    while account_found := _first(text):
        account, start, stop = account_found
        accounts.setdefault(account)
        text = f"{text[:start]} | {text[stop:]}"
    words = re.findall(r"[A-Z0-9]+", text)
    countries = {account[:2] for account in accounts} | _NEIGHBOURS
    bics = dict.fromkeys(word for word in words if is_bic(word) and word[4:6] in countries)
    return IbanCell(tuple(accounts), tuple(bics), " ".join(word for word in words if word not in bics))


def iban_of_old_account(compact: str) -> str | None:
    """Return the IBAN of an old Belgian account number, or None when its check digits do not fit.

    >>> iban_of_old_account("539007547034"), iban_of_old_account("539007547035")
    ('BE68539007547034', None)
    """
    if re.fullmatch("[0-9]{12}", compact) is None:
        return None
    account, check = divmod(int(compact), 100)
    if (account % 97 or 97) != check:
        return None
    return f"BE{98 - int(compact + '111400') % 97:02d}{compact}"  # 1114 is BE


def expected_length(compact: str) -> int | None:
    """Return how many characters an IBAN that begins so has, or None when its country has none.

    >>> expected_length("BE71"), expected_length("XX00")
    (16, None)
    """
    return _length_in(compact[:2])


@lru_cache(maxsize=1 << 10)  # as many as there are pairs of letters
def _length_in(country: str) -> int | None:
    from stdnum import numdb

    structure = numdb.get("iban").info(country)[0][1].get("bban")
    return 4 + sum(int(length) for length in re.findall(r"([0-9]+)!", structure)) if structure else None


def _first(text: str) -> tuple[str, int, int] | None:
    """Return the first account in `text` with where it stands."""
    from stdnum import iban

    for start in _START.finditer(text):
        stop = _end(text, start.start(), expected_length(start[0]) or 0)
        compact = re.sub(r"[ .\-]", "", text[start.start() : stop])
        if stop and not text[stop : stop + 1].isalnum() and iban.is_valid(compact, check_country=False):
            return compact, start.start(), stop
    for old in _OLD_ACCOUNT.finditer(text):
        if account := iban_of_old_account(re.sub(r"[^0-9]", "", old[0])):
            return account, *old.span()
    return None


def _end(text: str, start: int, length: int) -> int:
    """Return where so many letters and digits end, perhaps parted by a space, point or hyphen; 0 where they do not."""
    groups = re.compile(rf"[A-Z0-9](?:[ .\-]?[A-Z0-9]){{{length - 1}}}") if length else None
    match = groups.match(text, start) if groups else None
    return match.end() if match else 0
