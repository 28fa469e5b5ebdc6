"""A person's name, whole and in two parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.schema.derivations.derivation import Derived
from clientimport.schema.types.name_annotations import parse_annotated_name, strip_remarks

PARTICLES = frozenset(
    {
        "aan", "al", "d", "d'", "da", "dal", "dalla", "das", "de", "degli", "dei", "del", "della", "dello", "den",
        "der", "des", "di", "do", "dos", "du", "el", "het", "la", "las", "le", "les", "lo", "los", "op", "'s", "'t",
        "te", "ten", "ter", "uit", "v.d.", "v/d", "van", "vande", "vanden", "vander", "vd", "vom", "von", "zu",
        "zum", "zur",
    }
)  # fmt: skip
"""Words that begin a surname in the names one meets in Belgium and Luxembourg, written with a straight apostrophe."""

_INNER_PARTICLES = PARTICLES | {"ben", "bin", "ibn", "abou", "ver"}
"""And those that do so only behind a first name: `Luc Ben Ali`, but `Ben Peeters`."""

_TWO_PEOPLE = re.compile(
    r"\s(?:&|\+|/|-|–|en|et|und|and|e/o)\s|(?<!v)/(?!d\b)|&|^(?:fam\.?|familie|famille|gezin|echtpaar|couple|erven|succession)\s",
    re.IGNORECASE,
)
"""What stands between two names, or before the name of a whole family; `v/d` is a particle."""
_DASH = re.compile(r"(?P<before>\S.*?)\s[-–]\s(?P<behind>\S.*)")

_INITIALS = re.compile(r"^[^\W\d_](?:\.-?[^\W\d_])*\.?$")


class NameOrder(StrEnum):
    """Which part of a name stands first."""

    FIRST_LAST = "first last"
    LAST_FIRST = "last first"


@dataclass(frozen=True, slots=True)
class NameSplit:
    """A name cut in two, and how the name itself showed where."""

    first: str
    last: str
    order: NameOrder | None
    """The order that the words themselves show, if they do; a comma says nothing about the names beside it."""
    sure: bool
    """Whether the name itself shows where to cut it; else the cut follows the order that was asked for."""


@dataclass(frozen=True, slots=True)
class SplitName:
    """The name of one person as it is to be cut, and a second surname that was left out of it."""

    name: str
    other: str = ""


def first_name_first(name: str | None) -> Derived | None:
    """Return a name as one says it, without a title and the first name first, when it is written otherwise.

    >>> first_name_first("Thill, Marc").values, first_name_first("M. Marc Thill").values, first_name_first("Thill Marc")
    (('Marc Thill',), ('Marc Thill',), None)
    >>> first_name_first("Bosch, Jan van den").values
    ('Jan van den Bosch',)
    >>> first_name_first("Marie Dupont ép. Martin").doubt.facts["dropped"]
    'Martin'
    >>> first_name_first("M. Marc Thill").code, first_name_first("Thill, Marc").code
    ('contact_name.shortened', '')
    """
    text = " ".join((name or "").split())
    person = SplitName(strip_remarks(text).name or text) if names_several(text) else person_in(text)
    surname, comma, given = (part.strip() for part in person.name.partition(","))
    if comma and given and surname:
        given, surname, _ = _move_particles(given, surname)
        turned = f"{given} {surname}"
        return Derived((turned,), other_surname(person, turned))
    shortened = person.name
    return (
        Derived((shortened,), other_surname(person, shortened), "contact_name.shortened") if shortened != text else None
    )


def other_surname(person: SplitName, kept: str) -> Issue | None:
    """Return the doubt about a second surname that is left out beside the one that is kept."""
    return Issue("contact_name.other_surname", {"kept": kept, "dropped": person.other}) if person.other else None


def names_several(name: str) -> bool:
    """Return whether a text names more than one person.

    >>> names_several("Jan en Mieke Peeters"), names_several("Fam. Peeters"), names_several("Anne-Marie Peeters")
    (True, True, False)
    >>> names_several("Maria Van de Velde - Desmet"), names_several("Peeters - Maes"), names_several("Jan Maes + 2021")
    (False, True, False)
    """
    text = strip_remarks(name).name
    dash = _DASH.fullmatch(text)
    if dash and _is_double_surname(dash["before"].split(), dash["behind"].split()):
        return _TWO_PEOPLE.search(f"{dash['before']}-{dash['behind']}") is not None
    return _TWO_PEOPLE.search(text) is not None


def _is_double_surname(before: list[str], behind: list[str]) -> bool:
    """Return whether a dash joins two surnames of one person: one side is a surname, the other has a first name."""
    for alone, other in ((before, behind), (behind, before)):
        surname, whole = ([word for word in words if not _is_particle(word)] for words in (alone, other))
        first_names = [word for word in whole if is_first_name(word)]
        named = len(whole) > 1 and (first_names or other is before)
        if len(surname) == 1 and not is_first_name(surname[0]) and named:
            return True
    return False


def name_without_titles(name: str) -> str:
    """Return a name without titles and remarks.

    >>> name_without_titles("Mevr. An Peeters")
    'An Peeters'
    >>> name_without_titles("M. Dubois")
    'Dubois'
    >>> name_without_titles("Peeters (Jan)")
    'Peeters, Jan'
    >>> name_without_titles("Weber ép. Muller Claire")
    'Weber, Claire'
    """
    return person_in(name).name


@lru_cache(maxsize=1 << 16)
def person_in(text: str) -> SplitName:
    """Return the person whom a text names; a first name in brackets, or behind the second surname, is theirs.

    >>> person_in("Marie Dupont ép. Martin"), person_in("Marie née Martin")
    (SplitName(name='Marie Dupont', other='Martin'), SplitName(name='Marie Martin', other=''))
    """
    annotated = parse_annotated_name(" ".join(text.split()))
    words = annotated.name.split()
    if not words:
        return SplitName(" ".join(text.split()))
    if len(words) == 1 and annotated.bracketed and is_first_name(annotated.bracketed):
        return SplitName(f"{annotated.name}, {annotated.bracketed}", annotated.other)
    behind = annotated.other.split()
    if not behind or "," in annotated.name or any(map(is_first_name, words[1:])) or len(_without_particles(words)) > 1:
        return SplitName(annotated.name, annotated.other)
    if is_first_name(words[0]):
        return SplitName(f"{annotated.name} {annotated.other}")
    end = next((end for end, word in enumerate(behind) if not _is_particle(word)), 0) + 1
    given, other = " ".join(behind[end:]), " ".join(behind[:end])
    return SplitName(f"{annotated.name}, {given}" if given else annotated.name, other)


def _without_particles(words: list[str]) -> list[str]:
    return [word for word in words if not _is_particle(word)]


def _is_particle(word: str) -> bool:
    return _normalize_particle(word) in PARTICLES


def _normalize_particle(word: str) -> str:
    return word.casefold().replace("’", "'")


def _move_particles(given: str, surname: str) -> tuple[str, str, bool]:
    """Return first and last name with the particles of `Bosch, Jan van den` in their place, and whether that is sure.

    >>> _move_particles("Jan van den", "Bosch"), _move_particles("Karel d'", "Hondt")
    (('Jan', 'van den Bosch', True), ('Karel', "d'Hondt", True))
    >>> _move_particles("Thi Van", "Tran")
    ('Thi', 'Van Tran', False)
    """
    words, moved = given.split(), list[str]()
    while len(words) > 1 and _is_particle(words[-1]):
        moved.insert(0, words.pop())
    whole = _join_particles([*moved, surname]) if moved else _particles_first(surname)
    return " ".join(words), whole, not (len(moved) == 1 and moved[0][:1].isupper())


def _particles_first(surname: str) -> str:
    """Return a surname with the small particles behind it, as in `Bosch van den`, before it; `Nguyen Van` is a name."""
    words, moved = surname.split(), list[str]()
    while len(words) > 1 and _is_particle(words[-1]) and not words[-1][:1].isupper():
        moved.insert(0, words.pop())
    return _join_particles([*moved, *words]) if moved else surname


def _join_particles(words: list[str]) -> str:
    """Return words as one name, without a space behind an apostrophe: `d'Hondt`."""
    return re.sub(r"(?<=[dD]['’])\s(?=\w)", "", " ".join(words))


@lru_cache(maxsize=1 << 16)
def split_name(name: str, order: NameOrder = NameOrder.FIRST_LAST, *, trusting_names: bool = True) -> NameSplit | None:
    """Return `name` in two parts; None when there is one word only. `order` is for a name that does not show its own.

    Well-known first names show it too, unless something surer does: then they are not trusted, for many are surnames.

    >>> split_name("Jansen, Jan").first, split_name("DUPONT Marie").last, split_name("J. Peeters").first
    ('Jan', 'DUPONT', 'J.')
    >>> split_name("Bart Hermans").order, split_name("Alken Bree").order
    (<NameOrder.FIRST_LAST: 'first last'>, None)
    >>> split_name("Alken Bree", NameOrder.LAST_FIRST).last
    'Alken'
    """
    text = name_without_titles(name)
    surname, comma, given = (part.strip() for part in text.partition(","))
    if comma:
        given, surname, sure = _move_particles(given, surname)
        return NameSplit(given, surname, None, sure=sure) if given and surname else None
    words = text.split()
    if not words[1:]:
        return None
    shown = _order_of_words(words) or (_order_of_names(words) if trusting_names else None)
    index, chosen = _second_part_begin(words, shown or order), shown or order
    before, after = " ".join(words[:index]), " ".join(words[index:])
    first, last = (before, after) if chosen is NameOrder.FIRST_LAST else (after, before)
    return NameSplit(first, _particles_first(last), shown, sure=shown is not None)


def _order_of_words(words: list[str]) -> NameOrder | None:
    """Return the order that capitals, initials or particles show; None when nothing does."""
    shouted = [word.isupper() and len(word) > 1 and not _INITIALS.match(word) for word in words]
    for sign in (shouted, [not _INITIALS.match(word) for word in words]):
        if sign[0] is not sign[-1]:
            return NameOrder.LAST_FIRST if sign[0] else NameOrder.FIRST_LAST
    if _is_particle(words[0]):
        return NameOrder.LAST_FIRST
    return NameOrder.FIRST_LAST if _inner_particle(words) and is_first_name(words[0]) else None


def _order_of_names(words: list[str]) -> NameOrder | None:
    """Return the order that a well-known first name at one end shows."""
    first, last = is_first_name(words[0]), is_first_name(words[-1])
    if first is last:
        return NameOrder.FIRST_LAST if _inner_particle(words) else None
    return NameOrder.FIRST_LAST if first else NameOrder.LAST_FIRST


def _inner_particle(words: list[str]) -> int | None:
    """Return which of the words between the first and the last begins a surname, if one does.

    >>> _inner_particle(["Luc", "Ben", "Ali"]), _inner_particle(["Ben", "Peeters"])
    (1, None)
    """
    return next(
        (index for index, word in enumerate(words[1:-1], 1) if _normalize_particle(word) in _INNER_PARTICLES), None
    )


def _second_part_begin(words: list[str], order: NameOrder) -> int:
    """Return at which word the second part begins."""
    if order is NameOrder.FIRST_LAST:
        last = len(words) - 1 if _is_particle(words[-1]) else None
        particle = _inner_particle(words) or last
        shouted = next((index for index, word in enumerate(words) if index and word.isupper() and len(word) > 1), None)
        named = next((index for index, word in enumerate(words) if not is_first_name(word)), len(words))
        return particle or (shouted if not words[0].isupper() else None) or min(max(named, 1), len(words) - 1)
    given = len(words) - 1
    while given > 1 and (is_first_name(words[given - 1]) or _INITIALS.match(words[given - 1])):
        given -= 1
    return given


def is_first_name(word: str) -> bool:
    """Return whether a word is a common first name, or initials."""
    return all(part in _first_names() for part in normalize(word).split()) or bool(_INITIALS.match(word))


@cache
def _first_names() -> frozenset[str]:
    text = (files("clientimport.schema.derivations") / "first_names.txt").read_text(encoding="utf-8")
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split())
