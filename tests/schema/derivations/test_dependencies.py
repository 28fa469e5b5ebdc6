from __future__ import annotations

from clientimport.schema.derivations.dependencies import contributes_to, derivable_from


def test_a_vat_number_is_never_made_from_a_company_number() -> None:
    assert "vat_number" not in derivable_from({"company_number"})


def test_a_locale_needs_language_and_country() -> None:
    assert "contact_locale" in derivable_from({"language", "country"})
    assert "contact_locale" not in derivable_from({"language"})


def test_an_unwanted_field_feeds_nothing() -> None:
    assert not contributes_to("client_code", {"legal_name", "iban"})
    assert contributes_to("language", {"contact_locale"})
