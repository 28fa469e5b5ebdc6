"""Checks of the numbers of companies, people and bank accounts, written without separators."""

from __future__ import annotations

import re

COMPANY = "must be 10 digits starting with 0 or 1, without dots or spaces"
VAT = "must start with BE followed by 10 digits, without dots or spaces"
FOREIGN_VAT = "must not contain spaces, dots or lower-case letters"
LU_VAT = "must be LU followed by 8 digits"
IBAN = "must be a valid IBAN without spaces"
LU_IBAN = "must be LU followed by digits"
BIC = "must be a BIC of 8 or 11 characters"
TRN = "trn - est invalide"

# Lengths for the countries in which the offices' clients bank (ISO 13616); elsewhere the check digits alone decide.
_IBAN_LENGTH = {"BE": 16, "LU": 20, "NL": 18, "FR": 27, "DE": 22}
_TEN_DIGITS = re.compile(r"[01][0-9]{9}")
_ELEVEN_DIGITS = re.compile(r"[0-9]{11}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")
_RCS = re.compile(r"[A-Z][0-9]{1,7}")
_LARGEST_MONTH = 12
_LARGEST_DAY = 31


def company_number(value: str) -> str | None:
    """Check a Belgian enterprise number: its last two digits are 97 minus the first eight modulo 97.

    >>> company_number("0403019261"), company_number("0403.019.261") == COMPANY
    (None, True)
    """
    fits = _TEN_DIGITS.fullmatch(value) and 97 - int(value[:8]) % 97 == int(value[8:])
    return None if fits else COMPANY


def belgian_vat(value: str) -> str | None:
    """Check a Belgian VAT number: BE and an enterprise number."""
    return None if value[:2] == "BE" and company_number(value[2:]) is None else VAT


def luxembourg_vat(value: str) -> str | None:
    """Check a Luxembourg VAT number: the last two digits are the first six modulo 89.

    >>> luxembourg_vat("LU15027442")
    """
    fits = re.fullmatch("LU[0-9]{8}", value) and int(value[2:8]) % 89 == int(value[8:])
    return None if fits else LU_VAT


def vat_number(value: str, country: str) -> str | None:
    """Check a VAT number by the client's country; for countries other than BE and LU only its characters."""
    if country in {"BE", "LU"}:
        return belgian_vat(value) if country == "BE" else luxembourg_vat(value)
    return None if re.fullmatch(r"[A-Z0-9+*]+", value) else FOREIGN_VAT


def national_number(value: str) -> bool:
    """Return whether this is a national register or BIS number, of a birth before or since 2000.

    >>> national_number("85073003328"), national_number("17073003384"), national_number("85.07.30-033.28")
    (True, True, False)
    """
    if not _ELEVEN_DIGITS.fullmatch(value):
        return False
    month, day = int(value[2:4]) % 20, int(value[4:6])
    checks = {97 - int(value[:9]) % 97, 97 - int("2" + value[:9]) % 97}
    return month <= _LARGEST_MONTH and day <= _LARGEST_DAY and int(value[9:]) in checks


def iban(value: str) -> str | None:
    """Check an IBAN: with its first four characters at the end and letters as numbers it is 1 modulo 97 (ISO 13616).

    >>> iban("BE71096123456769"), iban("BE71 0961 2345 6769") == IBAN
    (None, True)
    """
    if not _IBAN.fullmatch(value) or len(value) != _IBAN_LENGTH.get(value[:2], len(value)):
        return IBAN
    number = "".join(str(int(character, 36)) for character in value[4:] + value[:4])
    return None if int(number) % 97 == 1 else IBAN


def luxembourg_iban(value: str) -> str | None:
    """Check an IBAN of Luxembourg, which by Banqup's page is LU followed by digits."""
    return LU_IBAN if not re.fullmatch("LU[0-9]+", value) else iban(value)


def bic(value: str) -> str | None:
    """Check a BIC."""
    return None if _BIC.fullmatch(value) else BIC


def well_formed_rcs(value: str) -> bool:
    """Return whether this looks like a number of the Luxembourg register: a letter and digits."""
    return _RCS.fullmatch(value) is not None
