"""A field type: a vectorised test for values that are canonical, and a parser for the others.

A type is written for one value and used for a column: `is_canonical` accepts whole arrays of values that need no
change, `parse` takes the others, once per distinct value. A property test in tests/schema/types holds the two together:
`parse` returns each value that `is_canonical` accepts unchanged, without a repair or note.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from clientimport.model.finding import Issue


@dataclass(frozen=True, slots=True)
class ParsedValue:
    """A canonical value, and how it came about."""

    value: str | None
    """None when the text means "nothing here" (`n.v.t.`, `-`); then there is a repair too."""
    repair: str | None = None
    """The code of the repair. Set whenever `value` differs from the text, for nothing is changed silently."""
    notes: tuple[Issue, ...] = ()
    """Warnings and infos that do not stop the value."""


class FieldType(Protocol):
    """One kind of content. Implementations are frozen dataclasses; their fields are the schema's parameters."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:
        """Return which values are canonical beyond doubt; null where the value is null.

        `country` is the ISO 3166-1 alpha-2 country of all these rows.
        """
        ...

    def parse(self, text: str, country: str) -> ParsedValue | Issue:
        """Return the canonical value of `text` (not empty), or the problem that stops it."""
        ...
