"""What is ambiguous is never certain: labels and statuses, codes and answers, names that two columns share."""

from __future__ import annotations

import pytest

from mapping_sheet import certain, fields, matched

TAGS = ["vip", "btw-maand", "IPP", "horeca"]
STATUSES = ["Prospect", "Klant", "Actief", "Klant"]
NUMBERS = ["0403.019.261", "0566.988.259", "0419.618.535"]


def test_labels_are_certain_and_a_single_label_is_asked_about() -> None:
    assert certain(matched([("Labels", TAGS)], "accounton")) == [True]
    mapping = matched([("Label", TAGS)], "accounton")
    assert (fields(mapping), certain(mapping)) == (["labels"], [False])


@pytest.mark.parametrize("header", ["Label", "Étiquette", "Etikett", "Organisatie - Label"])
@pytest.mark.parametrize("values", [STATUSES, ["INACTIF", "actif"], ["Lead", "Customer"], ["Neu", "Gekündigt"]])
def test_a_column_of_a_status_is_no_label(header: str, values: list[str]) -> None:
    assert fields(matched([(header, values)], "accounton")) == [None]


def test_statuses_under_labels_are_asked_about() -> None:
    mapping = matched([("Labels", STATUSES)], "accounton")
    assert (fields(mapping), certain(mapping)) == (["labels"], [False])


def test_codes_that_are_company_numbers_are_asked_about() -> None:
    assert certain(matched([("Klantnummer", ["K100", "K101", "K102"])], "accounton")) == [True]
    assert certain(matched([("Klantnummer", NUMBERS)], "accounton")) == [False]


@pytest.mark.parametrize("answers", [["1", "0"], ["x", "x"], ["J", "N"], ["Ja", "Nee"], ["WAAR", "ONWAAR"]])
def test_answers_under_the_clients_word_are_no_codes(answers: list[str]) -> None:
    assert fields(matched([("Klant", answers * 6)], "accounton")) == [None]


def test_codes_under_the_clients_word_are_codes() -> None:
    assert fields(matched([("Klant", ["MOENS59", "WOUTER83", "CLAES12"])], "accounton")) == ["client_code"]


def test_a_full_name_that_repeats_the_companys_is_not_certain() -> None:
    companies = ["Dakwerken Noord", "Pub Central", "Studio Zuid"]
    assert certain(matched([("Raison sociale", companies), ("Nom complet", companies)])) == [True, False]
    persons = ["Jan Peeters", "An Claes", "Els Maes"]
    assert certain(matched([("Raison sociale", companies), ("Nom complet", persons)])) == [True, True]


def test_names_of_several_words_beside_first_names_are_not_certain() -> None:
    first = ["Jan", "An", "Els", "Tom"]
    assert certain(matched([("Prénom", first), ("Nom", ["Peeters", "Claes", "Van den Broeck", "Maes"])]))[1]
    assert not certain(matched([("Prénom", first), ("Nom", ["Pub Central", "Chez Léon", "Claes & Maes", "Maes"])]))[1]


def test_a_header_named_for_a_field_does_not_tie_with_a_vaguer_one() -> None:
    columns = [("Contact Name", ["Noord", "Zuid", "West"]), ("First Name", ["Jan", "An", "Els"])]
    assert fields(matched([*columns, ("Last Name", ["Peeters", "Claes", "Maes"])]))[1:] == [
        "contact_first_name",
        "contact_last_name",
    ]


@pytest.mark.parametrize(
    ("header", "values", "field"),
    [
        ("Ondernemingsnummer", ["403019261.0", "0566.988.259", "419618535.0"], "company_number"),
        ("Rijksregisternummer", ["7.0073E+10", "4.4053E+10", "5.2011E+10"], "national_register_number"),
        ("EU-USt-IdNr.", ["403019261", "566988259", "419618535"], "vat_number"),
    ],
)
def test_numbers_after_a_spreadsheet_keep_their_field(header: str, values: list[str], field: str) -> None:
    platform = "accounton" if field == "national_register_number" else "banqup-console-be"
    assert fields(matched([(header, values)], platform)) == [field]


def test_an_amount_is_still_no_number() -> None:
    assert fields(matched([("BTW", ["1211,00", "99,50", "1.043,20"])])) == [None]


def test_full_names_that_are_hardly_persons_are_the_clients_where_no_other_column_is() -> None:
    firms = ["Architecten", "Kinepraktijk Monfort", "Events Feidt", "Studio Zuid"]
    persons = [("First name", ["An", "Jan", "Els", "Tom"]), ("Last name", ["Peeters", "Claes", "Maes", "Bo"])]
    mapping = matched([("Full name", firms), *persons])
    assert (fields(mapping)[0], certain(mapping)[0]) == ("legal_name", False)
    assert fields(matched([("Full name", firms), ("Company", firms[::-1])], "banqup-console-be"))[0] == "contact_name"
    named = ["An Peeters", "Jan Claes", "Els Maes", "Tom Bo"]
    assert fields(matched([("Full name", named), ("VAT", ["x", "", "", ""])], "banqup-console-be"))[0] == "contact_name"
    alone = matched([("Full name", firms), *persons], "accounton")
    assert (fields(alone)[0], certain(alone)[0]) != ("contact_name", True)


def test_short_codes_are_no_numbers_of_a_register() -> None:
    codes = ["A1", "B12", "C3", "D30", "X7"]
    assert certain(matched([("Numéro RCS", codes)], "banqup-console-lu")) == [False]
    assert certain(matched([("Numéro RCS", ["B123", "B 245037", "A 1208"])], "banqup-console-lu")) == [True]
