"""Common words: a word that many headers of a table share only says whose data the table holds.

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
"""Headers that share a word, at least (chosen, not measured)."""


def header_meanings(headers: Sequence[str]) -> list[HeaderMeaning]:
    """Return what each header means; one without a meaning is read again without the word that it shares with others.

    Such a meaning is doubtful, for the shared word ("recipient") is unknown.

    >>> [one.fields for one in header_meanings(["RECIPIENT_CITY", "RECIPIENT_ZIP", "RECIPIENT_NOTE"])]
    [('city',), ('postal_code',), ()]
    """
    shared = _shared_words(headers)
    return [_meaning_without(header, header_meaning(header), shared) for header in headers]


def _meaning_without(header: str, alone: HeaderMeaning, shared: frozenset[str]) -> HeaderMeaning:
    if alone.fields or alone.foreign:
        return alone
    rest = [word for word in header_words(header) if word not in shared]
    while rest and context_words().roles.get(rest[-1]) == "noise":
        rest.pop()  # the article before the shared word
    meaning = header_meaning(" ".join(rest)) if rest and len(rest) < len(header_words(header)) else alone
    return (
        replace(meaning, strength=min(meaning.strength, MatchStrength.PART), doubtful=True) if meaning.fields else alone
    )


def _shared_words(headers: Iterable[str]) -> frozenset[str]:
    """Return the words that many headers begin with, or end with.

    A word of known headers at the end is not one of them: it may be the thing itself ("Country code", "Pay code").
    """
    parts = [words for header in headers if len(words := header_words(header)) > 1]
    before, behind = Counter(words[0] for words in parts), Counter(words[-1] for words in parts)
    shared = [word for word, count in before.items() if count >= _MANY]
    shared += [word for word, count in behind.items() if count >= _MANY and word not in known_header_words()]
    free = [word for word in shared if word not in context_words().roles and not word.isdigit()]
    return frozenset(word for word in free if not _is_one_of_several(word, headers))


def _is_one_of_several(word: str, headers: Iterable[str]) -> bool:
    """Return whether the same headers occur with another word too: "Service city" beside "Billing city"."""
    with_word = [
        tuple(other for other in header_words(header) if other != word)
        for header in headers
        if word in header_words(header)
    ]
    others = [words for header in headers if word not in (words := header_words(header))]
    without_word = {words[start:] for words in others for start in (0, 1)}
    return any(rest in without_word for rest in with_word if rest)
