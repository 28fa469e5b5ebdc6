"""Folding: texts that a person would call the same become equal (case, accents, punctuation, spaces)."""

from __future__ import annotations

import re
import unicodedata

_SEPARATORS = re.compile(r"[^0-9a-z]+")


def folded(text: str) -> str:
    """Return `text` in lower-case ASCII letters and digits, with single spaces between words.

    >>> folded("  N° T.V.A. "), folded("Straße"), folded("Gemeente/stad")
    ('n t v a', 'strasse', 'gemeente stad')
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("°", " "))
    return _SEPARATORS.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()
