"""Personal numbers: Belgium's national register number and Luxembourg's matricule, and what only looks like them.

One judgement for reading and for masking. Nothing heavy is imported here, for every command masks what it shows.
Sources: https://www.ibz.rrn.fgov.be/fileadmin/user_upload/nl/rr/instructies/IT-lijst/IT000_Rijksregisternummer.pdf,
https://guichet.public.lu/en/citoyens/citoyennete/registre-national/identification/matricule.html
"""

from __future__ import annotations

import re
from datetime import date

LENGTH = 11
_BASES = {1900: 0, 2000: 2_000_000_000}
"""Added before the nine digits when the check digits are computed, by century."""
_POSSIBLE = re.compile(
    r"[0-9]{2}(?:0[0-9]|1[0-2]|2[0-9]|3[0-2]|4[0-9]|5[0-2])(?:[0-2][0-9]|3[01])(?!000|999)[0-9]{3}[0-9]{2}"
)
"""Year, month (a BIS number adds 20 or 40), day, a counter from 001 to 998, check digits."""
_DATED = re.compile(r"(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{5}")
_ESTABLISHMENT_FORM = re.compile(r"\D*0?[2-8][. ][0-9]{3}[. ][0-9]{3}[. ][0-9]{3}\D*")
_AFTER_COUNTRY = re.compile(r"(?:.*[^A-Z])?BE\W*0(?:\W*[0-9]){10}\W*", re.IGNORECASE)


def birth_centuries(digits: str) -> tuple[int, ...]:
    """Return the centuries of birth that the check digits of eleven digits fit.

    >>> birth_centuries("85073003328"), birth_centuries("17073003384"), birth_centuries("85073003329")
    ((1900,), (2000,), ())
    """
    body, check = int(digits[:9]), int(digits[9:])
    return tuple(century for century, base in _BASES.items() if 97 - (base + body) % 97 == check)


def is_national_register_number(digits: str, today: date) -> bool:
    """Return whether `digits` are a national register or BIS number of somebody who is born.

    >>> [is_national_register_number(one, date(2026, 11, 29)) for one in ("85073003328", "17073003384", "85023001214")]
    [True, True, False]
    """
    possible = len(digits) == LENGTH and _POSSIBLE.fullmatch(digits) is not None
    return possible and any(_can_be_born(digits, century, today) for century in birth_centuries(digits))


def restore_zeros(digits: str, today: date) -> str | None:
    """Return the national register number with the leading zeros that a spreadsheet dropped, else None.

    Only numbers of people born from 2000 to 2009 begin with a zero: those of a century before are dead, and the number
    of any company or establishment would fit.

    >>> restore_zeros("5011500772", date(2026, 11, 29)), restore_zeros("2012345667", date(2026, 11, 29))
    ('05011500772', None)
    """
    padded = digits.zfill(LENGTH)
    lost = len(digits) < LENGTH and 2000 in birth_centuries(padded)  # noqa: PLR2004 -- the century
    return padded if lost and is_national_register_number(padded, today) else None


def may_be_national_number(typed: str, digits: str) -> bool:
    """Return whether a text with these digits may be a national register number, perhaps without its first zero.

    In doubt it may: a number of a company or an establishment that could also be somebody's of 1900 to 1909 may, unless
    its form decides.

    >>> may_be_national_number("2012345667", "2012345667"), may_be_national_number("2.012.345.667", "2012345667")
    (True, False)
    >>> may_be_national_number("BE02012345667", "02012345667"), may_be_national_number("0403019261", "0403019261")
    (False, False)
    """
    eaten = len(digits) == LENGTH - 1 and digits[0] != "0"
    whole = f"0{digits}" if eaten else digits
    possible = len(whole) == LENGTH and _POSSIBLE.fullmatch(whole) and birth_centuries(whole)
    return bool(possible) and not has_form_of_company_number(typed, digits)


def has_form_of_company_number(typed: str, digits: str) -> bool:
    """Return whether a text with these digits is written as only an enterprise's or an establishment's number is.

    >>> has_form_of_company_number("2.012.345.667", "2012345667")
    True
    >>> has_form_of_company_number("2012345667", "2012345667")
    False
    """
    ten = digits[1:] if len(digits) == LENGTH and digits[0] == "0" else digits
    if not is_register_number(ten):
        return False
    if ten[0] == "1" and ten == digits:  # of an enterprise: people born in 1901 are dead
        return True
    return _ESTABLISHMENT_FORM.fullmatch(typed) is not None or _AFTER_COUNTRY.fullmatch(typed) is not None


def is_register_number(digits: str) -> bool:
    """Return whether ten digits have the check digits of a Belgian enterprise (0, 1) or establishment (2 to 8).

    >>> is_register_number("0403019261"), is_register_number("2012345667"), is_register_number("2012345668")
    (True, True, False)
    """
    return re.fullmatch("[0-8][0-9]{9}", digits) is not None and 97 - int(digits[:8]) % 97 == int(digits[8:])


def is_establishment_number(digits: str) -> bool:
    """Return whether ten digits are the number of an establishment unit.

    >>> is_establishment_number("2012345667"), is_establishment_number("0403019261")
    (True, False)
    """
    return is_register_number(digits) and digits[0] not in "01"


def is_matricule_of_person(digits: str) -> bool:
    """Return whether `digits` are the matricule of a natural person: the date of birth, a counter, two check digits.

    The last two are the Luhn and the Verhoeff digit, both of the first eleven.

    >>> is_matricule_of_person("1893120105732"), is_matricule_of_person("1893120105731")
    (True, False)
    """
    if not looks_like_matricule_of_person(digits):
        return False
    from stdnum import luhn, verhoeff

    body = digits[:11]
    return luhn.calc_check_digit(body) + verhoeff.calc_check_digit(body) == digits[11:]


def looks_like_matricule_of_person(digits: str) -> bool:
    """Return whether `digits` are thirteen with a date of birth before the others, right or mistyped.

    >>> looks_like_matricule_of_person("1985011512345"), looks_like_matricule_of_person("20192401234")
    (True, False)
    """
    return _DATED.fullmatch(digits) is not None


def _can_be_born(digits: str, century: int, today: date) -> bool:
    year, month, day = century + int(digits[:2]), int(digits[2:4]) % 20, int(digits[4:6])
    if month == 0 or day == 0:  # unknown, or the counter of that day ran out
        return (year, month) <= (today.year, today.month)
    from calendar import monthrange  # which only a number in doubt needs

    return day <= monthrange(year, month)[1] and date(year, month, day) <= today
