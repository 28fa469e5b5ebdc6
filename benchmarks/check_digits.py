"""Numbers with right check digits, as authorities and banks of five countries give them out."""

from __future__ import annotations

_BANKS = {"LU": "001", "DE": "37040044", "NL": "INGB"}
_DIALS = {
    "BE": ("32", "9", "47", 7),
    "LU": ("352", "26", "621", 6),
    "FR": ("33", "1", "6", 8),
    "DE": ("49", "651", "170", 7),
    "NL": ("31", "40", "61", 7),
}


def enterprise(number: int) -> str:
    """Return a Belgian enterprise number.

    >>> enterprise(4030192)
    '0403019261'
    """
    stem = number % 8_000_000
    return f"0{stem:07d}{97 - stem % 97:02d}"


def national(number: int) -> str:
    """Return a Belgian national register number of somebody born in the last century."""
    born = f"{40 + number % 60:02d}{1 + number % 12:02d}{1 + number % 28:02d}"
    stem = f"{born}{1 + number % 997:03d}"
    return f"{stem}{97 - int(stem) % 97:02d}"


def siren(number: int) -> str:
    """Return a French company number, with its Luhn digit."""
    return _luhn(f"{number % 10**8:08d}")


def siret(number: int) -> str:
    """Return the number of a French company's seat."""
    return _luhn(f"{siren(number)}0001")


def _luhn(stem: str) -> str:
    doubled = (int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(stem)))
    return f"{stem}{-sum(sum(divmod(value, 10)) for value in doubled) % 10}"


def vat(country: str, number: int) -> str:
    """Return a VAT number with its prefix."""
    if country == "BE":
        return f"BE{enterprise(number)}"
    if country == "LU":
        return f"LU{number % 10**6:06d}{number % 10**6 % 89:02d}"
    if country == "FR":
        return f"FR{(12 + 3 * (int(siren(number)) % 97)) % 97:02d}{siren(number)}"
    return f"DE{_mod_11_10(number)}" if country == "DE" else f"NL{_eleven(number)}B01"


def _mod_11_10(number: int) -> str:
    stem, check = f"{number % 10**8:08d}", 5
    for digit in stem:
        check = ((check or 10) * 2 % 11 + int(digit)) % 10
    return f"{stem}{(1 - (check or 10) * 2 % 11) % 10}"


def _eleven(number: int) -> str:
    stem = f"{number % 10**8:08d}"
    check = sum(int(digit) * weight for digit, weight in zip(stem, range(9, 1, -1), strict=True)) % 11
    return _eleven(number + 1) if check == 10 else f"{stem}{check}"


def iban(country: str, number: int) -> str:
    """Return an account number without spaces."""
    stem = f"{number % 10**10:010d}"
    account = _account(country, stem)
    digits = "".join(str(int(character, 36)) for character in f"{account}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{account}"


def _account(country: str, stem: str) -> str:
    if country == "BE":
        return f"{stem}{int(stem) % 97 or 97:02d}"
    if country == "FR":
        return f"30006000010{stem}{97 - (89 * 30006 + 15 * 1 + 3 * int(stem)) % 97:02d}"
    return f"{_BANKS[country]}{stem}{'000' * (country == 'LU')}"


def phone(country: str, number: int, *, mobile: bool = False) -> tuple[str, str, str]:
    """Return the country's prefix, the area and the rest of a number."""
    prefix, area, cell, size = _DIALS[country]
    return prefix, cell if mobile else area, f"{number * 7919 % 10**size:0{size}d}"
