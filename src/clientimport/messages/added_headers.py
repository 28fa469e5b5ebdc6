"""The headers and sheets that the program adds to a user's workbook, which are recognised when the file comes back."""

from __future__ import annotations

from functools import cache

from clientimport.messages.catalog import load_phrases
from clientimport.model.normalize import normalize
from clientimport.schema.fields import LANGUAGES

REJECTED_ROWS_HEADERS = ("rejects.row", "rejects.reason")
RESULTS_HEADERS = ("done.reason", "done.client_id", "done.state", "done.time")
"""The keys of the headers among the phrases: those of the rejected rows, and of the results."""
MARKS_HEADERS = ("annotated.to_do",)
"""The header in the annotated workbook."""
MERGED_HEADERS = ("merge.same", "merge.pair", "merge.lists")
"""The headers on the sheets behind a merged list, so that no command takes one of them for the list."""
SUMMARY_NAME, REPAIRS_NAME = "summary.name", "repairs.name"
"""The keys of the names of the sheets: the one in front of the user's own, and the one behind all others."""
_PROGRAM = "clientimport"
"""The first word of our headers, and the name of the sheet in front up to version 0.1."""


def is_added_header(header: str) -> bool:
    """Return whether a header is one of ours, in any language and of any version: all begin with the program's name.

    >>> is_added_header("clientimport\N{NO-BREAK SPACE}: ligne"), is_added_header("Client import: date")
    (True, False)
    """
    return header.strip().startswith(_PROGRAM)


def is_marks_header(header: str) -> bool:
    """Return whether a header is that of the column with what to do, which stands beside the user's own rows.

    The other headers of ours stand beside copies of them.

    >>> is_marks_header("clientimport\N{NO-BREAK SPACE}: que faire"), is_marks_header("clientimport: rij")
    (True, False)
    """
    return is_added_header(header) and normalize(header) in _marks_headers()


@cache
def _marks_headers() -> frozenset[str]:
    return frozenset(normalize(load_phrases(language)[key]) for language in LANGUAGES for key in MARKS_HEADERS)


@cache
def added_sheets() -> frozenset[str]:
    """Return the names, in every language, of the sheets that are added to a workbook."""
    names = (load_phrases(language)[key] for language in LANGUAGES for key in (SUMMARY_NAME, REPAIRS_NAME))
    return frozenset((_PROGRAM, *names))
