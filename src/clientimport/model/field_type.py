"""What a type of cell is: a vectorised test for what is plainly right, and the authority for all the rest.

A type is written for one value and used for a column: `plain` accepts whole arrays of values that are canonical
already, `parse` sees only what is left, once per distinct value. A property test in tests/schema/types holds the two
together: whatever `plain` accepts, `parse` returns unchanged and without a repair or note.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from clientimport.model.finding import Problem


@dataclass(frozen=True, slots=True)
class ParsedValue:
    """A canonical value, and how it came about."""

    value: str | None
    """None when the text means "nothing here" (`n.v.t.`, `-`); then there is a repair too."""
    repair: str | None = None
    """The code of the repair. Set whenever `value` differs from the text, for nothing is changed silently."""
    notes: tuple[Problem, ...] = ()
    """Warnings and infos that do not stop the value."""


class FieldType(Protocol):
    """One kind of content. Implementations are frozen dataclasses; their fields are the schema's parameters."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:
        """Return which values are canonical beyond doubt; null where the value is null.

        `country` is the ISO 3166-1 alpha-2 country of all these rows.
        """
        ...

    def parse(self, text: str, country: str) -> ParsedValue | Problem:
        """Return the canonical value of `text` (not empty), or the problem that stops it."""
        ...
