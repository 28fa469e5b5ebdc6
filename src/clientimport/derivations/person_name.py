"""A person's name, whole and in two parts."""

from __future__ import annotations

import re

from clientimport.derivations.interface import Derived
from clientimport.finding import Problem

PARTICLES = frozenset(
    {
        "d", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "el",
        "la", "las", "le", "les", "los", "op", "'t", "te", "ten", "ter", "van", "vande", "vanden", "vander",
        "von", "vom", "zu", "zum", "zur",
    }
)  # fmt: skip
"""Words that begin a surname in the names one meets in Belgium and Luxembourg."""

TITLES = re.compile(
    r"^(?:(?:dhr|de heer|heer|mevr|mevrouw|mw|mej|mr|mrs|ms|m|mme|mlle|monsieur|madame|mademoiselle|herr|frau|dr|prof)"
    r"(?:\.\s*|\s+))+(?=\S)",
    re.IGNORECASE,
)
"""How a person is addressed; not part of the name."""


def joined(first: str | None, last: str | None) -> Derived | None:
    """Return first and last name as one text.

    >>> joined("An", "De Smet").values
    ('An De Smet',)
    """
    parts = [part for part in (first, last) if part]
    return Derived((" ".join(parts),)) if parts else None


def taken_apart(name: str | None) -> Derived | None:
    """Return first and last name; None when there is only one word. A doubt says when it could be otherwise.

    >>> taken_apart("Jansen, Jan").values, taken_apart("Dhr. Jan van den Berg").values
    (('Jan', 'Jansen'), ('Jan', 'van den Berg'))
    >>> taken_apart("DUPONT Marie").values
    ('Marie', 'DUPONT')
    """
    bare = TITLES.sub("", (name or "").strip())
    last, comma, first = bare.partition(",")
    if comma and first.strip() and last.strip():
        return Derived((first.strip(), last.strip()))
    words = bare.split()
    if not words[1:]:
        return None
    cut, sure = _surname_starts(words)
    if cut <= 0:  # the surname stands first
        first_name, surname = " ".join(words[-cut:]), " ".join(words[:-cut])
    else:
        first_name, surname = " ".join(words[:cut]), " ".join(words[cut:])
    doubt = None if sure else Problem("contact_name.order_unsure", {"first": first_name, "last": surname})
    return Derived((first_name, surname), doubt)


def _surname_starts(words: list[str]) -> tuple[int, bool]:
    """Return at which word the surname starts, negative for where it ends when it stands first; and whether sure."""
    shouted = [word.isupper() and len(word) > 1 for word in words]
    if any(shouted) and not all(shouted):
        if shouted[0]:
            return -shouted.index(False), True
        return shouted.index(True), True
    particle = next((i for i, word in enumerate(words) if word.casefold() in PARTICLES), None)
    if particle == 0:
        return -(len(words) - 1), False
    if particle is not None:
        return particle, True
    return 1, not words[2:]
