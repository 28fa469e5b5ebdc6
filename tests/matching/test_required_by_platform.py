from __future__ import annotations

import pytest

from mapping_sheet import certain, fields, matched

MAILS = ["an@peeters.be", "jan@claes.be", "els@maes.be"]
COMPANIES = ["Bakkerij Peeters BV", "Garage Claes NV", "De Smet & Zonen BV"]
IBANS = ["BE71 0961 2345 6769", "BE43 0689 9999 9501", "BE62 5100 0754 7061"]
VAT = ["BE0403019261", "BE0566988259", "BE0419618535"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        *((MAILS, "contact_email"), (COMPANIES, "legal_name"), (["België", "Frankrijk", "België"], "country")),
        *(
            (IBANS, "iban"),
            (["Nederlands", "Frans", "Frans"], "language"),
            (["Markt 1", "Dorp 2", "Laan 3"], "address"),
        ),
    ],
)
def test_the_only_column_that_holds_what_is_required_is_proposed(values: list[str], field: str) -> None:
    mapping = matched([("Zkw", values), ("Kleur", ["rood", "blauw", "groen"])], "banqup-console-be")
    assert (fields(mapping), certain(mapping)) == ([field, None], [False, False])


def test_the_reason_is_said() -> None:
    mapping = matched([("Bereikbaar via", MAILS)])
    assert mapping.matches[0].reasons[-1].code == "demanded"
    assert mapping.matches[0].reasons[-1].facts == {"field": "contact_email"}


def test_what_the_platform_does_not_require_is_not_proposed() -> None:
    assert fields(matched([("Zkw", ["België", "Frankrijk", "België"])], "accounton")) == [None]


def test_one_of_two_alternatives_is_required() -> None:
    assert fields(matched([("Zkw", VAT)], "banqup-console-lu")) == ["vat_number"]


def test_two_columns_that_hold_it_are_left_alone_unless_they_are_equal() -> None:
    assert fields(matched([("Zkw", COMPANIES), ("Qrs", COMPANIES[::-1])])) == [None, None]
    assert fields(matched([("Zkw", COMPANIES), ("Qrs", COMPANIES)])) == ["legal_name", None]


@pytest.mark.parametrize(
    "header", ["E-mail factuur", "E-mail partner", "Fax", "Livraison e-mail", "Mail 2", "E-mail notaris"]
)
def test_what_is_said_to_be_somebody_elses_is_never_proposed(header: str) -> None:
    assert fields(matched([(header, MAILS)])) == [None]


def test_a_name_or_a_number_may_stand_under_an_invoices_word() -> None:
    assert fields(matched([("Factuur xyz", COMPANIES)])) == ["legal_name"]


def test_a_field_that_has_a_column_is_not_proposed_again() -> None:
    assert fields(matched([("E-mail", MAILS), ("Zkw", [f"x{one}" for one in MAILS])])) == ["contact_email", None]


def test_the_offices_few_addresses_are_not_proposed() -> None:
    office = ["sofie@office.example", "koen@office.example"] * 6
    assert fields(matched([("Wie", office)])) == [None]


def test_codes_and_initials_are_no_addresses_and_no_countries() -> None:
    sales = ["0015800001AAA", "0015800002AAB", "0015800003AAC"]
    assert fields(matched([("Zkw", sales)], "banqup-console-be")) == [None]
    assert fields(matched([("Zkw", ["SV", "TD", "KL"])], "banqup-console-be")) == [None]


def test_words_that_begin_like_a_country_are_no_vat_number() -> None:
    assert fields(matched([("Zkw", ["Belt nog terug", "Belt morgen weer", "Belt zelf op"])], "banqup-console-lu")) == [
        None
    ]


def test_a_city_is_known_by_the_postal_code_beside_it() -> None:
    columns = [("Postcode", ["9000", "8000", "3000"]), ("Zkw", ["Gent", "Brugge", "Leuven"])]
    assert fields(matched(columns, "banqup-console-be")) == ["postal_code", "city"]
    apart = [columns[0], ("Kleur", ["1", "2", "3"]), columns[1]]
    assert fields(matched(apart, "banqup-console-be")) == ["postal_code", None, None]


def test_names_without_a_legal_form_need_a_header_with_a_word_for_names() -> None:
    names = ["Dakwerken Noord", "Pub Central", "Studio Zuid"]
    assert fields(matched([("Nom du fichier", names)])) == ["legal_name"]
    assert fields(matched([("Zkw", names)])) == [None]


def test_a_language_gives_what_the_contact_is_written_in() -> None:
    countries = ("Land", ["BE", "BE", "LU"])
    assert fields(matched([countries, ("Zkw", ["nl", "fr", "fr"])], "banqup-partner")) == ["country", "language"]
    assert fields(matched([countries, ("Zkw", ["be", "fr", "fr"])], "banqup-partner")) == ["country", None]


def test_one_row_is_enough_and_one_value_in_every_row_is_not() -> None:
    assert fields(matched([("Xyz", ["an@peeters.be"])])) == ["contact_email"]
    assert fields(matched([("Xyz", ["info@office.be"] * 3)])) == [None]


@pytest.mark.parametrize("header", ["Langue de facturation", "Taal facturen", "Rechnungssprache und Taal"])
def test_a_language_for_invoices_is_the_clients_where_there_is_no_other(header: str) -> None:
    mapping = matched([(header, ["F", "F", "N"])], "banqup-console-be")
    assert (fields(mapping), certain(mapping)) == (["language"], [False])
    assert fields(matched([("Taal", ["F", "N", "N"]), (header, ["F", "F", "N"])], "banqup-console-be"))[1] is None


def test_what_a_header_may_mean_is_proposed_when_its_other_meaning_has_a_better_column() -> None:
    names = [("Klantnaam", ["Dakwerken Noord", "Jan Claes", "Maes"]), ("Contact naam", ["Peeters", "Claes", "Maes"])]
    sheet = [*names, ("Contact voornaam", ["An", "Jan", "Els"])]
    assert fields(matched(sheet)) == ["legal_name", "contact_last_name", "contact_first_name"]


@pytest.mark.parametrize("header", ["Bureau distributeur", "Zwdq"])
def test_the_place_stands_beside_the_postal_code(header: str) -> None:
    sheet = [("Postcode", ["9000", "8000", "3000"]), (header, ["Gent", "Brugge", "Leuven"])]
    assert fields(matched(sheet, "banqup-console-be")) == ["postal_code", "city"]
    assert fields(matched([sheet[0], ("Kleur", ["x1", "x2", "x3"]), sheet[1]], "banqup-console-be"))[2] is None
