from __future__ import annotations

from clientimport.schema.derivations.dependencies import feeds, obtainable


def test_a_vat_number_is_never_made_from_a_company_number() -> None:
    assert "vat_number" not in obtainable({"company_number"})


def test_a_locale_needs_language_and_country() -> None:
    assert "contact_locale" in obtainable({"language", "country"})
    assert "contact_locale" not in obtainable({"language"})


def test_an_unwanted_field_feeds_nothing() -> None:
    assert not feeds("client_code", {"legal_name", "iban"})
    assert feeds("language", {"contact_locale"})
