"""`--strict`: would the platform's own upload take this file as it stands? Then every repair is an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from clientimport.finding import Finding, Problem, Severity
from clientimport.folding import folded
from clientimport.locating import table_finding
from clientimport.mapping.mapping import Mapping, Match
from clientimport.schema import Schema, SchemaColumn


def strictly(findings: Iterable[Finding], mapping: Mapping, schema: Schema) -> list[Finding]:
    """Return the findings with repairs and derivations as errors, and one for each header the platform lacks."""
    ours = [replace(one, severity=Severity.ERROR) if _made_by_us(one) else one for one in findings]
    return ours + list(_foreign_headers(mapping, schema))


def _made_by_us(finding: Finding) -> bool:
    return finding.severity is Severity.REPAIR or finding.code.startswith(("derived.", "default."))


def _foreign_headers(mapping: Mapping, schema: Schema) -> Iterator[Finding]:
    """Yield used columns whose header the upload does not know, where it does not let people match columns."""
    for match in mapping.matches if not schema.matches_headers else ():
        column = schema.column(match.field) if match.field else None
        if column and not _official(match, column):
            problem = Problem("header.not_the_platforms", {"wanted": " / ".join(sorted(set(column.headers.values())))})
            place = {"field": column.field, "column": match.column.letter, "header": match.column.header}
            yield table_finding(problem, **place)


def _official(match: Match, column: SchemaColumn) -> bool:
    """Tell whether the header is one of the platform's, with or without the asterisk of a required column."""
    return folded(match.column.header) in {folded(text) for text in (*column.headers.values(), *column.also)}
