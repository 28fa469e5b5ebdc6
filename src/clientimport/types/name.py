"""The name of a company or a person, kept as typed on one line."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.finding import Problem
from clientimport.types.interface import Parsed
from clientimport.types.nothing import NOTHING, is_mark
from clientimport.types.text import is_prose, prose


@dataclass(frozen=True, slots=True)
class Name:
    """A name, of which only marks such as `-` say that there is none, for people are called Null and Geen."""

    def plain(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- a name is one anywhere
        """Accept one line of everyday letters."""
        return pc.and_(is_prose(values), pc.match_substring_regex(values, "[A-Za-z]"))

    def parse(self, text: str, country: str) -> Parsed | Problem:  # noqa: ARG002
        """Return the name on one line.

        >>> Name().parse("null", "BE").value, Name().parse("-", "BE").value
        ('null', None)
        """
        parsed = prose(text)
        return NOTHING if is_mark(parsed.value or text) else parsed
