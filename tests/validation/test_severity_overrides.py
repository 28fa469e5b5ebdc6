"""`--strict`: would the platform's own upload take this file as it stands?"""

from __future__ import annotations

import pytest

from clientimport.matching.matcher import match_columns
from clientimport.schema.loader import load_schema
from clientimport.validation.validate import validate
from tables import Cells, table


def errors(platform: str, headers: str, **cells: str) -> list[tuple[str, str | None]]:
    """Return the errors of one row under the platform's own headers, beside the examples of its other columns."""
    schema = load_schema(platform)
    values = {one.field: one.word(one.example, headers) or None for one in schema.columns}
    row: dict[str, str | None] = {**values, **{field: text or None for field, text in cells.items()}}
    columns: dict[str, Cells] = {one.header(headers): [row[one.field]] for one in schema.columns}
    read = table(columns)
    findings = validate(read, match_columns(read, schema, {}, None), schema, strict=True).report.findings
    return [(one.code, one.field) for one in findings if one.severity == "error"]


@pytest.mark.parametrize(("language", "word"), [("nl", "Ja"), ("fr", "Oui"), ("en", "Yes"), ("de", "Nein")])
def test_the_platforms_word_in_the_language_of_the_headers_passes(language: str, word: str) -> None:
    assert errors("banqup-partner", language, mandate=word) == []


@pytest.mark.parametrize(
    ("language", "word"), [("nl", "yes"), ("nl", "Oui"), ("fr", "Ja"), ("de", "no"), ("en", "yes")]
)
def test_another_word_for_the_same_does_not(language: str, word: str) -> None:
    assert errors("banqup-partner", language, mandate=word) == [("value.not_the_platforms", "mandate")]


@pytest.mark.parametrize("word", ["nl", "NL", "Nederlands"])
def test_accounton_takes_its_english_words_alone(word: str) -> None:
    assert errors("accounton", "nl", language=word) == [("value.not_the_platforms", "language")]
    assert errors("accounton", "nl", language="dutch") == []


def test_an_optional_field_that_we_would_derive_may_as_well_stay_empty() -> None:
    assert errors("banqup-partner", "nl", company_number="") == []


def test_a_required_field_that_we_would_derive_is_an_error() -> None:
    codes = errors("banqup-console-be", "en", contact_language="")
    assert ("derived.contact_language", "contact_language") in codes
