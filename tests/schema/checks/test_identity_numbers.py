from __future__ import annotations

from clientimport.schema.checks.identity_numbers import (
    begins_with,
    one_person_per_number,
    sole_trader_only,
    vat_matches_company_number,
)
from records_of import records_of


def test_a_belgian_vat_number_of_another_company_is_noticed() -> None:
    rows = records_of(country=["BE"], company_number=["0566988259"], vat_number=["BE0419618535"])
    (found,) = vat_matches_company_number(rows)
    assert (found.field, found.code) == ("vat_number", "vat_number.not_company_number")
    assert found.facts == {"company_number": "0566988259"}
    assert found.suggestion == "BE0566988259"


def test_a_foreign_vat_number_of_a_belgian_client_is_noticed() -> None:
    rows = records_of(
        country=["BE", "BE"], company_number=["0566988259"] * 2, vat_number=["LU15027442", "FR0566988259"]
    )
    assert [one.position for one in vat_matches_company_number(rows)] == [0, 1]


def test_vat_and_company_number_may_differ_elsewhere_or_be_alone() -> None:
    rows = records_of(
        country=["BE", "LU", "BE", "BE", None],
        company_number=["0566988259", "B82454", None, "0566988259", "0566988259"],
        vat_number=["BE0566988259", "LU15027442", "BE0566988259", None, "BE0419618535"],
    )
    assert list(vat_matches_company_number(rows)) == []


def test_a_company_number_of_the_new_series_is_noticed_in_belgium_only() -> None:
    rows = records_of(country=["BE", "BE", "FR", "BE"], company_number=["1018265814", "0566988259", "123456789", None])
    found = begins_with(rows, field="company_number", beginning="0", code="company_number.begins_with_1", country="BE")
    assert [(one.position, one.code) for one in found] == [(0, "company_number.begins_with_1")]


def test_an_iban_of_another_country_is_noticed_wherever_the_client_is() -> None:
    rows = records_of(country=["LU", "BE"], iban=["LU280019400644750000", "BE71096123456769"])
    (found,) = begins_with(rows, field="iban", beginning="LU", code="iban.other_country")
    assert (found.position, found.facts) == (1, {"beginning": "LU"})


def test_a_company_number_is_for_sole_traders_only_where_the_kind_is_known() -> None:
    rows = records_of(
        client_type=["company", "sole_trader", None, "person"],
        company_number=["0566988259", "0566988259", "0566988259", None],
    )
    assert [one.position for one in sole_trader_only(rows)] == [0]


def test_two_people_with_one_company_number_share_a_company() -> None:
    rows = records_of(
        contact_first_name=["An", "Bob"],
        contact_last_name=["Peeters", "Maes"],
        company_number=["0566988259", "0566988259"],
    )
    (found,) = one_person_per_number(rows)
    assert (found.position, found.facts) == (1, {"first_row": "2"})


def test_a_client_and_the_partner_with_one_company_number_share_a_company() -> None:
    rows = records_of(company_number=["0566988259"], spouse_company_number=["0566988259"])
    (found,) = one_person_per_number(rows)
    assert found.field == "spouse_company_number"


def test_one_person_may_stand_on_several_rows_with_one_company_number() -> None:
    rows = records_of(
        contact_first_name=["An", "AN", "Jos", None],
        contact_last_name=["Peeters", "Peeters", "Maes", None],
        national_register_number=["93051822361", "93051822361", None, None],
        company_number=["0566988259", "0566988259", None, "0566988259"],
        spouse_national_register_number=[None, None, "93051822361", None],
        spouse_company_number=[None, None, "0566988259", None],
    )
    assert list(one_person_per_number(rows)) == []
