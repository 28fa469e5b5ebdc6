"""The official template: a table whose headers are those of the platform's own file, in any order and language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from clientimport.matching.duplicate_columns import undisputed_claims
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.table import Table
from clientimport.schema.header_key import normalize_header

_MIN_SHARE = 0.6
"""How much of the table, and of the template, must be there: columns may have been added or removed. Chosen, not
measured."""


@dataclass(frozen=True, slots=True)
class TemplateMatch:
    """The columns of a template, by position in the sheet, and the language of its headers."""

    fields: Mapping[int, str]
    language: str


def template_headers(schema: PlatformSchema) -> Mapping[str, str]:
    """Return key -> field for every header the platform's own files have or had."""
    return {
        normalize_header(header): column.field
        for column in schema.columns
        for header in (*column.headers.values(), *column.also)
    }


def recognise_template(table: Table, schema: PlatformSchema) -> TemplateMatch | None:
    """Return what the columns are when the table is the platform's own template."""
    known = template_headers(schema)
    named = [column for column in table.columns if normalize_header(column.header)]
    claims = [
        (column, known[normalize_header(column.header)]) for column in named if normalize_header(column.header) in known
    ]
    fields = {field for _, field in claims}
    if not claims or len(claims) < _MIN_SHARE * len(named) or len(fields) < _MIN_SHARE * len(schema.columns):
        return None
    return TemplateMatch(undisputed_claims(claims), _language(table, schema))


def _language(table: Table, schema: PlatformSchema) -> str:
    """Return the language of most headers; the schema's first language when several have equally many."""
    headers = {normalize_header(column.header) for column in table.columns}
    count = Counter(dict.fromkeys(schema.languages, 0))
    count.update(
        language
        for column in schema.columns
        for language, header in column.headers.items()
        if normalize_header(header) in headers
    )
    return count.most_common(1)[0][0]
