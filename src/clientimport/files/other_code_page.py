"""Another code page: bytes that Windows-1252 can show and that were written by DOS, an old Mac or in ISO-8859-15.

A guess from frequencies fails on lists of names, so two things have to meet: a word that nobody writes so, and one code
page in which all such words are words of everyday letters, and which leaves fewer that are none than Windows-1252 does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from clientimport.types.odd_words import OTHER_CODE_PAGES, WORD, frequent_accents, holds_odd_words, is_everyday

NOT_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Windows-1252 has no letters there: https://encoding.spec.whatwg.org/#windows-1252."""
_WINDOWS = "cp1252"


@dataclass(frozen=True, slots=True)
class OtherReading:
    """How a file may be meant."""

    encoding: str
    word: str
    """As Windows-1252 shows it."""
    meant: str
    """The same word in the other encoding."""


def other_reading(data: bytes) -> OtherReading | None:
    """Return the code page in which these bytes read better than in Windows-1252, None when they do not.

    >>> other_reading("Naam;Café De Kroon".encode("cp850"))
    OtherReading(encoding='cp850', word='Caf‚', meant='Café')
    >>> other_reading("Naam;Müller".encode("mac_roman")).meant
    'Müller'
    >>> other_reading("D’Hondt;Œuvre;Žižka;“De Kroon”;Peeters–Maes".encode("cp1252"))
    """
    beyond = NOT_WINDOWS.search(data) is not None
    text = data.decode(_WINDOWS, "replace")
    if not beyond and not holds_odd_words(text):
        return None
    words = sorted({found.encode("latin-1") for found in WORD.findall(data.decode("latin-1"))})
    odd = [word for word in words if _is_odd(word)]
    judged = {encoding: sum(not _is_everyday(word, encoding) for word in words) for encoding in OTHER_CODE_PAGES}
    fitting = [encoding for encoding in OTHER_CODE_PAGES if all(_is_everyday(word, encoding) for word in odd)]
    best = min(fitting or OTHER_CODE_PAGES, key=lambda encoding: (judged[encoding], -_frequent(words, encoding)))
    if not beyond and (best not in fitting or judged[best] >= len(odd)):
        return None
    shown = next((word for word in odd if _is_everyday(word, best)), (odd or words)[0])
    return OtherReading(best, shown.decode(_WINDOWS, "replace"), shown.decode(best))


def _is_odd(word: bytes) -> bool:
    return NOT_WINDOWS.search(word) is not None or holds_odd_words(word.decode(_WINDOWS, "replace"))


def _frequent(words: list[bytes], encoding: str) -> int:
    return sum(frequent_accents(word.decode(encoding)) for word in words)


def _is_everyday(word: bytes, encoding: str) -> bool:
    return is_everyday(word.decode(encoding))
