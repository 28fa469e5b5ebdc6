"""An address in one cell, and as street, house number and box."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.columns import map_distinct
from clientimport.model.finding import Issue
from clientimport.schema.derivations.copies import same_texts, spaced
from clientimport.schema.derivations.derivation import Derived

_BOX_WORD = r"(?:bus|bte|boîte|boite|box|b|appartement|apartment|app|apt|appt|wohnung|whg|flat|unit|postfach)"
_NUMBER = r"\d{1,5}(?:\s?(?:bis|ter|quater)|\s?[A-Za-z](?![A-Za-z\d]))?(?:\s?[-–+]\s?\d{1,5}[A-Za-z]?)?"
_FLOOR_WORD = r"(?:étage|etage|ét|verdieping|verdiep|verd|stock|og|floor)\b\.?"
_FLOOR = (
    rf"\d{{1,2}}\s?(?:e|de|ste|er|re|ère|ème|eme|th|nd|rd|st|°|\.)?\s*{_FLOOR_WORD}|{_FLOOR_WORD}\s*\d{{1,2}}"
    r"|rez(?:-de-chaussée)?|rdc|gelijkvloers|glv|erdgeschoss|eg"
)
_APART = r"[\s,;]*(?:[-–]\s*)?"
_BOX = (
    rf"(?:{_APART}(?:\b{_BOX_WORD}\b|(?<=\d)(?:bus|bte|box)\b)\.?:?\s*(?:n[°ºro]\.?\s*)?(?P<box>\w[\w./-]*(?:\s[a-z]\b)?)"
    rf"|\s*/\s*(?P<slash>[\w.-]+)|(?:[\s,;]+(?!(?-i:B0\d\b)){_BOX_WORD}|(?<=\d)(?:bus|bte|box))(?P<glued>\d+)"
    rf"|\s+(?P<unit>(?-i:B0\d|[AC-Z]\d{{1,4}}))|[\s-]\s?(?P<upper>(?-i:I{{2,3}}|IV)|hs)|[\s,;]+(?:[-–]\s*)?\(?(?P<floor>{_FLOOR})\)?)"
)
"""`bus 3`, `/3`, `box2`, the `A02` of a building with units, Amsterdam's `12 II`, and a floor, which keeps its word."""
_ORDINAL = r"(?:\d+(?:e|de|ste|er|re|ère|ème|th|nd|rd|st)\b\.?\s+)?"
_STREET_WORD = (
    r"rue|av\.?|avenue|bd|bld|boulevard|place|route|rte|chemin|allée|quai|impasse|clos|grand-rue|cité|val|drève|square|sentier"
    r"|montée|esplanade|rond-point|faubourg|galerie|passage|chaussée|chée|um|op|an|am|beim"
)
_STREET_FIRST = re.compile(
    rf"^(?P<street>{_ORDINAL}\D.*?)[\s,]+(?P<mark>n[°ro]\.?\s*)?(?P<number>{_NUMBER}){_BOX}?$", re.IGNORECASE
)
_NUMBER_AND_BOX = re.compile(rf"^(?P<number>{_NUMBER}){_BOX}$", re.IGNORECASE)
_NUMBER_FIRST = re.compile(rf"^(?P<number>{_NUMBER}){_BOX}?\s*,\s*(?P<street>[^\d,].*)$", re.IGNORECASE)
_NUMBER_THEN_STREET = re.compile(
    rf"^(?P<number>{_NUMBER}){_BOX}?\s+(?P<street>(?:{_STREET_WORD})\b.*)$",
    re.IGNORECASE,
)


_YEAR = re.compile(r"1[89]\d\d$")
_MONTH = re.compile(
    r"\b(?:novembre?|november|mai|mei|septemb(?:re|er)|juin|juni|juillet|juli|ao[uû]t|augustus)$", re.IGNORECASE
)
"""Streets are named after days: in "Rue du 11 Novembre 1918" the year is no house number."""
_TWO_NUMBERS = re.compile(r"\s\d+[a-z]?$", re.IGNORECASE)
"""What stands before a second number in "Dorp 12 1": either may be the house number."""
_POST_BOX = re.compile(r"(?:postbus|postfach|b\.?\s?p\.?|boîte postale|p\.?\s?o\.?\s?box)\s*\d+$", re.IGNORECASE)
_BOX_IN_STREET = re.compile(rf"\d\w?[\s,]+{_BOX_WORD}\.?$", re.IGNORECASE)
_NAMED_BOX = re.compile(rf"{_BOX_WORD}\b|{_FLOOR}$", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"\((?=\s*{_BOX_WORD}\b)([^)]*)\)", re.IGNORECASE)
_BOX_BEHIND = re.compile(rf"^(?P<street>.*?)[\s,–-]+{_BOX_WORD}\b\.?\s*(?P<box>[\w./-]+)$", re.IGNORECASE)


def split_address(address: str | None) -> Derived | None:
    """Return street, house number and box; an address without a number is all street.

    >>> split_address("Kerkstraat 12 bus 3").values, split_address("12A, rue de la Gare").values
    (('Kerkstraat', '12', '3'), ('rue de la Gare', '12A', None))
    >>> split_address("Av. du 11 Novembre 5/2").values, split_address("Grote Markt").values
    (('Av. du 11 Novembre', '5', '2'), ('Grote Markt', None, None))
    >>> split_address("5 rue Haute, bte 3").values, split_address("Dorp 12 1").values, split_address("BP 45").values
    (('rue Haute', '5', '3'), ('Dorp 12 1', None, None), ('BP 45', None, None))
    """
    if not address:
        return None
    text = " ".join(_IN_BRACKETS.sub(r"\1", address).split()).rstrip(" ,;")
    for pattern in (_NUMBER_FIRST, _NUMBER_THEN_STREET, _STREET_FIRST):
        if (match := pattern.match(text)) and _is_plain(match):
            return Derived(_parts(match))
    whole = " ".join(address.split())
    doubt = Issue("address.number_unsure") if any(c.isdigit() for c in whole) else None
    return Derived((whole, None, None), doubt)


def _is_plain(match: re.Match[str]) -> bool:
    """Return whether the number is the house's: not a year in the street's name, one of two, or a post box's."""
    street = match["street"]
    year = _MONTH.search(street) and _YEAR.match(match["number"])
    two = match.re is _STREET_FIRST and _TWO_NUMBERS.search(street) and not match["mark"]
    return not (year or two or _BOX_IN_STREET.search(street) or _POST_BOX.match(match.string))


def _parts(match: re.Match[str]) -> tuple[str, str, str | None]:
    street, box = match["street"].strip(" ,"), _box(match)
    behind = None if box or match.re is _STREET_FIRST else _BOX_BEHIND.match(street)
    if behind:
        street, box = behind["street"], behind["box"]
    return street, match["number"].replace(" ", ""), box


def _box(match: re.Match[str]) -> str | None:
    return next((match[name] for name in ("box", "slash", "glued", "unit", "upper", "floor") if match[name]), None)


def split_street_and_number(street: str | None) -> Derived | None:
    """Return street, house number and box of a street cell that holds a number, else None.

    >>> split_street_and_number("Meir 24A").values
    ('Meir', '24A', None)
    >>> split_street_and_number("Meir")
    >>> split_street_and_number("Rue du 11 Novembre 1918")
    """
    derived = split_address(street)
    return derived if derived and derived.values[1] else None


def split_number_and_box(cell: str | None) -> Derived | None:
    """Return house number and box of a cell that holds both, else None.

    >>> split_number_and_box("12 bus 4").values, split_number_and_box("12A/3").values, split_number_and_box("12-14")
    (('12', '4'), ('12A', '3'), None)
    """
    match = _NUMBER_AND_BOX.match(" ".join((cell or "").split()))
    if match is None:
        return None
    return Derived((match["number"].replace(" ", ""), _box(match)))


def join_addresses(
    streets: pa.StringArray, numbers: pa.StringArray, boxes: pa.StringArray, languages: pa.StringArray
) -> pa.StringArray:
    """Return each address in one text, with the box word of the client's language.

    >>> columns = ["Kerkstraat", "Rue Haute"], ["12", "1"], ["3", "4"], ["nl", "fr"]
    >>> join_addresses(*map(pa.array, columns)).to_pylist()
    ['Kerkstraat 12 bus 3', 'Rue Haute 1 bte 4']
    """
    boxed = map_distinct([boxes, languages], _with_word)
    texts = pa.array(
        [boxed.get(position) for position in range(len(boxes))] if boxed else [None] * len(boxes), pa.string()
    )
    joined: pa.StringArray = pc.if_else(pc.is_valid(same_texts(streets)), spaced(streets, numbers, texts), None)
    return joined


def _with_word(box: str | None, language: str | None) -> str | None:
    if not box:
        return None
    return box if _NAMED_BOX.match(box) else f"{'bte' if language == 'fr' else 'bus'} {box}"
