"""`--strict`: would the platform's own upload take this file as it stands? Then every repair is an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from clientimport.matching.column_mapping import ColumnMapping, ColumnMatch
from clientimport.model.columns import map_distinct
from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Finding, Problem, Severity
from clientimport.model.normalize import normalize
from clientimport.model.platform_schema import Issue, PlatformColumn, PlatformSchema
from clientimport.model.records import Records
from clientimport.model.table import Table
from clientimport.schema.locate import table_finding, to_finding


def apply_strict(
    findings: Iterable[Finding], table: Table, mapping: ColumnMapping, schema: PlatformSchema
) -> list[Finding]:
    """Return the findings with repairs and derivations as errors, and one for each header and word it does not know."""
    words = list(_foreign_words(table, mapping, schema))
    cells = {one.cell for one in words}  # the platform's word says more than that we would have written it
    ours = (one for one in findings if one.severity is not Severity.REPAIR or one.cell not in cells)
    hardened = [replace(one, severity=Severity.ERROR) if _made_by_us(one, schema) else one for one in ours]
    return [*hardened, *_foreign_headers(mapping, schema), *words]


def _made_by_us(finding: Finding, schema: PlatformSchema) -> bool:
    """Tell whether the platform's upload would miss what we have done; an optional field may as well stay empty."""
    if finding.severity is Severity.REPAIR:
        return True
    if not finding.code.startswith(("derived.", "default.")):
        return False
    column = schema.column(finding.field or "")
    alone = column is not None and not any(column.field in group for group in schema.alternatives)
    return not (alone and column and not column.required and finding.severity is Severity.INFO)


def _foreign_words(table: Table, mapping: ColumnMapping, schema: PlatformSchema) -> Iterator[Finding]:
    """Yield each cell of a column with the platform's own words that holds another word for the same."""
    for match in mapping.matches:
        column = schema.column(match.field) if match.field else None
        if column and column.words:
            words = partial(_instead, column, _languages(match, column, mapping.language))
            records = Records(table.rows, {}, {column.field: match.column})
            for at, problem in map_distinct([match.column.values], words).items():
                yield to_finding(records, Issue(at, column.field, problem))


def _instead(column: PlatformColumn, languages: frozenset[str], typed: str | None) -> Problem | None:
    parsed = column.type.parse(typed, "") if typed else None
    meant = column.words.get(parsed.value or "") if isinstance(parsed, ParsedValue) else None
    if meant is None or typed is None or typed.casefold() in {word.casefold() for word in column.takes}:
        return None
    own = sorted({word for language, word in meant.items() if language in languages or len(meant) == 1})
    return None if typed in own else Problem("value.not_the_platforms", {"wanted": " / ".join(own)})


def _languages(match: ColumnMatch, column: PlatformColumn, of_template: str | None) -> frozenset[str]:
    """Return the languages of a column's header: those of the template, else those in which the header is official."""
    title = normalize(match.column.header)
    own = frozenset(language for language, text in column.headers.items() if normalize(text) == title)
    return frozenset({of_template}) if of_template else own or frozenset(column.headers)


def _foreign_headers(mapping: ColumnMapping, schema: PlatformSchema) -> Iterator[Finding]:
    """Yield used columns whose header the upload does not know, where it does not let people match columns."""
    for match in mapping.matches if not schema.matches_headers else ():
        column = schema.column(match.field) if match.field else None
        if column and not _official(match, column):
            problem = Problem("header.not_the_platforms", {"wanted": " / ".join(sorted(set(column.headers.values())))})
            place = {"field": column.field, "column": match.column.letter, "header": match.column.header}
            yield table_finding(problem, **place)


def _official(match: ColumnMatch, column: PlatformColumn) -> bool:
    """Tell whether the header is one of the platform's, with or without the asterisk of a required column."""
    return normalize(match.column.header) in {normalize(text) for text in (*column.headers.values(), *column.also)}
