from __future__ import annotations

import pytest

from mapping_sheet import Sheet, certain, fields, matched

STREETS, OTHER_STREETS = ["Kerkstraat 5", "Markt 1", "Dorp 12"], ["Molenweg 3", "Meir 77", "Laan 8"]
CODES, OTHER_CODES = ["9000", "8000", "3000"], ["1000", "4000", "5000"]
PLACES, OTHER_PLACES = ["Gent", "Brugge", "Leuven"], ["Brussel", "Luik", "Namen"]
COMPANIES = ["Bakkerij Peeters BV", "Garage Claes NV", "De Smet & Zonen BV"]
MAILS = ["an@peeters.be", "jan@claes.be", "els@maes.be"]
ADDRESS = ["address", "postal_code", "city"]
NONE: list[str | None] = [None] * 3


def first(street: str, code: str, city: str) -> Sheet:
    return list(zip((street, code, city), (STREETS, CODES, PLACES), strict=True))


def second(street: str, code: str, city: str) -> Sheet:
    return list(zip((street, code, city), (OTHER_STREETS, OTHER_CODES, OTHER_PLACES), strict=True))


OUTLOOK = [
    *first("Rue (bureau)", "Code postal (bureau)", "Ville (bureau)"),
    *second("Rue (domicile)", "Code postal (domicile)", "Ville (domicile)"),
]


def test_companies_are_taken_at_work_and_persons_at_home() -> None:
    at_work, at_home = matched(OUTLOOK, "banqup-partner"), matched(OUTLOOK, "accounton")
    assert (fields(at_work), certain(at_work)) == ([*ADDRESS, *NONE], [True] * 3 + [False] * 3)
    assert fields(at_home) == [*NONE, *ADDRESS]


@pytest.mark.parametrize(
    ("headers", "other"),
    [
        (("Zetel straat", "Zetel postcode", "Zetel gemeente"), ("Straat", "Postcode", "Gemeente")),
        (("Straat", "Postcode", "Gemeente"), ("Bezoekstraat", "Bezoekpostcode", "Bezoekplaats")),
        (
            ("Visit address: Street", "Visit address: Postcode", "Visit address: City"),
            ("Billing Street", "Billing Code", "Billing City"),
        ),
        (("Billing Street", "Billing Code", "Billing City"), ("Shipping Street", "Shipping Code", "Shipping City")),
        (("adr_1_regel1", "adr_1_postcode", "adr_1_plaats"), ("adr_2_regel1", "adr_2_postcode", "adr_2_plaats")),
    ],
)
def test_the_address_is_one_block_the_first_in_order(
    headers: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assert fields(matched([*second(*other), *first(*headers)])) == [*NONE, *ADDRESS]


@pytest.mark.parametrize("word", ["Shipping", "Livraison", "Privé", "Home", "Lever"])
def test_where_goods_go_and_people_live_is_never_a_companys_address(word: str) -> None:
    assert fields(matched(first(f"{word} straat", f"{word} postcode", f"{word} gemeente"))) == NONE


def test_an_invoices_address_is_proposed_where_there_is_no_other() -> None:
    mapping = matched(first("Rue de facturation", "Code postal de facturation", "Ville de facturation"))
    assert (fields(mapping), certain(mapping)) == (ADDRESS, [False] * 3)


def test_street_and_city_never_come_from_two_addresses() -> None:
    sheet = [
        *first("Zetel straat", "Zetel postcode", "Factuur gemeente"),
        *second("Factuur straat", "Factuur postcode", "x"),
    ]
    assert fields(matched(sheet))[2] is None


def test_an_address_without_a_country_takes_the_tables_one() -> None:
    sheet = [*OUTLOOK, ("Pays", ["BE", "BE", "LU"])]
    assert fields(matched(sheet))[-1] == "country"


def test_parts_without_a_word_belong_to_the_street_before_them() -> None:
    home = second("Adresse privée", "Code postal", "Ville")
    work = first("Adresse professionnelle", "Code postal", "Ville")
    mapping = matched([*home, *work])
    assert fields(mapping) == [*NONE, *ADDRESS]
    assert certain(mapping)[4:] == [False, False]


def test_a_nearly_empty_address_is_no_choice() -> None:
    rows = 12
    seat = [("Zetel straat", [*STREETS[:1], *[""] * (rows - 1)]), ("Zetel gemeente", [*PLACES[:1], *[""] * (rows - 1)])]
    plain = [("Straat", STREETS * 4), ("Postcode", CODES * 4), ("Gemeente", PLACES * 4)]
    assert fields(matched([*seat, *plain])) == [None, None, *ADDRESS]


def test_companies_under_the_words_of_an_address_are_no_streets() -> None:
    sheet = [
        ("Rechnungsadresse Firma", COMPANIES),
        *first("Rechnungsadresse Straße", "Rechnungsadresse PLZ", "Rechnungsadresse Ort"),
    ]
    assert fields(matched(sheet)) == ["legal_name", *ADDRESS]


def test_a_number_of_invoices_or_of_an_establishment_is_no_house_number() -> None:
    sheet = [
        *first("Straat", "Postcode", "Gemeente"),
        ("Notitie", COMPANIES),
        ("x", MAILS),
        ("y", MAILS),
        ("Factuurnummer", ["12", "13", "14"]),
    ]
    assert fields(matched(sheet))[-1] is None


def test_the_person_of_the_only_block_is_who_is_written_to() -> None:
    names = [("Prénom (facturation)", ["An", "Jan", "Els"]), ("Nom (facturation)", ["Peeters", "Claes", "Maes"])]
    block = first("Rue (facturation)", "CP (facturation)", "Ville (facturation)")
    sheet = [("Société", COMPANIES), *block, *names, ("E-mail (facturation)", MAILS)]
    mapping = matched(sheet)
    assert fields(mapping)[4:] == ["contact_first_name", "contact_last_name", "contact_email"]
    assert not any(certain(mapping)[4:])
    alone = matched([("Société", COMPANIES), *block, ("E-mail (facturation)", MAILS)])
    assert fields(alone)[-1] is None


def test_a_person_beside_the_block_goes_before_its_own() -> None:
    names = [("Prénom (facturation)", ["An", "Jan", "Els"]), ("Nom (facturation)", ["Peeters", "Claes", "Maes"])]
    contact = [("Prénom", ["Luc", "Tom", "Ine"]), ("Nom de famille", ["Bo", "Nijs", "Cools"])]
    sheet = [*contact, *first("Rue (facturation)", "CP (facturation)", "Ville (facturation)"), *names]
    assert fields(matched(sheet)) == ["contact_first_name", "contact_last_name", *ADDRESS, None, None]


def test_why_a_column_of_another_address_is_left_alone_is_true() -> None:
    mapping = matched(OUTLOOK)
    assert [[reason.code for reason in one.reasons] for one in mapping.matches[3:]] == [["other_address"]] * 3
    assert [one.reasons[0].code for one in mapping.matches[:3]] == ["address_part"] * 3


def test_a_letter_behind_the_headers_marks_another_address() -> None:
    sheet = [
        *first("Straße", "PLZ", "Ort"),
        *second("Straße L", "PLZ L", "Ort L"),
        *second("Straße R", "PLZ R", "Ort R"),
    ]
    assert fields(matched(sheet, "banqup-console-be")) == [*ADDRESS, *NONE, *NONE]


def test_a_private_address_is_not_a_companys_when_the_other_is_empty() -> None:
    empty = [("Rue (bureau)", ["", "", ""]), ("Rue (domicile)", STREETS), ("Ville (domicile)", PLACES)]
    assert fields(matched(empty, "banqup-partner"))[1:] == [None, None]
    assert fields(matched(empty, "accounton"))[1:] == ["address", "city"]


def test_a_place_without_a_street_is_one_block_too() -> None:
    assert fields(matched([("Billing Code", CODES), ("Billing City", PLACES)], "banqup-console-be")) == [
        "postal_code",
        "city",
    ]


def test_a_doubtful_word_for_a_part_gives_way_to_its_name_in_another_block() -> None:
    sheet = [("Adresse", STREETS), ("Ville siège social", PLACES), ("location", OTHER_PLACES)]
    assert fields(matched(sheet, "banqup-console-be")) == ["address", "city", None]


def test_a_number_that_is_named_for_something_else_is_no_house_number() -> None:
    seat = first("Siège rue", "Siège CP", "Siège localité")
    numbers = [("N° dossier", ["7001", "7002", "7003"]), ("N° entreprise", ["0403019261", "0566988259", "0419618535"])]
    assert fields(matched([*numbers, *seat])) == ["client_code", "company_number", *ADDRESS]


@pytest.mark.parametrize("place", ["adr", "address", "adresse"])
def test_the_word_for_an_address_may_be_written_together_with_the_part(place: str) -> None:
    sheet = first(f"{place}straat", f"{place}zip", f"{place}city")
    assert fields(matched(sheet)) == ADDRESS


def test_a_person_named_among_an_address_is_no_street() -> None:
    address = first("Vestigingsadres straat", "Vestigingsadres postcode", "Vestigingsadres plaats")
    person = ("Vestigingsadres contactpersoon", ["An Peeters", "Jan Claes", "Els Maes"])
    assert fields(matched([person, *address], "banqup-console-be")) == ["contact_name", *ADDRESS]
    assert fields(matched([("Adres contactpersoon", STREETS)], "banqup-console-be")) == [None]


@pytest.mark.parametrize("main", ["Hoofdadres - ", "Hauptadresse ", "Hoofdadres_"])
def test_the_main_address_is_the_clients_beside_that_for_invoices(main: str) -> None:
    invoices = second("Facturatieadres - Straat", "Facturatieadres - Postcode", "Facturatieadres - Stad")
    sheet = [*invoices, *first(f"{main}Straat", f"{main}Postcode", f"{main}Stad")]
    assert fields(matched(sheet)) == [*NONE, *ADDRESS]
