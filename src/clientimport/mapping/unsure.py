"""What a person should know about a mapping: columns worked with on a proposal, and columns left alone in doubt."""

from __future__ import annotations

from collections.abc import Iterator

from clientimport.finding import Finding, Severity
from clientimport.mapping.mapping import Mapping, Match
from clientimport.mapping.rivals import is_filled

CANDIDATE = frozenset({"tied", "lost", "values_refute"})
"""The codes of the reasons that name a field the column may have been."""


def unsure(mapping: Mapping) -> tuple[Finding, ...]:
    """Return an info per proposal that is worked with, and per filled column that had candidates and stayed alone."""
    return tuple(_unsure(mapping))


def _unsure(mapping: Mapping) -> Iterator[Finding]:
    for match in mapping.matches:
        if match.field and match.used and not match.certain:
            yield _finding("mapping.proposed", match, match.field)
        elif match.field is None and not match.certain and is_filled(match.column) and (meant := candidates(match)):
            yield _finding("mapping.unsure", match, meant[0])


def candidates(match: Match) -> tuple[str, ...]:
    """Return the fields that a column without one may have been."""
    return tuple(dict.fromkeys(one.facts["field"] for one in match.reasons if one.code in CANDIDATE))


def _finding(code: str, match: Match, field: str) -> Finding:
    column = match.column
    return Finding(
        code, Severity.INFO, column=column.letter, field=field, header=column.header, facts={"letter": column.letter}
    )
