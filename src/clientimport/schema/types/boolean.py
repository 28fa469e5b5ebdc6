"""A yes or a no; an empty cell is neither."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from clientimport.model.columns import is_one_of
from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.missing_value import MISSING, is_missing

_YES = "yes ja oui y j o x 1 true waar vrai wahr"
_NO = "no nee neen non nein n 0 false onwaar faux falsch"
_WORDS = {**dict.fromkeys(_YES.split(), "yes"), **dict.fromkeys(_NO.split(), "no")}


@dataclass(frozen=True, slots=True)
class Boolean:
    """`yes` or `no`."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the same everywhere
        """Accept the two words."""
        return is_one_of(values, ("yes", "no"))

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return `yes` or `no` for such a word in our languages; an unknown one is never guessed.

        >>> Boolean().parse("Oui", "BE").value, Boolean().parse("0", "BE").value, Boolean().parse("soon", "BE").code
        ('yes', 'no', 'yes_no.unknown')
        """
        value = "yes" if clean(text) in {"✓", "✔", "☑", "√"} else _WORDS.get(normalize(clean(text)))
        if value:
            return finish_parse(text, value, "yes_no.word")
        return MISSING if is_missing(text) else Issue("yes_no.unknown")
