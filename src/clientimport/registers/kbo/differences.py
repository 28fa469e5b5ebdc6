"""What a list says of a client beside what the KBO says of the enterprise: only what certainly differs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from clientimport.model.normalize import normalize
from clientimport.registers.kbo.enterprise import Enterprise, Seat
from clientimport.schema.checks.legal_form import strip_legal_form

_AND = frozenset({"en", "et", "und", "and", "e"})
_REMARK = re.compile(r"\s*[(\[{][^)\]}]*[)\]}]\s*")
_STREET_WORDS = re.compile(
    r"\b(?:straat|str|rue|r|avenue|av|ave|boulevard|bd|blvd|laan|steenweg|stwg|chaussee|ch|chee)\b"
)
_SIMILAR = 75
"""Of 100, rapidfuzz's ratio: `Stationstr` and `Stationsstraat` are one street, 83; chosen, not measured."""
_FIRST_NUMBER = re.compile(r"\d+")
_COMMON_WORDS = 2
"""How many words of a person's name must be the same where the list has more of them."""


@dataclass(frozen=True, slots=True)
class RegisterDifference:
    """One field in which a list and a register differ; a cell that is empty never does."""

    field: str
    ours: str
    theirs: str


def differences(
    fields: Mapping[str, str], enterprise: Enterprise, form_texts: Collection[str], language: str
) -> Iterator[RegisterDifference]:
    """Yield what differs of a client's fields: its name, then its address."""
    name = fields.get("legal_name", "")
    if name and not same_name(name, enterprise, form_texts):
        yield RegisterDifference("legal_name", name, enterprise.name_in(language))
    if enterprise.seat is not None:
        yield from _address(fields, enterprise.seat, language)


def same_name(ours: str, enterprise: Enterprise, form_texts: Collection[str] = ()) -> bool:
    """Tell whether `ours` is one of the enterprise's names, whatever its casing, accents, blanks and legal form.

    `form_texts` is what its legal form is called in full. An enterprise without a name contradicts nobody.
    """
    theirs = [_words(name, form_texts) for name in enterprise.name_texts()]
    candidates = [_words(ours, form_texts), _words(_REMARK.sub(" ", ours), form_texts)]
    if not any(theirs):
        return True
    if any(
        "".join(candidate) == "".join(name) or sorted(candidate) == sorted(name)
        for candidate in candidates
        for name in theirs
    ):
        return True
    return enterprise.natural_person and any(
        _same_person(candidate, name) for candidate in candidates for name in theirs
    )


def _same_person(ours: list[str], theirs: list[str]) -> bool:
    """Tell whether one name holds all of the other: people leave out first names or write one letter of them.

    One word in common is enough only where it is all that the list has.
    """
    whole = {word for word in ours if word in theirs}
    initials = {word for word in ours if len(word) == 1 and any(name.startswith(word) for name in theirs)}
    if not any(len(word) > 1 for word in whole):
        return False
    holds_ours = set(ours) <= whole | initials
    holds_theirs = set(theirs) <= whole and len(whole) >= _COMMON_WORDS
    return holds_ours or holds_theirs


def _words(name: str, form_texts: Collection[str]) -> list[str]:
    text = strip_legal_form(name.replace("&", " en ").replace("+", " en "))
    for form in map(normalize, form_texts):
        text = text.removesuffix(f" {form}").removeprefix(f"{form} ")
    return [word for word in text.split() if word not in _AND]


def _address(fields: Mapping[str, str], seat: Seat, language: str) -> Iterator[RegisterDifference]:
    code, city = fields.get("postal_code", ""), fields.get("city", "")
    if seat.foreign:
        return  # street, number and place stand there in any order
    if code and seat.postal_code and normalize(code) != normalize(seat.postal_code):
        yield RegisterDifference("postal_code", code, seat.postal_code)
    elif not code and city and not _same_city(city, seat):  # one code has several places, the register its municipality
        yield RegisterDifference("city", city, seat.city_in(language))
    street, number = fields.get("street", ""), fields.get("house_number", "")
    if street and any(seat.street.values()) and not _same_street(street, seat):
        yield RegisterDifference("street", street, seat.street_in(language))
    elif number and seat.house_number and _first(number) != _first(seat.house_number):
        yield RegisterDifference("house_number", number, seat.house_number)
    whole = fields.get("address", "")
    if whole and not street and any(seat.street.values()) and not _holds(whole, seat):
        yield RegisterDifference("address", whole, seat.line(language).partition(",")[0])


def _same_city(city: str, seat: Seat) -> bool:
    return any(name and fuzz.partial_ratio(normalize(city), normalize(name)) >= _SIMILAR for name in seat.city.values())


def _same_street(street: str, seat: Seat) -> bool:
    ours = _street_key(street)
    return any(
        fuzz.ratio(ours, _street_key(theirs)) >= _SIMILAR or _street_key(theirs) in ours
        for theirs in (seat.street_in("nl"), seat.street_in("fr"), *seat.street.values())
        if theirs
    )


def _holds(address: str, seat: Seat) -> bool:
    """Tell whether a street with its number, in one text, is the seat's."""
    ours = normalize(address)
    numbers = _FIRST_NUMBER.findall(ours)
    if seat.house_number and numbers and _first(seat.house_number) not in numbers:
        return False
    named = _FIRST_NUMBER.sub("", ours)
    return _same_street(named, seat) or any(
        fuzz.partial_ratio(_street_key(theirs), _street_key(named)) >= _SIMILAR
        for theirs in seat.street.values()
        if theirs
    )


def _street_key(street: str) -> str:
    """Return a street without the word for street where that stands alone, and without blanks.

    >>> _street_key("Rue du Moulin"), _street_key("r. du Moulin"), _street_key("Molenstr.")
    ('dumoulin', 'dumoulin', 'molenstr')
    """
    plain = normalize(street)
    return (_STREET_WORDS.sub(" ", plain).replace(" ", "")) or plain.replace(" ", "")


def _first(number: str) -> str:
    """Return the first number in a text, without the zeros before it; the text itself where there is none."""
    match = _FIRST_NUMBER.search(number)
    return match[0].lstrip("0") if match else number
