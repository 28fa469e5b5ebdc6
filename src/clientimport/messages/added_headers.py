"""The headers of the columns that we add to a user's table, so that they are known again when it comes back."""

from __future__ import annotations

from functools import cache

from clientimport.messages.catalog import screen_texts
from clientimport.schema.fields import LANGUAGES

REJECTS = ("rejects.row", "rejects.reason")
DONE = ("done.reason", "done.client_id", "done.state", "done.time")
"""Where the headers are among the words of the screen: those of the rejected rows, and of what was done."""


TO_DO = ("annotated.to_do",)
"""That of the annotated workbook."""
OWN_SHEET = "clientimport"
"""The sheet that we put before a user's own, in every language."""


@cache
def own_headers() -> frozenset[str]:
    """Return the headers, in every language, of columns that are ours and mean no field."""
    return frozenset(screen_texts(language)[key] for language in LANGUAGES for key in (*REJECTS, *DONE, *TO_DO))
