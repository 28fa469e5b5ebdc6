"""What platforms write when they refuse one value: the field by its code, what is wrong, and what belongs there."""

from __future__ import annotations

import pytest

from clientimport.messages.catalog import LANGUAGES, message_catalog
from clientimport.messages.rejection_reasons import explanations, reason_text
from clientimport.schema.data_files import platform_ids
from clientimport.schema.fields import canonical_fields
from clientimport.schema.loader import load_schema
from clientimport.schema.reference.rejection_words import (
    KINDS,
    WHOLE_KINDS,
    RefusedValue,
    _content,
    field_codes,
    refused_values,
)

LU = "banqup-console-lu"


@pytest.mark.parametrize(
    ("reason", "platform", "field", "kind"),
    [
        ("vatNumber - est invalide", LU, "vat_number", "invalid"),
        ("zip - must not have a country prefix", LU, "postal_code", "characters"),
        ("ZIP – Must Not Be Blank!", LU, "postal_code", "missing"),
        ("companyNumber - is verplicht", "banqup-partner", "company_number", "missing"),
        ("rcsNumber - trn - is odd", LU, "rcs_number", None),
        ("Zipcode - invalid", "billit", "postal_code", "invalid"),
        ("firstname - must not be blank", "accounton", "contact_first_name", "missing"),
        ("vatNumber - something new", LU, "vat_number", None),
    ],
)
def test_a_field_is_known_by_the_code_that_the_platform_writes(
    reason: str, platform: str, field: str, kind: str | None
) -> None:
    assert refused_values(reason, platform) == (RefusedValue(field, kind),)


@pytest.mark.parametrize("reason", ["the moon is full", "moon - is full", "", "HTTP 400", "An - Peeters"])
def test_what_nobody_knows_stays_as_it_is(reason: str) -> None:
    for language in LANGUAGES:
        assert reason_text(message_catalog(language), reason, LU) == reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_part_is_explained_by_label_and_rule_beside_the_platform_s_words(language: str) -> None:
    messages, reason = message_catalog(language), "vatNumber - est invalide; city - must not be blank"
    told = reason_text(messages, reason, LU)
    assert told.startswith(f"{reason} (")
    assert len(list(explanations(messages, reason, LU))) == 2
    for field in ("vat_number", "city"):
        assert messages.label(field) in told
        assert messages.rule(LU, field) in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_its_words_in_every_language(language: str) -> None:
    messages = message_catalog(language)
    assert set(_content()["words"]) == set(KINDS)
    assert set(_content()["whole"]) == set(WHOLE_KINDS)
    assert all("{field}" in messages.phrases[f"refused.{kind}"] for kind in (*KINDS, "other"))
    assert all(messages.phrases[f"refused.client.{kind}"] for kind in WHOLE_KINDS)


def test_every_code_leads_to_a_field_or_an_option_that_has_a_name() -> None:
    for field in _content()["fields"].values():
        assert field in canonical_fields() or f"label.{field}" in message_catalog("en").phrases


@pytest.mark.parametrize("platform", platform_ids())
def test_every_name_of_the_platform_s_api_is_a_code(platform: str) -> None:
    api = load_schema(platform).api
    assert api
    assert set(api.body) <= set(field_codes(platform).values())
