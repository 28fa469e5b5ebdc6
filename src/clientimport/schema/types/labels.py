"""Labels: several words in one cell, by which an office groups its clients."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.types.cleaning import clean_text, finish_parse
from clientimport.schema.types.missing_value import MISSING, is_missing_in_words, may_be_missing
from clientimport.schema.types.text import are_prose


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels joined by a comma without spaces around it."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the same everywhere
        """Accept everyday words with single commas between them."""
        joined = pc.invert(pc.match_substring_regex(values, r"^,|,$|,,|, | ,"))
        return pc.and_not(pc.and_(are_prose(values), joined), may_be_missing(values))

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the labels joined by a comma.

        >>> Labels().parse("PB; zelfstandige", "BE")
        ParsedValue(value='PB,zelfstandige', repair='labels.separators', notes=())
        """
        labels = [label for label in map(clean_text, re.split(r"[,;|\n\r]", text)) if label]
        value = ",".join(labels)
        return MISSING if is_missing_in_words(value) else finish_parse(text, value, "labels.separators")
