"""Checks of countries, by code and by name, and of postal codes."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

COUNTRY_CODE = "must be a two-letter code of ISO 3166-1 alpha-2"
COUNTRY = "must be the full name of a country or its two-letter code"
POSTAL_CODE = "must not have a country prefix"

COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA
    CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA
    GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS
    MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS
    RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW
    TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split(),  # noqa: SIM905 -- seven lines instead of 249
)
_NAMES_IN = ("nl", "fr", "en", "de", "lb", "es", "it", "pt", "pl", "ro")
_PREFIXED = re.compile(r"[A-Za-z]")


def country_code(value: str) -> str | None:
    """Check a country by its code, in capitals."""
    return None if value in COUNTRIES else COUNTRY_CODE


def country(value: str) -> str | None:
    """Check a country by its code or its name in any language and casing, as the Console's page allows."""
    return None if alpha2(value) in COUNTRIES else COUNTRY


def alpha2(value: str) -> str:
    """Return the code of a country given by code or name; an unknown name is returned as it is.

    >>> alpha2("LU"), alpha2("fRaNce"), alpha2("België"), alpha2("Belgie")
    ('LU', 'FR', 'BE', 'BE')
    """
    return value if value in COUNTRIES else _by_name().get(_plain(value), value)


def postal_code(value: str, country: str) -> str | None:
    """Check a postal code: where they are numbers, it has no letters in front."""
    digits_only = country in {"BE", "LU", "FR", "DE"}
    return POSTAL_CODE if digits_only and _PREFIXED.match(value) else None


@cache
def _by_name() -> dict[str, str]:
    from babel import Locale  # 0.06 s, and only names need it

    territories = (Locale(language).territories for language in _NAMES_IN)
    return {_plain(name): code for names in territories for code, name in names.items() if code in COUNTRIES}


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
