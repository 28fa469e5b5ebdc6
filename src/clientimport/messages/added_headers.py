"""The headers of the columns that the program adds to a user's table, which are recognised when the file comes back."""

from __future__ import annotations

import re

REJECTED_ROWS_HEADERS = ("rejects.row", "rejects.reason")
RESULTS_HEADERS = ("done.reason", "done.client_id", "done.state", "done.time")
"""The keys of the headers among the phrases: those of the rejected rows, and of the results."""
MARKS_HEADERS = ("annotated.to_do",)
"""The header in the annotated workbook."""
MERGED_HEADERS = ("merge.same", "merge.pair", "merge.lists")
"""The headers on the sheets behind a merged list, so that no command takes one of them for the list."""
SUMMARY_SHEET = "clientimport"
"""The sheet that is put before the user's own, in every language."""

_ADDED = re.compile(r"\s*clientimport\s*:", re.IGNORECASE)


def is_added_header(header: str) -> bool:
    """Return whether a header is that of a column the program adds: all begin with its name, in every language.

    So files of earlier versions are recognised too, whose headers went on in other words.

    >>> is_added_header("clientimport\N{NO-BREAK SPACE}: ligne"), is_added_header("clientimport: wat te doen")
    (True, True)
    >>> is_added_header("Client import: date"), is_added_header("")
    (False, False)
    """
    return _ADDED.match(header) is not None
