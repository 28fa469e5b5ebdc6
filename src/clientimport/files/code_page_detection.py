"""Another code page: bytes that Windows-1252 can show and that were written by DOS, an old Mac or in ISO-8859-15.

A guess from frequencies fails on lists of names, so two things have to meet: a word that is not written so, and one
code page in which all such words are words of everyday letters, and which leaves fewer that are none than Windows-1252
does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from clientimport.schema.types.implausible_words import (
    IMPLAUSIBLE_CHARACTERS,
    OTHER_CODE_PAGES,
    accented_words,
    frequent_accents,
    has_implausible_words,
    is_everyday,
)

NOT_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Windows-1252 has no letters there: https://encoding.spec.whatwg.org/#windows-1252."""
_WINDOWS = "cp1252"
_LETTERS = [bytes([code]).decode(_WINDOWS, "replace") for code in range(256)]
_CAPITALS = np.array([letter.isupper() and not letter.isascii() for letter in _LETTERS])
_SMALL = np.array([letter.islower() for letter in _LETTERS])
"""By byte."""
_NO_MARKS = bytes(code for code, letter in enumerate(_LETTERS) if letter not in IMPLAUSIBLE_CHARACTERS)
_IN_WINDOWS = bytes(code for code in range(256) if not NOT_WINDOWS.match(bytes([code])))
"""Removed from a text at once, they show whether anything else stands in it."""


@dataclass(frozen=True, slots=True)
class CodePageGuess:
    """How a file may be meant."""

    encoding: str
    word: str
    """As Windows-1252 shows it."""
    corrected: str
    """The same word in the other encoding."""


def better_code_page(data: bytes) -> CodePageGuess | None:
    """Return the code page in which these bytes read better than in Windows-1252, None when they do not.

    >>> better_code_page("Naam;Café De Kroon".encode("cp850"))
    CodePageGuess(encoding='cp850', word='Caf‚', corrected='Café')
    >>> better_code_page("Naam;Müller".encode("mac_roman")).corrected
    'Müller'
    >>> better_code_page("D’Hondt;Œuvre;Žižka;“De Kroon”;Peeters–Maes".encode("cp1252"))
    """
    beyond = bool(data.translate(None, _IN_WINDOWS))
    if not beyond and not (_may_contain_odd_words(data) and has_implausible_words(data.decode(_WINDOWS))):
        return None
    words = sorted(word.encode("latin-1") for word in accented_words(data.decode("latin-1")))
    odd = [word for word in words if _is_odd(word)]
    judged = {encoding: sum(not _is_everyday(word, encoding) for word in words) for encoding in OTHER_CODE_PAGES}
    fitting = [encoding for encoding in OTHER_CODE_PAGES if all(_is_everyday(word, encoding) for word in odd)]
    best = min(fitting or OTHER_CODE_PAGES, key=lambda encoding: (judged[encoding], -_frequent(words, encoding)))
    if not beyond and (best not in fitting or judged[best] >= len(odd)):
        return None
    shown = next((word for word in odd if _is_everyday(word, best)), (odd or words)[0])
    return CodePageGuess(best, shown.decode(_WINDOWS, "replace"), shown.decode(best))


def _may_contain_odd_words(data: bytes) -> bool:
    """Return whether a mark or a capital behind a small letter stands in `data`, in one pass over all bytes."""
    codes = np.frombuffer(data, np.uint8)
    capitals = np.flatnonzero(_CAPITALS[codes[1:]])
    return bool(data.translate(None, _NO_MARKS)) or bool(_SMALL[codes[capitals]].any())


def _is_odd(word: bytes) -> bool:
    return NOT_WINDOWS.search(word) is not None or has_implausible_words(word.decode(_WINDOWS, "replace"))


def _frequent(words: list[bytes], encoding: str) -> int:
    return sum(frequent_accents(word.decode(encoding)) for word in words)


def _is_everyday(word: bytes, encoding: str) -> bool:
    return is_everyday(word.decode(encoding))
