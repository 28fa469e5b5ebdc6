"""Several e-mail addresses in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Problem
from clientimport.schema.types.cleaning import finish_parse
from clientimport.schema.types.email import Email
from clientimport.schema.types.missing_value import MISSING, is_missing

_EMAIL = Email()


@dataclass(frozen=True, slots=True)
class EmailList:
    """Addresses joined by a comma."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:
        """Accept a cell with one everyday address."""
        return _EMAIL.is_canonical(values, country)

    def parse(self, text: str, country: str) -> ParsedValue | Problem:
        """Return all addresses joined by a comma, or the first problem among them.

        >>> EmailList().parse("a@x.be; b@x.be", "BE")
        ParsedValue(value='a@x.be,b@x.be', repair='emails.separators', notes=())
        """
        if is_missing(text):
            return MISSING
        results = [_EMAIL.parse(part, country) for part in _parts(text)]
        problem = next((result for result in results if isinstance(result, Problem)), None)
        if problem:
            return problem
        parsed = [result for result in results if isinstance(result, ParsedValue) and result.value]
        if not parsed:
            return MISSING
        notes = tuple(note for result in parsed for note in result.notes)
        repair = parsed[0].repair if len(results) == 1 else None
        return finish_parse(
            text, ",".join(str(result.value) for result in parsed), repair or "emails.separators", *notes
        )


def _parts(text: str) -> list[str]:
    """Return the addresses as typed; a space or slash ends one only where another has come before it.

    >>> _parts("An <a@x.be>; b@x.be c@x.be / d@x.be"), _parts("a/b@x.be")
    (['An <a@x.be>', 'b@x.be', 'c@x.be', 'd@x.be'], ['a/b@x.be'])
    """
    if text.count("@") == 1:  # a comma or space belongs to the name beside it
        return [text]
    found: list[str] = []
    for piece in re.split(r"[;,|\n\r\t]|:::", text):
        words = re.split(r"[\s/]+", piece.strip())
        whole = "<" in piece or piece.count("@") < 2 or not all("@" in word for word in words)  # noqa: PLR2004 -- a pair
        found.extend([piece.strip()] if whole else words)
    return [part for part in found if part]
