"""Folding: texts that a person would call the same become equal (case, accents, punctuation, spaces)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SEPARATORS = re.compile(r"[^0-9a-z]+")
_SHORT = 40
"""Letters of a word or a name: those come again and again."""


def folded(text: str) -> str:
    """Return `text` in lower-case ASCII letters and digits, with single spaces between words.

    >>> folded("  N° T.V.A. "), folded("Straße"), folded("Gemeente/stad")
    ('n t v a', 'strasse', 'gemeente stad')
    """
    return _remembered(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    if text.isascii():
        return _SEPARATORS.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKD", text.casefold().replace("°", " "))
    return _SEPARATORS.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


_remembered = lru_cache(maxsize=1 << 15)(_folded)
