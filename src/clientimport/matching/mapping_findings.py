"""Findings about a mapping: columns used on a proposal, columns left out in doubt, columns that are not sent at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clientimport.matching.column_mapping import ColumnMapping, ColumnMatch
from clientimport.matching.column_overrides import override_name
from clientimport.matching.duplicate_columns import is_filled
from clientimport.model.finding import Finding, Issue
from clientimport.model.table import Column
from clientimport.schema.finding_catalog import new_finding

CANDIDATE = frozenset({"tied", "lost", "values_refute"})
"""The codes of the reasons that name a field the column may have been."""


def mapping_findings(mapping: ColumnMapping) -> tuple[Finding, ...]:
    """Return an info per proposal that is used, and per filled column that had candidates and got no field.

    One more finding names all filled columns that the platform does not get.
    """
    return (*_proposal_findings(mapping), *_unused_columns_finding(mapping))


def _proposal_findings(mapping: ColumnMapping) -> Iterator[Finding]:
    proposals = {match.column.index for match in mapping.proposals}
    columns = [match.column for match in mapping.matches]
    for match in mapping.matches:
        if match.column.index in proposals:
            code = "mapping.contradicted" if _is_contradicted(match) else "mapping.proposed"
            yield _finding(code, match, match.field or "", columns)
        elif (
            match.field is None
            and not match.certain
            and is_filled(match.column)
            and (fields := candidate_fields(match))
        ):
            yield _finding("mapping.unsure", match, fields[0], columns)


def _unused_columns_finding(mapping: ColumnMapping) -> Iterator[Finding]:
    if mapping.unused:
        yield new_finding("mapping.unused", columns=quoted_headers(mapping.unused), count=len(mapping.unused))


def quoted_headers(matches: Iterable[ColumnMatch]) -> str:
    """Return the columns by letter and header."""
    headers = ((match.column.letter, match.column.header) for match in matches)
    return ", ".join(f"{letter} ({header})" if header else letter for letter, header in headers)


def candidate_fields(match: ColumnMatch) -> tuple[str, ...]:
    """Return the fields that a column without one may have been."""
    return tuple(dict.fromkeys(reason.facts["field"] for reason in match.reasons if reason.code in CANDIDATE))


def equal_columns(match: ColumnMatch) -> tuple[str, ...]:
    """Return the fields that a column without one was not given only because another column is as likely."""
    tied = (reason.facts["field"] for reason in match.reasons if reason.code == "tied")
    return tuple(dict.fromkeys(tied)) if match.field is None else ()


def _is_contradicted(match: ColumnMatch) -> bool:
    """Return whether the values contradict what a saved profile says the column is."""
    return {"profile", "values_refute"} <= {reason.code for reason in match.reasons}


def _finding(code: str, match: ColumnMatch, field: str, columns: Iterable[Column]) -> Finding:
    profile = next((reason.facts for reason in match.reasons if reason.code == "profile"), {})
    issue = Issue(code, {"letter": match.column.letter, "addressed": override_name(match.column, columns), **profile})
    return new_finding(issue, column=match.column, field=field)
