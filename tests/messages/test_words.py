"""The words of the sentences: what each language calls things, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli

import clientimport.messages
from clientimport.messages.french_spacing import with_no_break_spaces
from clientimport.schema.fields import LANGUAGES

FOLDER = Path(clientimport.messages.__file__).parent
OLD_WORDS = {
    "nl": r"uw woord|ja noch nee|herstelling|\bhersteld|\b[Gg]eheim|\b[Oo]ntwerp|[Zz]egel|teruggedraaid|sleutelhanger"
    r"|dichtst erbij|[Kk]olomtitel",
    "fr": r"votre avis|[Cc]ourriel|\bsceau|[Ss]cell|\b[Ss]ecret\b|\bgardez? comme|Le plus proche|titres? de colonne|’",
    "de": r"Ihr Wort|\bKunden?\b|[Gg]eheimnis|[Vv]ersiegel|\bSiegel|Gemerkt|[Bb]erichtig|(?<!E-)\bMails?\b|Spaltentitel"
    r"|Am nächsten kommt|Büro",
    "en": r"your word|\bmend\b|\bgoes on\b|\b[Ss]eal|\b[Ss]ecret\b|\btaken back|[Cc]olumn heading|The closest is|’",
}
"""What the sentences said before, and what they call otherwise now: the table is in GLOSSARY.md."""
ALLOWED = re.compile(r"\{\w+\}|Kunden > Kunden (importieren|hochladen)|secret=…")
"""The menu of a platform is in its own words, and so are placeholders and a parameter of the Python API."""
COMMANDS = "validate|fix|map|merge|plan|push|invite|runs|clients|connections|registers|profiles|init|settings|lookup"
FAMILIAR = {
    "nl": r"\b(je|jij|jouw)\b",
    "fr": r"\b(tu|ton|ta|tes|toi)\b",
    "de": r"\b(du|dein|deine|dir|dich)\b",
    "en": r"(?!)",
}


def sentences(language: str) -> Iterator[tuple[str, str]]:
    """Yield every sentence of a language as it is typed, with its place."""
    for file in sorted((FOLDER / language).glob("*.toml")):
        for key, entry in tomli.loads(file.read_text(encoding="utf-8")).items():
            parts = entry.items() if isinstance(entry, dict) else [("", entry)]
            yield from ((f"{file.stem}: {key} {part}".strip(), text) for part, text in parts)


def placeholder_sets(language: str) -> dict[str, frozenset[str]]:
    """Return the placeholders of each sentence, by its place; a singular may do without its number."""
    gaps = {place: frozenset(re.findall(r"(?<!\{)\{(\w+)\}", text)) for place, text in sentences(language)}
    return {place: names - {"count"} if place.endswith(".one") else names for place, names in gaps.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_a_word_that_was_given_up(language: str) -> None:
    found = {
        place: text for place, text in sentences(language) if re.search(OLD_WORDS[language], ALLOWED.sub("", text))
    }
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_are_addressed_politely(language: str) -> None:
    assert {place: text for place, text in sentences(language) if re.search(FAMILIAR[language], text)} == {}


def test_french_has_a_space_before_each_double_mark_and_inside_its_quotation_marks() -> None:
    wrong = re.compile(r"[^\s(](?=[;?!»])|[^\s](?=:(\s|$))|«(?! )")
    shown = re.compile(r"« mailto: »|#REF!|\(\?\)")
    assert {place: text for place, text in sentences("fr") if wrong.search(shown.sub("", text))} == {}


def test_those_spaces_do_not_end_a_line() -> None:
    assert not any(re.search(r" [:;?!»](\s|$)|« ", with_no_break_spaces(text)) for _, text in sentences("fr"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_quotes_in_its_own_marks(language: str) -> None:
    strange = {"nl": "«»„", "en": "«»„", "fr": "“”„", "de": "«»”"}[language]
    assert {place: text for place, text in sentences(language) if set(text) & set(strange)} == {}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_sentence_is_there_in_every_language_with_the_same_gaps(language: str) -> None:
    english = {place: gaps for place, gaps in placeholder_sets("en").items() if not place.startswith("programs")}
    assert placeholder_sets(language) == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_to_be_pasted_is_two_spaces_from_its_sentence(language: str) -> None:
    near = re.compile(rf"[^ ] clientimport ({COMMANDS})\\b")
    assert {place: text for place, text in sentences(language) if near.search(text)} == {}
