"""The reason that `map` gives for a column is true of it, and there are words for every reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import clientimport.matching
from clientimport.messages.catalog import message_catalog
from mapping_sheet import Sheet, matched

COMPANIES = ["Bakkerij Peeters BV", "Garage Claes NV", "De Smet & Zonen BV"]
FIRST, LAST = ["Jan", "Sophie", "Pieter"], ["Peeters", "Van den Broeck", "Claes"]
FULL = ["Jan Peeters", "Sophie Van den Broeck", "Claes Pieter"]
STREETS, CODES, PLACES = ["Kerkstraat", "Markt", "Dorp"], ["9000", "8000", "3000"], ["Gent", "Brugge", "Leuven"]
NUMBERS, OTHER = ["5", "12", "7"], ["rood", "geel", "groen"]

CASES: dict[str, tuple[Sheet, str, int]] = {
    "demanded_beside": ([("Postcode", CODES), ("Xyz", PLACES)], "banqup-console-be", 1),
    "demanded_called": ([("Taal facturatie", ["F", "F", "F"])], "banqup-console-be", 0),
    "demanded_names": ([("Firma", COMPANIES), ("Xyz", FULL)], "banqup-console-be", 1),
    "demanded_person": ([("Firma", COMPANIES), ("Voornaam xyz", FIRST), ("Naam xyz", LAST)], "banqup-partner", 2),
    "demanded": ([("Xyz", COMPANIES)], "banqup-console-be", 0),
    "one_word": ([("Firma", COMPANIES), ("Contact", FIRST)], "banqup-partner", 1),
    "same_names": ([("Firma", FULL), ("Contactpersoon", FULL)], "banqup-partner", 1),
    "beside": ([("Voornaam", FIRST), ("Kleur", OTHER), ("Firma", COMPANIES), ("Naam", LAST)], "banqup-partner", 3),
    "next_to": ([("Nummer", NUMBERS), ("Postcode", CODES)], "accounton", 0),
    "statuses": ([("Labels", ["Prospect", "Klant", "Prospect"])], "banqup-partner", 0),
}


@pytest.mark.parametrize("code", CASES)
def test_the_reason_is_that_of_the_evidence(code: str) -> None:
    sheet, platform, at = CASES[code]
    assert code in [reason.code for reason in matched(sheet, platform).matches[at].reasons]


def test_a_header_of_one_meaning_is_not_said_to_have_more() -> None:
    for code in ("one_word", "same_names", "statuses"):
        sheet, platform, at = CASES[code]
        assert "homonym" not in [reason.code for reason in matched(sheet, platform).matches[at].reasons]


def test_a_name_without_legal_forms_is_not_said_to_have_some() -> None:
    mapping = matched([("Naam", []), ("Voornaam", FIRST)])
    assert "legal_forms" not in [reason.code for reason in mapping.matches[0].reasons]


def test_the_name_beside_another_one_is_told_which() -> None:
    reasons = matched([("Naam", ["Noord", "Central", "Zuid"]), ("Familienaam contact", LAST)]).matches[0].reasons
    assert {"field": "contact_last_name"} in [dict(reason.facts) for reason in reasons if reason.code == "beside"]


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_every_reason_has_words(language: str) -> None:
    folder = Path(clientimport.matching.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    codes = {code for call in re.findall(r"MatchReason\(([^)]*)\)", text) for code in re.findall(r'^"(\w+)"', call)}
    assert len(codes) > 20
    facts = {"field": "x", "beside": "x", "name": "x", "before": "x", "program": "x", "number": "2", "fields": "x"}
    messages = message_catalog(language)
    assert all(messages.phrase(f"reason.{code}", **facts) for code in (*codes, *CASES))
