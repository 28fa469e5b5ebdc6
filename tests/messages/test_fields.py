from __future__ import annotations

import pytest

from clientimport.messages.catalog import message_catalog
from clientimport.schema.data_files import platform_ids
from clientimport.schema.fields import LANGUAGES, canonical_fields
from clientimport.schema.loader import load_schema

PLATFORM_RULES = [(p, field) for p in platform_ids() for field in load_schema(p).fields]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_canonical_field_has_a_label_and_a_rule(language: str) -> None:
    fields = message_catalog(language).fields
    general = {name: entry for name, entry in fields.items() if "." not in name}
    assert general.keys() == canonical_fields().keys()
    assert all(entry["label"] and entry["rule"].endswith(".") for entry in general.values())


def test_no_two_fields_of_a_platform_share_a_label() -> None:
    for language in LANGUAGES:
        for platform in platform_ids():
            labels = [message_catalog(language).label(field) for field in load_schema(platform).fields]
            assert len(set(labels)) == len(labels)


def test_platforms_differ_in_the_same_fields_in_every_language() -> None:
    assert len({frozenset(message_catalog(language).fields) for language in LANGUAGES}) == 1


def test_every_rule_of_a_platform_is_about_a_column_it_has() -> None:
    known = {f"{platform}.{field}" for platform, field in PLATFORM_RULES}
    assert {name for name in message_catalog("nl").fields if "." in name} <= known


def test_the_platform_s_own_rule_goes_before_the_general_one() -> None:
    english = message_catalog("en")
    assert "+324" in english.rule("accounton", "contact_mobile")
    assert english.rule("banqup-partner", "iban") == english.fields["iban"]["rule"]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("banqup-partner.company_number", "0"),
        ("banqup-partner.vat_number", "BE"),
        ("banqup-partner.contact_locale", "fr-BE"),
        ("banqup-partner.mandate", "Peppol"),
        ("banqup-console-be.contact_email", "@"),
        ("banqup-console-lu.rcs_number", "trn - est invalide"),
        ("banqup-console-lu.iban", "LU"),
        ("accounton.language", "dutch"),
        ("accounton.tax_deadline", "MyMinfin"),
        ("accounton.person_type", "person"),
    ],
)
def test_the_platforms_own_words_stand_in_every_language(rule: str, says: str) -> None:
    assert all(says in message_catalog(language).fields[rule]["rule"] for language in LANGUAGES)
