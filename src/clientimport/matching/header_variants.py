"""Header variants: a header without what hides a known one: brackets, a second word for it, an attached number."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_ALTERNATIVES = re.compile(r"([^\W\d_]+)\s*/\s*([^\W\d_]+)")
_ATTACHED_NUMBER = re.compile(r"([^\W\d_]{4})(\d{1,2})\b")


def without_brackets(header: str) -> str:
    """Return the header without what stands in brackets.

    >>> without_brackets("Landcode (Alpha-2)")
    'Landcode'
    """
    return _BRACKETS.sub(" ", header).strip()


def with_either_word(header: str) -> tuple[str, ...]:
    """Return the header with one and with the other of two words for one thing; none where it is these two alone.

    >>> with_either_word("Stad/plaats van adres"), with_either_word("BTW/KBO")
    (('Stad van adres', 'plaats van adres'), ())
    """
    pair = _ALTERNATIVES.search(header)
    if pair is None or pair.group() == header.strip():
        return ()
    return tuple(header.replace(pair.group(), word) for word in pair.groups())


def with_number_apart(header: str) -> str:
    """Return the header with a space before a number that is written onto a word.

    >>> with_number_apart("Telefon2"), with_number_apart("N2")
    ('Telefon 2', 'N2')
    """
    return _ATTACHED_NUMBER.sub(r"\1 \2", header)
