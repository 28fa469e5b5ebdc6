"""The code of a bank (BIC, SWIFT): four letters, its country, two characters, and three more for a branch.

Source: ISO 9362, https://www.swift.com/standards/data-standards/bic-business-identifier-code
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.reference.countries import ISO_COUNTRIES
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.free_text import is_free_text
from clientimport.schema.types.missing_value import MISSING, is_missing

_NEIGHBOURS = r"^[A-Z]{4}(?:BE|LU|NL|FR|DE)[A-Z0-9]{2}(?:[A-Z0-9]{3})?$"
_BIC = re.compile(r"[A-Z]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_LABEL = re.compile(r"^(?:BIC|SWIFT)[\s:/]+", re.IGNORECASE)
_GROUP_ENDS = {4, 6, 8}
_COUNTRIES = ISO_COUNTRIES | {"XK"}  # Kosovo's banks


@dataclass(frozen=True, slots=True)
class Bic:
    """Eight or eleven capitals and digits."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the same everywhere
        """Accept codes of Belgium and its neighbours."""
        return pc.match_substring_regex(values, _NEIGHBOURS)

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the code in capitals without spaces.

        >>> Bic().parse("gkcc be bb", "BE")
        ParsedValue(value='GKCCBEBB', repair='bic.spaces', notes=())
        """
        if is_missing(text):
            return MISSING
        typed = _LABEL.sub("", clean(text))
        compact = re.sub(r"[^0-9A-Z]", "", typed.upper())
        if is_bic(compact):
            return Issue("bic.words") if _is_words(typed, compact) else finish_parse(text, compact, "bic.spaces")
        if is_free_text(typed) and not (typed.isupper() and compact[4:6] in _COUNTRIES):  # a damaged BIC is no word
            return Issue("bic.words")
        return Issue("bic.form", {"characters": str(len(compact))})


def _is_words(typed: str, compact: str) -> bool:
    """Return whether the letters of a BIC are words that only look like one: `volgt nog` is no bank in Tunisia.

    A BIC is written in groups of four, two, two and three; a blank elsewhere is damage only in a code in capitals of
    Belgium or a neighbour.
    """
    ends = {len(re.sub(r"[^0-9A-Za-z]", "", typed[: blank.start()])) for blank in re.finditer(r"\s+", typed)}
    grouped = ends <= _GROUP_ENDS or len(ends) == len(compact) - 1
    return not grouped and not (typed.isupper() and re.match(_NEIGHBOURS, compact) is not None)


def is_bic(text: str) -> bool:
    """Return whether `text` has the form of a BIC and the letters of a country.

    >>> is_bic("GKCCBEBB"), is_bic("BEGINNER")
    (True, False)
    """
    match = _BIC.fullmatch(text)
    return match is not None and match[1] in _COUNTRIES
