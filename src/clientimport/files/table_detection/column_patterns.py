"""What stands in a column, before anybody asks what it means: enough to tell a value that has come from another one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

_CODE = re.compile(r"[A-Za-z]{1,3}(?:[-_][A-Za-z]{2,3})?")
_NUMBER = re.compile(r"[A-Za-z]{0,3}[ .-]?\d[\d .,/()+-]*|\+\d[\d .,/()-]*|[A-Z]{2}\d{2}[A-Z0-9 ]+")
"""Also with letters of a country in front, and an IBAN."""
_MANY = 20
"""Rows after which one blank cell in a column that is always filled says something (chosen, not measured)."""
_SEEN, _ALIKE, _UNLIKE, _SPACED = 0, 1, 3, 2
"""How badly a value fits: it stands there, one of its shape does, none does; alone it begins with a space."""


@dataclass(frozen=True, slots=True)
class ColumnPattern:
    """The values of a column in some rows that are right."""

    values: frozenset[str]
    shapes: frozenset[str]
    rows: int

    @classmethod
    def from_values(cls, values: Sequence[str]) -> Self:
        """Return what these values are; blank ones are empty.

        >>> sorted(ColumnPattern.from_values(["Gent", "", "9000"]).shapes)
        ['number', 'words']
        """
        filled = {value for value in values if value}
        return cls(frozenset(values), frozenset(map(_shape, filled)), len(values))

    def misfit(self, value: str) -> int:
        """Return how little a value looks like those of this column.

        >>> postal_codes = ColumnPattern.from_values(["9000", "1000"])
        >>> postal_codes.misfit("9000"), postal_codes.misfit("2000"), postal_codes.misfit("Gent")
        (0, 1, 3)
        """
        if value in self.values:
            return _SEEN
        if not value:
            return _ALIKE if self.rows < _MANY else 2 * _ALIKE
        unlike = bool(self.shapes) and _shape(value) not in self.shapes
        spaced = value.startswith(" ") and not any(other.startswith(" ") for other in self.values)
        return (_UNLIKE if unlike else _ALIKE) + (_SPACED if spaced else 0)


def _shape(text: str) -> str:
    """Return what a value looks like.

    >>> [_shape(text) for text in ("an@peeters.be", "0419.618.535", "nl-BE", "Kerkstraat 1", "Gent")]
    ['address', 'number', 'code', 'words and digits', 'words']
    """
    text = text.strip()
    if "@" in text and " " not in text:
        return "address"
    if _NUMBER.fullmatch(text):
        return "number"
    if _CODE.fullmatch(text):
        return "code"
    return "words and digits" if any(character.isdigit() for character in text) else "words"
