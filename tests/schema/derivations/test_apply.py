"""Derivations fill what is empty, say so, and never touch what was typed."""

from __future__ import annotations

import pyarrow as pa

from clientimport.schema.derivations.apply import apply_derivations
from clientimport.schema.loader import load_schema
from records_of import records_of


def test_a_company_number_follows_from_a_belgian_vat_number_only() -> None:
    derived, findings = apply_derivations(
        records_of(vat_number=["BE0419618535", "LU15027442"]), load_schema("banqup-partner")
    )
    assert derived.values("company_number") == ["0419618535", None]
    assert [(one.code, one.row, one.facts["count"]) for one in findings] == [("derived.company_number", None, "1")]


def test_a_vat_number_never_follows_from_a_company_number() -> None:
    derived, _ = apply_derivations(records_of(company_number=["0419618535"]), load_schema("banqup-partner"))
    assert "vat_number" not in derived.fields


def test_a_locale_follows_from_language_and_country_row_by_row() -> None:
    source = records_of(language=["nl", "fr", None], country=["BE", "LU", "BE"])
    derived, _ = apply_derivations(source, load_schema("banqup-partner"))
    assert derived.values("contact_locale") == ["nl-BE", "fr-LU", None]


def test_what_is_typed_stays_though_it_differs_from_what_would_follow() -> None:
    source = records_of(company_number=["0566988259", None], vat_number=["BE0419618535", "BE0419618535"])
    derived, _ = apply_derivations(source, load_schema("banqup-partner"))
    assert derived.values("company_number") == ["0566988259", "0419618535"]


def test_of_several_parts_the_one_that_is_typed_stays() -> None:
    source = records_of(
        contact_name=["An Peeters", "Bo Claes"],
        contact_first_name=[None, None],
        contact_last_name=["De Smet", None],
    )
    derived, _ = apply_derivations(source, load_schema("banqup-partner"))
    assert derived.values("contact_first_name") == ["An", "Bo"]
    assert derived.values("contact_last_name") == ["De Smet", "Claes"]


def test_a_cell_whose_text_was_not_understood_is_not_filled_behind_the_users_back() -> None:
    unread = records_of(company_number=["not a number"], vat_number=["BE0419618535"])
    unread = unread.with_field("company_number", pa.array([None], pa.string()))
    derived, _ = apply_derivations(unread, load_schema("banqup-partner"))
    assert derived.values("company_number") == [None]


def test_what_is_taken_apart_is_shown_on_its_row() -> None:
    derived, findings = apply_derivations(records_of(address=["Kerkstraat 12 bus 3"]), load_schema("banqup-partner"))
    assert [derived.values(field) for field in ("street", "house_number", "box")] == [["Kerkstraat"], ["12"], ["3"]]
    assert [(one.code, one.cell, one.value, one.facts["apart"]) for one in findings] == [
        ("derived.street", "A2", "Kerkstraat 12 bus 3", "Kerkstraat | 12 | 3")
    ]


def test_an_address_is_put_together_for_the_console() -> None:
    source = records_of(street=["Rue Haute"], house_number=["1"], box=["4"], language=["fr"])
    derived, findings = apply_derivations(source, load_schema("banqup-console-be"))
    assert derived.values("address") == ["Rue Haute 1 bte 4"]
    (told,) = (one for one in findings if one.code == "derived.address")
    assert told.facts["sources"] == "street + house_number + box"


def test_a_doubt_about_a_name_is_a_warning_on_its_row() -> None:
    _, findings = apply_derivations(records_of(contact_name=["Alken Bree"]), load_schema("banqup-partner"))
    assert [(one.code, one.severity, one.row) for one in findings] == [
        ("contact_name.order_unsure", "warning", 2),
        ("derived.contact_first_name", "repair", 2),
    ]
