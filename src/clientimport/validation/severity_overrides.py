"""Severity overrides: findings that `--strict`, or a repair that is not wanted, makes errors.

`--strict` asks whether the platform's own upload would take the file as it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from clientimport.errors import UsageError
from clientimport.matching.column_mapping import ColumnMapping, ColumnMatch
from clientimport.model.columns import map_distinct
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Finding, Issue, Severity
from clientimport.model.findings import Noticed
from clientimport.model.normalize import normalize
from clientimport.model.platform_schema import PlatformColumn, PlatformSchema
from clientimport.model.records import Records
from clientimport.model.table import Table
from clientimport.schema.finding_catalog import finding_kinds, new_finding, to_finding

ALL = "all"
"""The name of every kind of repair together, as `--no-repair` takes it."""


def apply_strict(
    findings: Iterable[Noticed], table: Table, mapping: ColumnMapping, schema: PlatformSchema
) -> list[Noticed]:
    """Return the findings with repairs and derivations as errors, and one for each header and word it does not know."""
    words = list(_foreign_words(table, mapping, schema))
    cells = {finding.cell for finding in words}  # the platform's word says more than that we would have written it
    ours = (_without_repairs_of(cells, finding) for finding in findings)
    escalated = [
        item
        for finding in ours
        if finding is not None
        for item in (_errors(finding) if _is_our_change(finding, schema) else (finding,))
    ]
    return [*escalated, *_foreign_headers(mapping, schema), *words]


def _without_repairs_of(cells: Collection[str | None], finding: Noticed) -> Noticed | None:
    if finding.severity is not Severity.REPAIR:
        return finding
    if isinstance(finding, Finding):
        return None if finding.cell in cells else finding
    kept = [index for index, row in enumerate(finding.rows.tolist()) if f"{finding.column}{row}" not in cells]
    return finding if len(kept) == len(finding) else finding.take(np.array(kept, np.int64))


def _is_our_change(finding: Noticed, schema: PlatformSchema) -> bool:
    """Return whether the platform's upload would miss what we have done; an optional field may as well stay empty."""
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
            words = partial(_foreign_word, column, _languages(match, column, mapping.language))
            records = Records(table.rows, {}, {column.field: match.column})
            for position, problem in map_distinct([match.column.values], words).items():
                yield to_finding(records, problem.at(position, column.field))


def _foreign_word(column: PlatformColumn, languages: frozenset[str], typed: str | None) -> Issue | None:
    parsed = column.type.parse(typed, "") if typed else None
    by_language = column.words.get(parsed.value or "") if isinstance(parsed, ParsedValue) else None
    if by_language is None or typed is None or typed.casefold() in {word.casefold() for word in column.takes}:
        return None
    spellings = sorted(
        {word for language, word in by_language.items() if language in languages or len(by_language) == 1}
    )
    return None if typed in spellings else Issue("value.not_the_platforms", {"wanted": " / ".join(spellings)})


def _languages(match: ColumnMatch, column: PlatformColumn, of_template: str | None) -> frozenset[str]:
    """Return the languages of a column's header: those of the template, else those in which the header is official."""
    title = normalize(match.column.header)
    official = frozenset(language for language, text in column.headers.items() if normalize(text) == title)
    return frozenset({of_template}) if of_template else official or frozenset(column.headers)


def _foreign_headers(mapping: ColumnMapping, schema: PlatformSchema) -> Iterator[Finding]:
    """Yield used columns whose header the upload does not know, where it does not let people match columns."""
    for match in mapping.matches if not schema.matches_headers else ():
        column = schema.column(match.field) if match.field else None
        if column and not _is_official(match, column):
            wanted = " / ".join(sorted(set(column.headers.values())))
            yield new_finding("header.not_the_platforms", column=match.column, field=column.field, wanted=wanted)


def _is_official(match: ColumnMatch, column: PlatformColumn) -> bool:
    """Return whether the header is one of the platform's, with or without the asterisk of a required column."""
    return normalize(match.column.header) in {normalize(text) for text in (*column.headers.values(), *column.also)}


def repair_codes(asked: Iterable[str]) -> frozenset[str]:
    """Return the codes of the repairs that `asked` names: a code, what stands before its dot, or `all`.

    Raises UsageError for one that does not exist.

    >>> sorted(repair_codes(["client_type"]))
    ['client_type.word']
    """
    codes = tuple(code for code, kind in finding_kinds().items() if kind.severity is Severity.REPAIR)
    names = dict.fromkeys((ALL, *(code.partition(".")[0] for code in codes), *codes))
    chosen: set[str] = set()
    for name in asked:
        if name not in names:
            raise UsageError("repair.unknown", name=name, meant=did_you_mean(name, names))
        chosen.update(code for code in codes if name in (ALL, code, code.partition(".")[0]))
    return frozenset(chosen)


def reject_repairs(findings: Iterable[Noticed], kinds: Collection[str]) -> list[Noticed]:
    """Return the findings with the repairs of these kinds as errors; they still show what would be right."""
    return [
        item
        for finding in findings
        for item in (_errors(finding) if finding.severity is Severity.REPAIR and finding.code in kinds else (finding,))
    ]


def _errors(finding: Noticed) -> list[Finding]:
    """Return findings as errors, each by itself: columns hold none."""
    singles = (finding,) if isinstance(finding, Finding) else finding
    return [replace(single, severity=Severity.ERROR) for single in singles]
