"""Text: streets, towns and other prose, kept as typed on one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.types.cleaning import clean_text, finish_parse
from clientimport.schema.types.common_spelling import SPACES
from clientimport.schema.types.implausible_words import text_in_likely_code_page
from clientimport.schema.types.missing_value import MISSING, is_missing_in_words, may_be_missing
from clientimport.schema.types.mojibake import repair_mojibake

# The letters of our languages, without those that a wrong code page leaves (Ã, Â).
_WORD = r"[0-9A-Za-z&'(),./+#@:!?\-ÀÁÄÇÈÉÊËÏÎÔÖÜÙÛàáäåçèéêëíîïñóôöùúûüßœ°]+"


@dataclass(frozen=True, slots=True)
class Text:
    """Prose, of which `n.v.t.` and the like say that there is none."""

    common_spellings: ClassVar = (SPACES,)

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- text is text anywhere
        """Accept one line of everyday letters."""
        return pc.and_not(are_prose(values), may_be_missing(values))

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the text on one line.

        >>> Text().parse("Kerkstraat  1", "BE")
        ParsedValue(value='Kerkstraat 1', repair='text.spaces', notes=())
        >>> Text().parse("LiÃ¨ge", "BE")
        ParsedValue(value='Liège', repair='text.mojibake', notes=())
        """
        parsed = parse_prose(text)
        return MISSING if is_missing_in_words(parsed.value or text) else parsed


def are_prose(values: pa.StringArray) -> pa.BooleanArray:
    """Return which values are one tidy line of everyday letters and marks."""
    return pc.match_substring_regex(values, rf"^{_WORD}(?: {_WORD})*$")


def parse_prose(text: str) -> ParsedValue:
    """Return `text` on one line, with letters from a wrong code page set right where that is certain."""
    value = clean_text(repair_mojibake(text))  # before tidying, for half of an à may look like a space
    while (better := clean_text(repair_mojibake(value))) != value:
        value = better
    corrected = text_in_likely_code_page(value)
    notes = (Issue("text.odd_word", suggestion=corrected),) if corrected else ()
    return finish_parse(text, value, "text.mojibake", *notes)
