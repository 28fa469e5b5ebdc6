"""A column that must stay empty."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.types.missing_value import MISSING, is_missing_mark


@dataclass(frozen=True, slots=True)
class MustBeEmpty:
    """Nothing at all."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the same everywhere
        """Accept no value."""
        return pc.not_equal(values, values)

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return nothing for a mark such as `-`; anything else is a problem.

        >>> MustBeEmpty().parse("x", "BE").code
        'empty.filled'
        """
        return MISSING if is_missing_mark(text) else Issue("empty.filled")
