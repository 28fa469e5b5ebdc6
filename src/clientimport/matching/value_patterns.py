"""Patterns of values: which field a value looks like, whether or not it is valid.

A company number with a wrong check digit still looks like one; it is an error in the data, not a reason to take the
column for something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from clientimport.model.normalize import normalize
from clientimport.schema.derivations.split_person_name import is_first_name
from clientimport.schema.derivations.split_postal_code_city import split_address_and_city
from clientimport.schema.types.cleaning import clean
from clientimport.schema.types.peppol_id import parse_peppol_id

_MARKS = re.compile(r"[\s.\-/()·_:,]+")
_EMAIL = re.compile(r"\S@\S")
_IDENTIFIER = re.compile(
    r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}|(?:BTW|TVA|VAT|MWST)?(?:BE|LU|NL|FR|DE)[0-9A-Z]{0,2}\d{6,10}(?:B\d\d)?|\+?\d{8,14}"
)
_AMOUNT = re.compile(r"(?!\d{7,}[.,]0$)[€$£-]? ?\d{1,3}(?:[ .,'’]?\d{3})*[.,]\d{1,2}(?: ?(?:€|EUR))?", re.IGNORECASE)
"""An amount with its decimals: "1.211,00", "99,5 €"; "419618535.0" is a number that was in a column of numbers."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}( [\d:]+)?")
_ANSWERS = frozenset(
    {
        "ja",
        "nee",
        "neen",
        "oui",
        "non",
        "yes",
        "no",
        "nein",
        "true",
        "false",
        "waar",
        "onwaar",
        "vrai",
        "faux",
        "wahr",
        "falsch",
    }
)
"""Yes and no in the four languages."""
_STATUSES = frozenset(
    {
        *("actief", "inactief", "klant", "klanten", "lopend", "afgesloten", "gestopt", "nieuw", "leverancier"),
        *("actif", "inactif", "cliente", "en cours", "cloture", "nouveau", "fournisseur", "suspect", "archive"),
        *("active", "inactive", "client", "customer", "lead", "prospect", "supplier", "new", "open", "closed"),
        *("aktiv", "inaktiv", "kunde", "interessent", "neu", "gekundigt", "lieferant", "laufend", "abgeschlossen"),
        *("hot", "warm", "cold", "archived", "churned", "partner", "lost", "won", "qualified"),
    }
)
"""How offices and their programs write where a relation stands, in the four languages."""
_LEGAL_FORM = re.compile(
    r"(?:^|[\s,(])(?:b\.?v\.?(?:b\.?a\.?)?|n\.?v\.?|s\.?r\.?l\.?|s\.?a\.?(?:r\.?l\.?)?|s\.?p\.?r\.?l\.?|s\.?c\.?(?:r\.?l\.?|s\.?|i\.?)?"
    r"|v\.?z\.?w\.?|v\.?o\.?f\.?|a\.?s\.?b\.?l\.?|s\.?n\.?c\.?|comm\.?\s?v\.?|c\.?v\.?(?:b\.?a\.?)?|gmbh|ag|kg|ug|e\.?v\.?|ohg|ltd|inc|plc|llc|sàrl"
    r"|ivzw|aisbl|s\.?comm\.?|gcv|maatschap|stichting|fondation|eurl|sasu?|sci|scs|scsp|e\.k|gbr|kgaa|stiftung)\.?(?:[\s,)]|$)",
    re.IGNORECASE,
)
_HOUSE_AT_END = re.compile(
    r"\d+\s?[a-zA-Z]?(?:[\s/\-,]*(?:bus|bte|boîte|boite|box|b|app\.?|postfach)?\.?[\s/\-]*\w{1,4})?\s*$"
)
_HOUSE_AT_START = re.compile(r"^\d+\s?[a-zA-Z]?(?:[-/]\w{1,3})?\s*,?\s+[^\W\d]")
_SHORTEST_PHONE = 8
"""Digits of a telephone number at least. Chosen, not measured."""
_SHORTEST_VAT = 7
"""Digits of a VAT number at least, as in Ireland (chosen, not measured)."""
_MOBILE = re.compile(
    r"(?:0032|32|0)?4[5-9]\d{7}|(?:00352|352)?6[25679]1\d{6}|(?:0033|33|0)?[67]\d{8}|(?:0049|49|0)?1[567]\d{8,9}|(?:0031|31)6\d{8}"
)
"""Belgium, Luxembourg, France, Germany and the Netherlands, without marks."""
_BOX = re.compile(
    r"(?:(?:bus|bte|boîte|boite|box|b|app|apt|appt|unit|postfach)\b\.?\s*)?(?=[\w./-]*\d|[a-zA-Z]{1,2}$)[\w./-]{1,6}",
    re.IGNORECASE,
)
_EXPONENT = re.compile(r"\d[.,]\d+E\+\d{1,2}", re.IGNORECASE)
"""A long number of which a spreadsheet kept the first digits ("3.2479E+10")."""
_STREET = re.compile(r"[^\W\d_]{3,}")
_LOCALE = re.compile(r"[a-z]{2,3}[-_][A-Za-z]{2}")


def _compact(text: str) -> str:
    return _MARKS.sub("", text).upper()


def _matches_pattern(pattern: str) -> Callable[[str], bool]:
    """Return a test of whether a text without punctuation matches `pattern`, and is no date or amount."""
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(_compact(text)) is not None and not _is_date_or_amount(text.strip())


def _is_digits(pattern: str) -> Callable[[str], bool]:
    """Return a test of whether a text matches `pattern`, or is a number of which a spreadsheet lost the end."""
    matches = _matches_pattern(pattern)
    return lambda text: matches(text) or _EXPONENT.fullmatch(text.strip()) is not None


def _is_date_or_amount(text: str) -> bool:
    """Return whether digits are those of a date or an amount, and of no identifying number.

    >>> [_is_date_or_amount(text) for text in ("1211,00", "1.211,50 €", "01/02/2024", "0403.019.261", "09/221.45.67")]
    [True, True, True, False, False]
    """
    return _DATE.fullmatch(text) is not None or _AMOUNT.fullmatch(text) is not None


def _is_number(pattern: str) -> Callable[[str], bool]:
    """Return a test of whether a text, or the number in it when it is a Peppol id, looks like `pattern`."""
    matches = _is_digits(pattern)
    return lambda text: matches(peppol.number if (peppol := parse_peppol_id(clean(text), "BE")) else text)


def is_email(text: str) -> bool:
    """Return whether `text` looks like one e-mail address or several."""
    return _EMAIL.search(text) is not None


def is_named(text: str) -> bool:
    """Return whether `text` may be the name of a person or an organisation: words, and not a number, address or answer.

    >>> [is_named(text) for text in ("Bakkerij Peeters BV", "BE 0403.019.261", "an@peeters.be", "Ja", "21%")]
    [True, False, False, False, False]
    """
    looks_other = is_email(text) or _IDENTIFIER.fullmatch(_compact(text)) or _DATE.fullmatch(text)
    return bool(_WORD.search(text)) and not looks_other and normalize(text) not in _ANSWERS


def is_person(text: str) -> bool:
    """Return whether `text` may be a person's name: no digits, no legal form."""
    return is_named(text) and not any(c.isdigit() for c in text) and not has_legal_form(text)


def is_mobile(text: str) -> bool:
    """Return whether `text` is a mobile number of Belgium or a neighbour.

    >>> [is_mobile(text) for text in ("0475/12.34.56", "+352 621 123 456", "02 123 45 67", "+33 1 23 45 67 89")]
    [True, True, False, False]
    """
    return _MOBILE.fullmatch(re.sub(r"\D", "", text.replace("+", "00").replace("(0)", ""))) is not None


def is_several_words(text: str) -> bool:
    """Return whether `text` is more than one word, as a first name with a last name is."""
    return " " in text


def has_legal_form(text: str) -> bool:
    """Return whether `text` holds a legal form, as only organisations do.

    >>> has_legal_form("Peeters & Zonen B.V."), has_legal_form("An Peeters")
    (True, False)
    """
    return _LEGAL_FORM.search(text) is not None


def has_first_name(text: str) -> bool:
    """Return whether one of the words of `text` is a common first name.

    >>> [has_first_name(text) for text in ("Peeters Jan", "Bakkerij Noord")]
    [True, False]
    """
    return any(is_first_name(word) for word in text.split() if len(word) > 2)  # noqa: PLR2004 -- two letters may be an initial


def has_house_number(text: str) -> bool:
    """Return whether a street has its number behind or before it.

    >>> [has_house_number(text) for text in ("Kerkstraat 5", "12, rue du Bois", "Dorp 5 bus 2, 9000 Gent", "Dorp")]
    [True, True, True, False]
    """
    whole = split_address_and_city(text)
    street = whole.values[0] or "" if whole else text
    return bool(_HOUSE_AT_END.search(street) or _HOUSE_AT_START.search(street))


def is_street_address(text: str) -> bool:
    """Return whether `text` is a street with its number, and no code.

    >>> [is_street_address(text) for text in ("Kerkstraat 5", "12 rue du Bois", "0015800AAA", "004cbb2f-4f1c", "Dorp")]
    [True, True, False, False, False]
    """
    return " " in text.strip() and _STREET.search(text) is not None and has_house_number(text)


def is_status(text: str) -> bool:
    """Return whether `text` says where a relation stands, as "Prospect" or "actief".

    >>> [is_status(text) for text in ("Prospect", "INACTIEF", "prospect, klant", "vip")]
    [True, True, False, False]
    """
    return normalize(text) in _STATUSES


def is_locale(text: str) -> bool:
    """Return whether `text` is a language with a country.

    >>> is_locale("nl-BE"), is_locale("nl")
    (True, False)
    """
    return _LOCALE.fullmatch(text.strip()) is not None


def is_prefixed_vat(text: str) -> bool:
    """Return whether `text` is a number with a country's letters before it, as only VAT numbers are."""
    return (
        re.fullmatch(r"(?:BTW|TVA|VAT|MWST)?(?:BE|LU|NL|FR|DE|GB|AT|ES|IT|PL|PT|IE)[0-9A-Z]{8,12}", _compact(text))
        is not None
        and sum(c.isdigit() for c in text) >= _SHORTEST_VAT
    )


def is_long_number(text: str) -> bool:
    """Return whether `text` is a number of nine or ten digits, as company numbers are.

    >>> [is_long_number(text) for text in ("0403.019.261", "BE 403019261", "K55416")]
    [True, True, False]
    """
    return re.fullmatch(r"(?:BE)?\d{9,10}", _compact(text)) is not None


def has_eleven_digits(text: str) -> bool:
    """Return whether `text` is eleven digits, as a national register number is."""
    return re.fullmatch(r"\d{11}", _compact(text)) is not None


def _is_code(text: str) -> bool:
    plain = text.strip()
    return (
        re.fullmatch(r"\d|[\w./\-#]{2,30}", plain) is not None
        and not (is_prefixed_vat(plain) or re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", _compact(plain)))
        and not _DATE.fullmatch(plain)
        and normalize(plain) not in _ANSWERS
    )


def _is_phone(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return (
        digits >= _SHORTEST_PHONE
        and sum(c.isalpha() for c in text) <= digits // 2
        and not is_email(text)
        and not _is_date_or_amount(text)
    )


def _is_place(text: str) -> bool:
    plain = is_named(text) and len(text) <= 60 and re.search(r"\d{6,}", text) is None  # noqa: PLR2004 -- chosen: six digits are longer than a postal code
    return plain and not has_legal_form(text) and split_address_and_city(text) is None


def _is_word(text: str) -> bool:
    return not (
        is_email(text) or _IDENTIFIER.fullmatch(_compact(text)) or _DATE.fullmatch(text) or normalize(text) in _ANSWERS
    )


def _is_house(text: str) -> bool:
    return (
        re.fullmatch(r"\d{1,4}\s?[a-zA-Z]{0,3}(\s?[-/+.]\s?\w{1,4})*(\s?(bus|bte|box|b)\.?\s?\w{1,4})?", text.strip())
        is not None
    )


def _is_address(text: str) -> bool:
    return is_named(text) and not has_legal_form(text)


VALUE_PATTERNS: Mapping[str, Callable[[str], bool]] = {
    "legal_name": is_named,
    **dict.fromkeys(("labels", "configuration_template"), _is_word),
    **dict.fromkeys(("contact_name", "contact_first_name", "contact_last_name"), is_person),
    **dict.fromkeys(("contact_email", "responsible_email", "assignee_emails"), is_email),
    **dict.fromkeys(("contact_phone", "contact_mobile"), _is_phone),
    **dict.fromkeys(
        ("company_number", "spouse_company_number"), _is_number(r"(?:[A-Z]{2,3})*\d{8,10}|\d{14}|[A-Z]{1,3}\d{4,7}")
    ),
    **dict.fromkeys(("national_register_number", "spouse_national_register_number"), _is_digits(r"\d{9,11}")),
    **dict.fromkeys(("client_code", "external_reference"), _is_code),
    **dict.fromkeys(("address", "street"), _is_address),
    "vat_number": _is_number(r"(?:BTW|TVA|VAT|MWST|NR|N)*(?:[A-Z]{2})?[0-9A-Z]{0,3}\d{6,11}(?:B\d\d)?"),
    "rcs_number": _is_number(r"(?:RCS|LUXEMBOURG|LUX|N)*[A-Z]?\d{3,7}|LU\d{8}|(?:18|19|20)\d{9}(?:\d\d)?"),
    "iban": _matches_pattern(
        r"(?:(?:BIC|SWIFT)?[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)?(?:IBAN)?[A-Z]{2}\d{2}[A-Z0-9]{11,60}|\d{12}"
    ),
    "bic": _matches_pattern(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?"),
    "postal_code": lambda text: (
        re.fullmatch(r"(?:[A-Za-z]{1,3}[- ]?)?\d{3,5}(?: ?[A-Za-z]{2})?|\d{4}[ ,-]+\D{2,40}", text.strip()) is not None
    ),
    "city": _is_place,
    "house_number": _is_house,
    "box": lambda text: _BOX.fullmatch(text.strip()) is not None and normalize(text) not in _ANSWERS,
}
"""Field -> whether a value looks like it. For other fields the type alone decides."""

WEAK_PATTERNS = frozenset(
    {
        *("legal_name", "labels", "configuration_template", "contact_name", "contact_first_name", "contact_last_name"),
        *("client_code", "external_reference", "address", "street", "city", "house_number", "box"),
        *("contact_email", "responsible_email", "assignee_emails"),
    }
)
"""Fields for which the pattern alone decides: their types take nearly any text, or a cell may hold several values."""
