"""Spellings of one value in which a person sees no difference: `NL` and `nl`, `ja` and `Ja`, `85.07.30-033.28`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clientimport.model.normalize import normalize

CAPITALS = frozenset({"country.casing", "language.casing", "literal.spelling", "locale.spelling"})
"""Repairs of codes, of which capitals are no part."""
WORDS = frozenset({"yes_no.word", "language.name"})
"""Repairs of words that may be those of the platform's own file."""
SEPARATORS = frozenset({"national_register_number.separators"})
"""Repairs of a number that is always shown with a mask, and so as it was typed."""
NO_REPAIRS = CAPITALS | WORDS | SEPARATORS
_BETWEEN_DIGITS = re.compile(r"[\s.\-/]")


def is_same_spelling(code: str, typed: str, value: str, words: Iterable[str]) -> bool:
    """Return whether `value` is what was typed but for its spelling; `words` are the platform's own for it.

    >>> is_same_spelling("language.casing", "NL", "nl", ()), is_same_spelling("language.name", "Frans", "fr", ())
    (True, False)
    >>> is_same_spelling("yes_no.word", "ja", "yes", ["Ja"]), is_same_spelling("yes_no.word", "x", "yes", ["Ja"])
    (True, False)
    >>> is_same_spelling("national_register_number.separators", "85.07.30-033.28", "85073003328", ())
    True
    """
    if code in CAPITALS:
        return typed.strip().casefold() == value.casefold()
    if code in WORDS:
        return normalize(typed) in map(normalize, words)
    return code in SEPARATORS and _BETWEEN_DIGITS.sub("", typed) == value
