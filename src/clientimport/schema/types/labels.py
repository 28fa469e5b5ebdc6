"""Labels: several words in one cell, by which an office groups its clients."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Problem
from clientimport.schema.types.cleaning import settled, tidy_text
from clientimport.schema.types.missing_value import NOTHING, may_say_nothing, says_nothing
from clientimport.schema.types.text import is_prose


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels joined by a comma without spaces around it."""

    def plain(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the same everywhere
        """Accept everyday words with single commas between them."""
        joined = pc.invert(pc.match_substring_regex(values, r"^,|,$|,,|, | ,"))
        return pc.and_not(pc.and_(is_prose(values), joined), may_say_nothing(values))

    def parse(self, text: str, country: str) -> ParsedValue | Problem:  # noqa: ARG002
        """Return the labels joined by a comma.

        >>> Labels().parse("PB; zelfstandige", "BE")
        ParsedValue(value='PB,zelfstandige', repair='labels.separators', notes=())
        """
        labels = [label for label in map(tidy_text, re.split(r"[,;|\n\r]", text)) if label]
        value = ",".join(labels)
        return NOTHING if says_nothing(value) else settled(text, value, "labels.separators")
