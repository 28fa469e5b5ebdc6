"""A whole number as files write it where something is counted or named by its place: digits and nothing else."""

from __future__ import annotations

_DIGITS = 10
"""As many as the greatest number of 32 bits has; nothing in a workbook has more places."""


def whole_number(text: str) -> int | None:
    """Return the number that `text` spells; None for a sign, a point, a word, nothing, or more digits than any place.

    >>> whole_number("12"), whole_number(" 3 "), whole_number("-1"), whole_number("1_0"), whole_number("9" * 20)
    (12, 3, None, None, None)
    """
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS else None
