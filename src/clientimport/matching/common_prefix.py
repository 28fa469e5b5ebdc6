"""Shared words: one word around many headers of a table is its own way of saying whose data it holds.

"RECIPIENT_CITY" and "RECIPIENT_ZIP", or "CODE POSTAL DE L'EMPLOYEUR" and "COMMUNE DE L'EMPLOYEUR".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from clientimport.matching.context_words import context_words
from clientimport.matching.header_meaning import HeaderMeaning, MatchStrength, header_meaning
from clientimport.schema.header_key import header_words, known_header_words

_MANY = 3


def header_meanings(headers: Sequence[str]) -> list[HeaderMeaning]:
    """Return what each header says; one that says nothing is read without the word that it shares with others.

    Nobody knows who a "recipient" is, so a doubt stays.

    >>> [one.fields for one in header_meanings(["RECIPIENT_CITY", "RECIPIENT_ZIP", "RECIPIENT_NOTE"])]
    [('city',), ('postal_code',), ()]
    """
    shared = _shared(headers)
    return [_without(header, header_meaning(header), shared) for header in headers]


def _without(header: str, alone: HeaderMeaning, shared: frozenset[str]) -> HeaderMeaning:
    if alone.fields or alone.foreign:
        return alone
    rest = [word for word in header_words(header) if word not in shared]
    while rest and context_words().roles.get(rest[-1]) == "noise":
        rest.pop()  # the article before the shared word
    found = header_meaning(" ".join(rest)) if rest and len(rest) < len(header_words(header)) else alone
    return replace(found, strength=min(found.strength, MatchStrength.PART), doubtful=True) if found.fields else alone


def _shared(headers: Iterable[str]) -> frozenset[str]:
    """Return the words before, or behind, many headers.

    What stands behind may be the thing itself ("Country code", "Pay code"), so a word of known headers is none.
    """
    parts = [said for header in headers if len(said := header_words(header)) > 1]
    before, behind = Counter(said[0] for said in parts), Counter(said[-1] for said in parts)
    found = [word for word, count in before.items() if count >= _MANY]
    found += [word for word, count in behind.items() if count >= _MANY and word not in known_header_words()]
    free = [word for word in found if word not in context_words().roles and not word.isdigit()]
    return frozenset(word for word in free if not _is_one_of_several(word, headers))


def _is_one_of_several(word: str, headers: Iterable[str]) -> bool:
    """Tell whether the same things stand there under another word too: "Service city" beside "Billing city"."""
    own = [
        tuple(other for other in header_words(header) if other != word)
        for header in headers
        if word in header_words(header)
    ]
    others = {said[at:] for header in headers if word not in (said := header_words(header)) for at in (0, 1)}
    return any(rest in others for rest in own if rest)
