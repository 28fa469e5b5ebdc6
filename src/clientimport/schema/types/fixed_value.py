"""A column that may hold one word only."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.missing_value import MISSING, is_missing


@dataclass(frozen=True, slots=True)
class FixedValue:
    """The word `value`, for which `also` may stand."""

    value: str
    also: tuple[str, ...] = ()

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the same everywhere
        """Accept the word itself."""
        return pc.equal(values, pa.scalar(self.value))

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the word, or the problem that another one stands there.

        >>> FixedValue("person").parse("Person", "BE").repair
        'literal.spelling'
        """
        if text != self.value and is_missing(text):
            return MISSING
        if normalize(clean(text)) in {normalize(word) for word in (self.value, *self.also)}:
            return finish_parse(text, self.value, "literal.spelling")
        return Issue("literal.other", {"expected": self.value}, self.value)
