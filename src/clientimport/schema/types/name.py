"""The name of a company or a person, kept as typed on one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.types.common_spelling import SPACES
from clientimport.schema.types.missing_value import MISSING, is_missing_name, may_be_missing
from clientimport.schema.types.text import are_prose, parse_prose


@dataclass(frozen=True, slots=True)
class Name:
    """A name, of which `-`, `onbekend` and the like say that there is none; but somebody is called Null."""

    common_spellings: ClassVar = (SPACES,)

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- a name is one anywhere
        """Accept one line of everyday letters."""
        words = pc.and_(are_prose(values), pc.match_substring_regex(values, "[A-Za-z]"))
        return pc.and_not(words, may_be_missing(values))

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the name on one line.

        >>> [Name().parse(typed, "BE").value for typed in ("null", "onbekend", "Onbekend BV")]
        ['null', None, 'Onbekend BV']
        """
        parsed = parse_prose(text)
        return MISSING if is_missing_name(parsed.value or text) else parsed
