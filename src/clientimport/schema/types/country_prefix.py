"""The letters of a country beside a postal code, as in `B-9000` or `LT-10309`: its sign on cars, or its ISO code.

Signs: https://unece.org/DAM/trans/conventn/Distsigns.pdf. Posts of Europe advise against them since the 1990s, and
people write them all the same. Left out are letters that are part of the code itself (Andorra's `AD500`).
"""

from __future__ import annotations

import re

_MARKS = """
AT:A,AT,AUT BE:B,BE,BEL BG:BG,BGR BA:BIH,BA BY:BY CH:CH,CHE CY:CY,CYP CZ:CZ,CZE DE:D,DE,DEU DK:DK,DNK EE:EST,EE
ES:E,ES,ESP FI:FIN,FI,SF FO:FO FR:F,FR,FRA GB:GB,UK,GBR GL:GL,KN GR:GR,EL,GRC HR:HR,HRV HU:H,HU,HUN IE:IRL,IE IS:IS
IT:I,IT,ITA LI:FL,LI LT:LT,LTU LU:L,LU,LUX LV:LV,LVA MC:MC MD:MD ME:MNE,ME MK:MK,NMK MT:M,MT,MLT NL:NL,NLD NO:N,NO,NOR
PL:PL,POL PT:P,PT,PRT RO:RO,ROU RS:SRB,RS RU:RUS,RU SE:S,SE,SWE SI:SLO,SI,SVN SK:SK,SVK SM:RSM,SM TR:TR UA:UA US:US,USA
VA:V,VA
"""
_COUNTRY_OF = {
    mark: country
    for country, _, marks in (entry.partition(":") for entry in _MARKS.split())
    for mark in marks.split(",")
}
_DIGITS = r"(?=[0-9]{3}|[0-9]{2}-[0-9]{3}(?![0-9]))"
"""At least three: Liverpool's `L1 8JQ` and Dublin's `D02 AF30` begin with a letter of their own. Poland: `00-950`."""
_BEFORE = re.compile(rf"^\(?(?P<mark>[A-Za-z]{{1,3}})\)?[\s.\-–—/:]*{_DIGITS}")
_BEHIND = re.compile(r"(?<=[0-9])[\s.\-–—/,]*\(?(?P<mark>[A-Za-z]{1,3})\)?$")


def country_of_prefix(letters: str) -> str | None:
    """Return the country that these letters stand for, in capitals or all small; `Ee` and `Ro` are towns.

    >>> country_of_prefix("B"), country_of_prefix("lt"), country_of_prefix("Ee"), country_of_prefix("As")
    ('BE', 'LT', None, None)
    """
    return _COUNTRY_OF.get(letters.upper()) if letters.isupper() or letters.islower() else None


def split_country_prefix(code: str) -> tuple[str, str | None]:
    """Return a tidy postal code without the country's letters before or behind it, and the country they stand for.

    The two letters of a Dutch code are never a country's: `1234 BE` is left as it is.

    >>> split_country_prefix("L - 6630")
    ('6630', 'LU')
    >>> split_country_prefix("LT-10309")
    ('10309', 'LT')
    >>> split_country_prefix("9000 B")
    ('9000', 'BE')
    >>> split_country_prefix("1012 AB")
    ('1012 AB', None)
    >>> split_country_prefix("SW1A 1AA"), split_country_prefix("D02 AF30")
    (('SW1A 1AA', None), ('D02 AF30', None))
    """
    before = _BEFORE.match(code)
    if before and (country := country_of_prefix(before["mark"])):
        return code[before.end() :], country
    behind = _BEHIND.search(code)
    if behind and (country := country_of_prefix(behind["mark"])) and not _may_be_dutch(code):
        return code[: behind.start()], country
    return code, None


def _may_be_dutch(code: str) -> bool:
    return re.fullmatch(r"[1-9][0-9]{3} ?[A-Za-z]{2}", code) is not None
