"""Countries: their codes, their names in every language around us, everyday words for them.

The countries are those of ISO 3166-1 (pycountry), their names those of Unicode CLDR (babel).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from clientimport.model.normalize import normalize

_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
ISO_COUNTRIES = frozenset(_CODES.split())
"""The countries of ISO 3166-1 by their two letters: https://www.iso.org/obp/ui/#search/code/.

Written out, because loading them from a library takes longer than checking a hundred thousand rows.
"""

_OURS = ("nl", "fr", "de", "en", "lb")
# A full name in any language is right on Banqup's Console; 0.2 s, so only when the others do not know it.
_ELSEWHERE = (
    "es it pt pl ro hr cs da et fi hu ga lv lt mt sk sl sv nb tr sq sr_Latn bs is ca eu gl cy fy af sw vi id az"
)

_ALIASES = {
    "BE": "b, belg, belgie belgique, koninkrijk belgie, royaume de belgique, konigreich belgien, ger belgien",
    "LU": (
        "l, gd luxembourg, g d luxembourg, gd de luxembourg, gdl, gd duche, grand duche, "
        "gd duche de luxembourg, grand duche de luxembourg, "
        "luxembourg gd, groothertogdom luxemburg, gh luxemburg, grossherzogtum luxemburg, grand duchy of luxembourg"
    ),
    "NL": "holland, hollande, the netherlands, de nederlanden, ned, hol, pays bas hollande",
    "FR": "f, republique francaise, france metropolitaine",
    "DE": "d, brd, duitse bondsrepubliek, bundesrepublik deutschland, ger",
    "GB": (
        "uk, great britain, groot brittannie, grande bretagne, grossbritannien, england, engeland, angleterre, "
        "scotland, schotland, ecosse, schottland, wales, pays de galles, noord ierland, northern ireland, "
        "irlande du nord, nordirland, u k"
    ),
    "US": (
        "vs, vsa, u s a, u s, verenigde staten van amerika, united states of america, etats unis d amerique, "
        "vereinigte staaten von amerika, amerika, america, amerique"
    ),
    "GR": "el",
    "CZ": "czech republic, tsjechische republiek, republique tcheque, tschechische republik, tchequie",
    "TR": "turkey, turquie, turkei, turkije, turkiye",
    "MK": "macedonia, macedonie, mazedonien",
    "CI": "ivory coast, ivoorkust, elfenbeinkuste",
    "MM": "burma, birma, birmanie",
    "SZ": "swaziland",
    "CV": "cape verde, kaapverdie, cap vert",
    "VA": "vatican, vatikan, vaticaan",
    "AE": "vae, uae, eau, emirats arabes unis, verenigde arabische emiraten",
    "RU": "russian federation, russische federatie, federation de russie",
}
_SEVERAL = {
    "congo kongo": "CD CG",
    "korea coree": "KP KR",
    "maagdeneilanden virgin|islands iles|vierges jungferninseln": "VG VI",
}


@cache
def country_names() -> Mapping[str, frozenset[str]]:
    """Return the countries by normalised full name in Dutch, French, German, English and Luxembourgish.

    A name that is said of two countries has both.

    >>> sorted(country_names()["congo"]), sorted(country_names()["belgien"])
    (['CD', 'CG'], ['BE'])
    """
    import pycountry

    names = _names_in(_OURS)
    for country in pycountry.countries:
        for attribute in ("name", "official_name", "common_name"):
            names[normalize(getattr(country, attribute, None) or country.name)].add(country.alpha_2)
    for words, codes in _SEVERAL.items():
        names.update((word.replace("|", " "), set(codes.split())) for word in words.split())
    return {name: frozenset(codes) for name, codes in names.items() if name}


@cache
def country_names_elsewhere() -> Mapping[str, frozenset[str]]:
    """Return the countries by normalised full name in further languages of Latin letters."""
    return {name: frozenset(codes) for name, codes in _names_in(_ELSEWHERE.split()).items() if name}


@cache
def country_aliases() -> Mapping[str, str]:
    """Return the country of everyday words, car plates and the like.

    >>> country_aliases()["holland"], country_aliases()["b"]
    ('NL', 'BE')
    """
    return {normalize(word): code for code, words in _ALIASES.items() for word in words.split(",")}


@cache
def alpha_2_codes() -> Mapping[str, str]:
    """Return the alpha-2 code of each alpha-3 code."""
    import pycountry

    return {country.alpha_3: country.alpha_2 for country in pycountry.countries}


def _names_in(languages: Iterable[str]) -> defaultdict[str, set[str]]:
    from babel import Locale

    names: defaultdict[str, set[str]] = defaultdict(set)
    for language in languages:
        for code, name in Locale.parse(language).territories.items():
            if code in ISO_COUNTRIES:
                names[normalize(name)].add(code)
    return names
