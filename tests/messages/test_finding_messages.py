from __future__ import annotations

import pytest

from clientimport.messages.catalog import FindingMessages, MessageCatalog
from clientimport.messages.finding_messages import finding_advice, finding_message
from clientimport.model.finding import Finding, Severity

NUMBER = "85.07.30-033.28"
FOUND = FindingMessages("t", "{header} {column}{row} {label}: {value}, not {other}.", "Use {suggestion}.", "e")
WORDS = MessageCatalog("en")
vars(WORDS).update(
    findings={
        "x.y": FindingMessages("t", "{header} {column}{row} {label}: {value}, not {other}.", "Use {suggestion}.", "e")
    },
    fields={"vat_number": {"label": "VAT number"}, "national_register_number": {"label": "National register number"}},
)


def finding(field: str | None, value: str | None, suggestion: str | None = None, other: str = "") -> Finding:
    return Finding("x.y", Severity.ERROR, 4, "B", field, "Nr", value, suggestion, {"other": other})


def test_a_sentence_is_filled_with_the_place_the_value_and_the_facts() -> None:
    found = finding("vat_number", "BE1", "BE0403019261", "LU")
    assert finding_message(WORDS, found) == "Nr B4 VAT number: BE1, not LU."
    assert finding_advice(WORDS, found) == "Use BE0403019261."


def test_what_is_not_known_leaves_nothing_behind() -> None:
    assert finding_message(WORDS, Finding("x.y", Severity.ERROR)) == "  : , not ."


@pytest.mark.parametrize(("value", "shown"), [(NUMBER, "**.**.**-***.28"), ("850730033", "**.**.**-***.33")])
def test_a_value_of_a_masked_field_is_masked_even_when_malformed(value: str, shown: str) -> None:
    assert f": {shown}," in finding_message(WORDS, finding("national_register_number", value))


def test_a_national_number_in_any_other_place_is_masked_too() -> None:
    found = finding("vat_number", NUMBER, NUMBER, NUMBER)
    assert "85" not in finding_message(WORDS, found) + finding_advice(WORDS, found)


def test_personal_data_is_shown_when_asked_for() -> None:
    found = finding("national_register_number", NUMBER, "85073003328")
    assert NUMBER in finding_message(WORDS, found, show_personal_data=True)
    assert finding_advice(WORDS, found, show_personal_data=True) == "Use 85073003328."


def test_braces_in_a_value_are_only_text() -> None:
    assert "{row}" in finding_message(WORDS, finding("vat_number", "{row}"))
