"""The headers of the columns that we add to a user's table, so that they are known again when it comes back."""

from __future__ import annotations

from functools import cache

from clientimport.texts.words import words
from clientimport.vocabulary import LANGUAGES

KEYS = ("rejects.row", "rejects.reason")
"""Where the headers are among the words of the screen."""


@cache
def own_headers() -> frozenset[str]:
    """Return the headers, in every language, of columns that are ours and mean no field."""
    return frozenset(words(language).say(key) for language in LANGUAGES for key in KEYS)
