from __future__ import annotations

import pytest

from clientimport.errors import UsageError
from clientimport.matching.value_overrides import (
    ValueOverride,
    ValueOverrides,
    closed_fields,
    make_override,
    parse_override,
)


def test_a_decision_holds_whatever_the_case_accents_and_marks() -> None:
    words = ValueOverrides((parse_override("country:Holland (Zeeland)=NL"),))
    assert words.for_field("country") == {"holland zeeland": "NL"}
    assert words.for_field("language") == {}


def test_a_value_is_kept_as_the_canonical_one() -> None:
    assert parse_override("country:Holland=Nederland").value == "NL"
    assert parse_override("mandate:getekend=oui").value == "yes"
    assert parse_override("configuration_template:Standaard=Standard").value == "Standard"


def test_what_is_typed_may_hold_an_equals_sign() -> None:
    assert parse_override("language:a=b=nl") == ValueOverride("language", "a=b", "nl")


@pytest.mark.parametrize("text", ["country", "country:x", "country:=NL", "country:x=", ":x=NL", "x=NL"])
def test_what_is_no_decision_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_override(text)


@pytest.mark.parametrize(
    ("field", "value", "code", "meant"),
    [
        ("legal_name", "Peeters", "value.not_closed", ""),
        ("company_number", "0403019261", "value.not_closed", ""),
        ("contry", "NL", "value.not_closed", "country"),
        ("country", "Nowhere", "value.unreadable", ""),
        ("mandate", "perhaps", "value.unreadable", ""),
    ],
)
def test_only_fields_of_few_values_can_be_decided_about(field: str, value: str, code: str, meant: str) -> None:
    with pytest.raises(UsageError) as raised:
        make_override(field, "x", value)
    assert (raised.value.code, raised.value.facts.get("meant") or "") == (code, meant)


def test_no_field_that_tells_about_one_client_can_be_decided_about() -> None:
    assert set(closed_fields()) == {
        "client_type",
        "country",
        "language",
        "contact_language",
        "contact_locale",
        "mandate",
        "configuration_template",
    }


def test_what_is_said_now_goes_before_what_was_said_then() -> None:
    then = ValueOverrides((parse_override("country:Holland=NL"), parse_override("country:Congo=CD")))
    now = ValueOverrides((parse_override("country:congo=CG"),))
    assert now.merge(then).for_field("country") == {"holland": "NL", "congo": "CG"}
