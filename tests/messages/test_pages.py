"""The words of pages and workbooks for colleagues, who have no command line."""

from __future__ import annotations

import re

import pytest

from clientimport.messages.catalog import (
    FINDING_FILES,
    FindingMessages,
    _load,
    load_phrases,
    message_catalog,
    placeholders,
)
from clientimport.schema.fields import LANGUAGES

PARTS = ("title", "message", "mend", "explain")
OPTION = re.compile(r"(?<!\w)--\w|\{flag\}|clientimport (?:\w+ )?[a-z]+ ")


def shown(language: str) -> dict[str, FindingMessages]:
    return dict(message_catalog(language, for_pages=True).findings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_a_page_has_an_option_in_it(language: str) -> None:
    with_option = {
        (code, part)
        for code, sentences in shown(language).items()
        for part in PARTS
        if OPTION.search(getattr(sentences, part))
    }
    assert with_option == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_asks_for_no_fact_that_the_finding_does_not_have(language: str) -> None:
    terminal = {code: entry for name in FINDING_FILES for code, entry in _load(language, name).items()}
    for code, instead in _load(language, "pages.toml").items():
        for part, sentence in instead.items():
            assert placeholders(sentence) <= placeholders(terminal[code][part]), (code, part)


def test_pages_say_the_same_in_every_language() -> None:
    said = [{code: set(entry) for code, entry in _load(language, "pages.toml").items()} for language in LANGUAGES]
    assert all(entries == said[0] for entries in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reason_on_the_sheets_of_a_merge_has_an_option_in_it(language: str) -> None:
    reasons = {key: text for key, text in load_phrases(language).items() if key.startswith("merge.why.")}
    assert reasons
    assert {key for key, text in reasons.items() if OPTION.search(text)} == set()
