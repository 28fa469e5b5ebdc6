"""Free text where a number is expected, such as `in aanvraag` or `en cours`."""

from __future__ import annotations

import re

from clientimport.model.normalize import normalize

_DIGIT = re.compile("[0-9]")
_LONG_NUMBER = re.compile(r"(?:[0-9][ ./\-]?){8}")
"""As long as Luxembourg's, the shortest of our neighbourhood."""
_DATE = re.compile(r"\b[0-9]{1,2}[./\- ][0-9]{1,2}[./\- ][0-9]{2,4}\b|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_WORD = re.compile("[A-Za-z]{3}")  # spares most numbers the folding
_STILL_TO_COME = re.compile(
    r"(?:(?:nog |wordt |is |momenteel )*(?:in aanvraag|in oprichting|aangevraagd|aan te vragen|te bekomen|volgt)"
    r"|(?:est |encore )*(?:en (?:cours|attente|constitution|creation|formation)|demandee?|a demander|suivra|suit)"
    r"|(?:wird |noch |ist |in )*(?:beantragt|beantragung|grundung|folgt)"
    r"|pending|requested|applied for|to follow|in progress)\b.*"
)


def is_free_text(tidied: str) -> bool:
    """Return whether a tidy text holds no digit, or says that the number is still to come.

    >>> is_free_text("particulier"), is_free_text("aangevraagd op 3/2/2026"), is_free_text("BE 0403.019")
    (True, True, False)
    >>> is_free_text("en cours : 0403.019.261")
    False
    """
    return not _DIGIT.search(tidied) or (
        has_only_words(tidied) and _STILL_TO_COME.fullmatch(normalize(tidied)) is not None
    )


def has_only_words(tidied: str) -> bool:
    """Return whether a text has a word, and no number long enough to be what the column is for.

    >>> has_only_words("vrijgesteld art. 44"), has_only_words("vrijgesteld BE 0403.019.261")
    (True, False)
    """
    return _WORD.search(tidied) is not None and not _LONG_NUMBER.search(_DATE.sub("", tidied))
