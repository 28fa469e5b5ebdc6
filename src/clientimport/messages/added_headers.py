"""The headers of the columns that we add to a user's table, so that they are known again when it comes back."""

from __future__ import annotations

from functools import cache

from clientimport.messages.catalog import load_phrases
from clientimport.schema.fields import LANGUAGES

REJECTED_ROWS_HEADERS = ("rejects.row", "rejects.reason")
RESULTS_HEADERS = ("done.reason", "done.client_id", "done.state", "done.time")
"""Where the headers are among the words of the screen: those of the rejected rows, and of what was done."""


MARKS_HEADERS = ("annotated.to_do",)
"""That of the annotated workbook."""
SUMMARY_SHEET = "clientimport"
"""The sheet that we put before a user's own, in every language."""


@cache
def added_headers() -> frozenset[str]:
    """Return the headers, in every language, of columns that are ours and mean no field."""
    return frozenset(
        load_phrases(language)[key]
        for language in LANGUAGES
        for key in (*REJECTED_ROWS_HEADERS, *RESULTS_HEADERS, *MARKS_HEADERS)
    )
