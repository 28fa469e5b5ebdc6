"""A person's name, whole and in two parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from clientimport.derivations.interface import Derived
from clientimport.folding import folded

PARTICLES = frozenset(
    {
        "d", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "el",
        "la", "las", "le", "les", "los", "op", "'t", "te", "ten", "ter", "van", "vande", "vanden", "vander",
        "von", "vom", "zu", "zum", "zur",
    }
)  # fmt: skip
"""Words that begin a surname in the names one meets in Belgium and Luxembourg."""

TITLES = re.compile(
    r"^(?:(?:dhr|de heer|heer|mevr|mevrouw|mw|mej|mr|mrs|ms|m|mme|mlle|monsieur|madame|mademoiselle|herr|frau|dr|prof"
    r"|maître|maitre|meester|mtr|ing|ir)"
    r"(?:\.\s*|\s+))+(?=\S{2})",
    re.IGNORECASE,
)
"""How a person is addressed; not part of the name. One letter behind it is an initial, so it stays with that."""

_TWO_PEOPLE = re.compile(
    r"\s(?:&|\+|/|-|–|en|et|und|and|e/o)\s|/|&|^(?:fam\.?|familie|famille|gezin|echtpaar|couple|erven|succession)\s",
    re.IGNORECASE,
)
"""What stands between two names, or before the name of a whole family."""

_INITIALS = re.compile(r"^[^\W\d_](?:\.-?[^\W\d_])*\.?$")


class Order(StrEnum):
    """Which part of a name stands first."""

    FIRST_LAST = "first last"
    LAST_FIRST = "last first"


@dataclass(frozen=True, slots=True)
class Cut:
    """A name cut in two, and how the name itself showed where."""

    first: str
    last: str
    order: Order | None
    """The order that the words themselves show, if they do; a comma says nothing about the names beside it."""
    sure: bool
    """Whether the name itself shows where to cut it; else the cut follows the order that was asked for."""


def joined(first: str | None, last: str | None) -> Derived | None:
    """Return first and last name as one text.

    >>> joined("An", "De Smet").values
    ('An De Smet',)
    """
    parts = [part for part in (first, last) if part]
    return Derived((" ".join(parts),)) if parts else None


def turned(name: str | None) -> Derived | None:
    """Return a name as one says it, without a title and the first name first, when it is written otherwise.

    >>> turned("Thill, Marc").values, turned("M. Marc Thill").values, turned("Thill Marc")
    (('Marc Thill',), ('Marc Thill',), None)
    """
    text = " ".join((name or "").split())
    surname, comma, given = (part.strip() for part in bare(text).partition(","))
    said = f"{given} {surname}" if comma and given and surname else bare(text)
    return Derived((said,)) if said != text else None


def names_several(name: str) -> bool:
    """Tell whether a text names more than one person.

    >>> names_several("Jan en Mieke Peeters"), names_several("Fam. Peeters"), names_several("Anne-Marie Peeters")
    (True, True, False)
    """
    return _TWO_PEOPLE.search(" ".join(name.split())) is not None


def bare(name: str) -> str:
    """Return a name without the way its bearer is addressed.

    >>> bare("Mevr. An Peeters"), bare("M. Dubois")
    ('An Peeters', 'Dubois')
    """
    return TITLES.sub("", " ".join(name.split()))


@lru_cache(maxsize=1 << 16)
def cut(name: str, order: Order = Order.FIRST_LAST, *, trusting_names: bool = True) -> Cut | None:
    """Return `name` in two parts; None when there is one word only. `order` is for a name that does not show its own.

    Well-known first names show it too, unless something surer does: then they are not trusted, for many are surnames.

    >>> cut("Jansen, Jan").first, cut("DUPONT Marie").last, cut("J. Peeters").first
    ('Jan', 'DUPONT', 'J.')
    >>> cut("Bart Hermans").order, cut("Alken Bree").order, cut("Alken Bree", Order.LAST_FIRST).last
    (<Order.FIRST_LAST: 'first last'>, None, 'Alken')
    """
    text = bare(name)
    surname, comma, given = (part.strip() for part in text.partition(","))
    if comma:
        return Cut(given, surname, None, sure=True) if given and surname else None
    words = text.split()
    if not words[1:]:
        return None
    own = _own_order(words) or (_order_of_names(words) if trusting_names else None)
    at, chosen = _boundary(words, own or order), own or order
    before, after = " ".join(words[:at]), " ".join(words[at:])
    first, last = (before, after) if chosen is Order.FIRST_LAST else (after, before)
    return Cut(first, last, own, sure=own is not None)


def _own_order(words: list[str]) -> Order | None:
    """Return the order that capitals, initials or particles show; None when nothing does."""
    shouted = [word.isupper() and len(word) > 1 and not _INITIALS.match(word) for word in words]
    for sign in (shouted, [not _INITIALS.match(word) for word in words]):
        if sign[0] is not sign[-1]:
            return Order.LAST_FIRST if sign[0] else Order.FIRST_LAST
    if words[0].casefold() in PARTICLES:
        return Order.LAST_FIRST
    inner = any(word.casefold() in PARTICLES for word in words[1:-1])
    return Order.FIRST_LAST if inner and _is_first_name(words[0]) else None


def _order_of_names(words: list[str]) -> Order | None:
    """Return the order that a well-known first name at one end shows."""
    first, last = _is_first_name(words[0]), _is_first_name(words[-1])
    if first is last:
        inner = any(word.casefold() in PARTICLES for word in words[1:-1])
        return Order.FIRST_LAST if inner else None
    return Order.FIRST_LAST if first else Order.LAST_FIRST


def _boundary(words: list[str], order: Order) -> int:
    """Return at which word the second part begins."""
    if order is Order.FIRST_LAST:
        particle = next((at for at, word in enumerate(words) if at and word.casefold() in PARTICLES), None)
        shouted = next((at for at, word in enumerate(words) if at and word.isupper() and len(word) > 1), None)
        named = next((at for at, word in enumerate(words) if not _is_first_name(word)), len(words))
        return particle or (shouted if not words[0].isupper() else None) or min(max(named, 1), len(words) - 1)
    given = len(words) - 1
    while given > 1 and (_is_first_name(words[given - 1]) or _INITIALS.match(words[given - 1])):
        given -= 1
    return given


def _is_first_name(word: str) -> bool:
    return all(part in _first_names() for part in folded(word).split()) or bool(_INITIALS.match(word))


@cache
def _first_names() -> frozenset[str]:
    text = (files("clientimport.derivations") / "first_names.txt").read_text(encoding="utf-8")
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split())
